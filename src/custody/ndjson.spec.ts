import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnOfError } from './json-column.js';
import { type NdjsonLine, readNdjson } from './ndjson.js';

const MIB = 1024 * 1024;
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

async function read(...chunks: Buffer[]): Promise<NdjsonLine[]> {
  const lines: NdjsonLine[] = [];
  async function* later() {
    await Promise.resolve();
    yield* chunks;
  }
  for await (const batch of readNdjson(later())) lines.push(...batch);
  return lines;
}

describe('reading NDJSON', () => {
  it('gives each value with the number of its line, blank lines left out but counted', async () => {
    expect(await read(bytes('{"a":1}\n\n \t\n{"b":"é€😀"}\n'))).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 4, value: { b: 'é€😀' } },
    ]);
  });

  it('takes a byte order mark, CRLF, and a last line without an end', async () => {
    expect(await read(bytes('\uFEFF{"a":1}\r\n\r\n{"b":2}'))).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 3, value: { b: 2 } },
    ]);
  });

  it('reports a byte order mark anywhere else, be it in a text, and goes on', async () => {
    expect(await read(bytes('{"a":1}\n\uFEFF{"a":2}\n{"name":"\uFEFFMr A"}\n{"a":4}\n'))).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 2, column: 1, problem: expect.stringMatching(/^has a byte order mark .* in column 1$/) as unknown },
      { line: 3, column: 10, problem: expect.stringMatching(/^has a byte order mark .* in column 10$/) as unknown },
      { line: 4, value: { a: 4 } },
    ]);
  });

  it.each(['[\n{"a":1}\n]', '[{"a":1},\n{"b":2}]'])(
    'says of a list over several lines how to write it: %j',
    async (text) => {
      const [first] = await read(bytes(text));
      expect(first).toMatchObject({ line: 1, problem: expect.stringContaining('on a line of its own') as unknown });
    },
  );

  it('reports a line of broken UTF-8 and goes on', async () => {
    expect(await read(bytes('1\n"', [0xc3, 0x28], '"\n3\n'))).toEqual([
      { line: 1, value: 1 },
      { line: 2, problem: 'is not valid UTF-8' },
      { line: 3, value: 3 },
    ]);
  });

  it('reports where a line stops being JSON, without quoting it, and goes on', async () => {
    const lines = await read(bytes('{"name": Smith}\n{"a":1}\n'));
    expect(lines).toEqual([
      { line: 1, column: 10, problem: 'is not valid JSON from column 10 on' },
      { line: 2, value: { a: 1 } },
    ]);
  });

  it('reports a member that stands twice in one object, and goes on', async () => {
    expect(await read(bytes('{"a":1,"a":2}\n{"a":1}'))).toEqual([
      { line: 1, problem: 'has the member "a" twice in one object, and only one could be kept. Send it once' },
      { line: 2, value: { a: 1 } },
    ]);
  });

  it('reports a line of more than 1 MiB, keeps none of it, and goes on', async () => {
    const long = `"${'x'.repeat(MIB - 1)}"`;
    const fits = `"${'x'.repeat(MIB - 2)}"`;
    const tooLong = { line: 1, problem: 'is longer than 1 MiB (1048576 bytes)' };
    expect(await read(bytes(`${long}\n2\n`))).toEqual([tooLong, { line: 2, value: 2 }]);
    expect(await read(bytes(long), bytes(long), bytes('\n2'))).toEqual([tooLong, { line: 2, value: 2 }]);
    expect(await read(bytes(long))).toEqual([tooLong]);
    expect(await read(bytes(fits))).toHaveLength(1);
    expect((await read(bytes(fits)))[0]).toHaveProperty('value');
    expect(await read(bytes(`"${'é'.repeat(MIB / 2)}"\n`))).toEqual([tooLong]);
  });

  it('gives the same lines wherever the bytes are cut', async () => {
    const piece = fc.constantFrom<string | number[]>(
      '{"a":1}',
      '"é😀"',
      '\n',
      '\n',
      '\r\n',
      ' ',
      '{',
      '\uFEFF',
      [0xff],
      [0xf0, 0x9f],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (pieces, cuts) => {
          const whole = bytes(...pieces);
          const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
          const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end));
          expect(await read(...chunks)).toEqual(await read(whole));
          expect(await read(...[...whole].map((byte) => Buffer.from([byte])))).toEqual(await read(whole));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the column at which a text stops being JSON', () => {
  it.each([
    ['{"a": x}', 7],
    ['{"a":1,}', 8],
    ['[1 2]', 4],
    ['{"a" 1}', 6],
    ['{1:2}', 2],
    ['[}', 2],
    ['{"a":1', 7],
    ['{"a":1}}', 8],
    ['"a\tb"', 1],
    ['[01]', 3],
    ['tru', 1],
    [']', 1],
  ])('of %s is %d', (text, column) => {
    expect(columnOfError(text)).toBe(column);
  });

  it('is behind the last character of every beginning of a JSON text, unless a word is cut in two', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue()), { minLength: 1 }), (value) => {
        const text = JSON.stringify(value);
        expect(columnOfError(text)).toBe(text.length + 1);
        expect(columnOfError(text.slice(0, -1))).toBe(text.length);
        expect(columnOfError(`${text} !`)).toBe(text.length + 2);
      }),
    );
  });
});
