import { describe, expect, it } from '@jest/globals';
import { LocalDays } from '../prison/local-days.js';
import { readRoll } from './roll-file.js';

const days = new LocalDays();
const HEADING = 'prisonNumber,prisonId,location,since';
const table = (...lines: string[]) => readRoll([HEADING, ...lines].join('\r\n'), days);

describe('a roll', () => {
  it.each([
    [
      'CSV',
      `\uFEFF${HEADING}\r\na1234bc,XYI,"A-1-001",2026-11-20\r\n\r\nA5678DE,XYI,,2026-11-20T09:00:00Z\r\nA0001AA,XYI,,\r\n`,
    ],
    [
      'NDJSON',
      '{"prisonNumber":"A1234BC","prisonId":"XYI","location":"A-1-001","since":"2026-11-20"}\n\n' +
        '{"prisonNumber":"A5678DE","prisonId":"XYI","since":"2026-11-20T09:00:00Z"}\n{"prisonNumber":"A0001AA","prisonId":"XYI"}',
    ],
  ])('is read from %s', async (_, text) => {
    expect(await readRoll(text, days)).toEqual({
      problems: [],
      entries: [
        {
          prisonNumber: 'A1234BC',
          prisonId: 'XYI',
          location: 'A-1-001',
          since: Date.parse('2026-11-20T00:00:00Z'),
        },
        { prisonNumber: 'A5678DE', prisonId: 'XYI', since: Date.parse('2026-11-20T09:00:00Z') },
        { prisonNumber: 'A0001AA', prisonId: 'XYI' },
      ],
    });
  });

  it.each([
    ['a number that is none', 'A12,XYI,,', 2, 1, /prisonNumber: A12/],
    ['a prison that is none', 'A1234BC,OUT,,', 2, 9, /prisonId: OUT/],
    ['a date that does not exist', 'A1234BC,XYI,A-1,2026-02-30', 2, 17, /since: 2026-02-30/],
    ['a cell too few', 'A1234BC,XYI,A-1', 2, 13, /has 3 cells/],
    ['a cell too many', 'A1234BC,XYI,A-1,,x', 2, 17, /has 5 cells/],
    ['a quotation mark that is not closed', 'A1234BC,XYI,"A-1', 2, 13, /quotation mark/],
  ])('is refused as a whole, with line and column, where it has %s', async (_, line, at, column, message) => {
    const { entries, problems } = await table(line, 'A5678DE,XYI,,');
    expect(entries).toEqual([]);
    expect(problems).toEqual([{ line: at, column, message: expect.stringMatching(message) as unknown }]);
  });

  it('is refused where it has somebody twice, which names the line before', async () => {
    expect((await table('A1234BC,XYI,,', 'a1234bc,XYI,,')).problems).toEqual([
      { line: 3, column: 1, message: 'prisonNumber: A1234BC is on line 2 already' },
    ]);
  });

  it.each([
    ['', 1, 1],
    ['A1234BC,XYI,,', 1, 1],
    ['prisonNumber,prison,location,since\nA1234BC,XYI,,', 1, 14],
    [HEADING, 1, 1],
    ['{"prisonNumber":"A1234BC","prisonId":', 1, 38],
    ['{"prisonNumber":"A1234BC","prisonId":"XYI","cell":"A-1"}', 1, 44],
  ])('is refused where it is none: %j', async (text, line, column) => {
    expect((await readRoll(text, days)).problems).toEqual([{ line, column, message: expect.any(String) as unknown }]);
  });
});
