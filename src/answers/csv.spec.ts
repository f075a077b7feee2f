import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv.js';

const BOM = '\uFEFF';

describe('a table for spreadsheets', () => {
  it('begins with its columns, and ends every line as RFC 4180 says', () => {
    expect(csvOf(['day', 'sessions'], [['2026-11-20', 0]])).toBe(`${BOM}day,sessions\r\n2026-11-20,0\r\n`);
  });

  it('shows zero as 0 and nothing as an empty cell', () => {
    expect(csvOf(['a', 'b', 'c', 'd'], [[0, null, undefined, false]])).toBe(`${BOM}a,b,c,d\r\n0,,,false\r\n`);
  });

  it('fills up rows that end early', () => {
    expect(csvOf(['a', 'b', 'c'], [['x']])).toBe(`${BOM}a,b,c\r\nx,,\r\n`);
  });

  it('keeps commas, quotation marks and line ends inside their cell', () => {
    expect(csvOf(['text'], [['said "no", twice\nand left']])).toBe(`${BOM}text\r\n"said ""no"", twice\nand left"\r\n`);
  });

  it.each(['=1+1', '+44', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '=HYPERLINK("http://x","y")'])(
    'never hands a spreadsheet %j as a formula',
    (text) => {
      const [, cell = ''] = csvOf(['text'], [[text]]).split('\r\n');
      expect(cell.replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('leaves numbers as they are', () => {
    expect(csvOf(['change'], [[-1]])).toBe(`${BOM}change\r\n-1\r\n`);
  });
});
