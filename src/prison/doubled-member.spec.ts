import { describe, expect, it } from '@jest/globals';
import { doubledMember } from './doubled-member.js';

const doubled = (json: string) => doubledMember(json, JSON.parse(json));

describe('a member that stands twice in one object', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"b":{"c":2, "c" : 3}}', 'c'],
    ['[{"a":1},{"b":[{"d":1,"d":1}]}]', 'd'],
    [String.raw`{"id":1,"\u0069d":2}`, 'id'],
    [String.raw`{"a\\":1,"a\\":2}`, 'a\\'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('is named: %s', (json, name) => {
    expect(doubled(json)).toBe(name);
  });

  it.each([
    '{}',
    'null',
    '"a:a"',
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
    String.raw`{"a":"\"a\":1,\"a\":2","b":"\\"}`,
    '{"a": "b" , "b" :"a"}',
  ])('is not seen where each stands once: %s', (json) => {
    expect(doubled(json)).toBeUndefined();
  });

  it('is looked for without end of depth', () => {
    const depth = 200_000;
    expect(doubledMember(`${'['.repeat(depth)}{"a":1,"a":2}${']'.repeat(depth)}`, nested(depth))).toBe('a');
  });
});

/** What `JSON.parse` would make of it. */
const nested = (depth: number): unknown => {
  let value: unknown = { a: 2 };
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};
