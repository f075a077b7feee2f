import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, programOfFile } from './program.js';

const SMALL = ['generate', '--people', '20', '--days', '10', '--shape', 'local'];

const program = programOfFile();

describe('generate', () => {
  it('writes the same bytes for the same options, to a file as to standard output, and simulate plays them', async () => {
    const file = join(program.folder, 'generated.ndjson');
    const [printed, written] = [await program.run(SMALL), await program.run([...SMALL, file])];
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(written).toMatchObject({ code: 0, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toBe(printed.out);
    const played = await program.run(['simulate', '--json', file]);
    expect(played).toMatchObject({ code: 0, err: '' });
    expect(linesOf(played.out).length).toBeGreaterThan(10);
  });

  it.each([
    ['a shape that is not there', ['--shape', 'castle'], 'Allowed choices are local, trainer, women, open, estate'],
    ['nobody', ['--people', '0'], 'a whole number above 0'],
    ['a day that does not exist', ['--from', '2025-02-30'], 'a date such as 2025-01-01'],
    ['an interval of years', ['--every', 'P1Y'], 'Write P7D, P14D'],
    ['a file that cannot be written', ['--days', '1', 'nowhere/year.ndjson'], 'nowhere/year.ndjson cannot be written'],
  ])('ends with 2 when given %s', async (_, args, says) => {
    const { code, out, err } = await program.run(['generate', '--people', '2', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).not.toContain('    at ');
  });
});
