import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFeedsFile } from './feeds-file.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feeds-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is read from a file with this text. */
const reading = (text: string) => {
  writeFileSync(join(folder, 'feeds.yml'), text);
  return readFeedsFile(join(folder, 'feeds.yml'));
};

describe('the file that says which feeds are expected', () => {
  it('names feeds, and of which prisons each is expected', () => {
    expect(reading('feeds:\n  case-notes: [XYI, NOT]\n  movements: [XYI]\n')).toEqual(
      new Map([
        ['case-notes', new Set(['XYI', 'NOT'])],
        ['movements', new Set(['XYI'])],
      ]),
    );
  });

  it('need not be there; as it is delivered it expects none', () => {
    expect(readFeedsFile(join(folder, 'feeds.yml'))).toEqual(new Map());
    expect(readFeedsFile(join(import.meta.dirname, '../../config/feeds.yml'))).toEqual(new Map());
  });

  it.each([
    ['feeds:\n  case-notes: [XYI, xym]\n', ':2:21  "xym" is not a prison id, such as XYI'],
    ['feeds:\n  case-notes: all\n', ':2:3  "case-notes" needs a list of prisons, such as [XYI, XYM]'],
    ['feeds:\n  A1234BC: [XYI]\n', ':2:3  "A1234BC" is no name of a feed'],
    ['feed:\n  case-notes: [XYI]\n', ':1:1  There is no section "feed"; there is feeds'],
  ])('is refused with the place of each mistake: %j', (text, told) => {
    expect(() => reading(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_FEEDS_FILE', message: expect.stringContaining(told) as unknown }),
    );
  });
});
