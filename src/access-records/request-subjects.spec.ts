import { describe, expect, it } from '@jest/globals';
import { subjectsIn } from './request-subjects.js';

/** A value with a name that many members down. */
const named = (depth: number): unknown => {
  let value: unknown = { prisonNumber: 'A1234BC' };
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? { member: value } : [value];
  return value;
};

describe('whom an answer names', () => {
  it('is whoever stands in a member for prison numbers, one or many, however they are written', () => {
    const answer = {
      prisonNumbers: ['a1234bc', 'B 1234 CD'],
      content: [{ removedPrisonNumber: 'C1234DE' }],
      note: 'D1234EF',
    };
    expect([...subjectsIn(answer)]).toEqual(['A1234BC', 'B1234CD', 'C1234DE']);
  });

  it('is looked for eight members down, and no deeper, since what is sent may nest without end', () => {
    expect([...subjectsIn(named(8))]).toEqual(['A1234BC']);
    expect([...subjectsIn(named(9))]).toEqual([]);
    expect([...subjectsIn(named(100_000))]).toEqual([]);
  });
});
