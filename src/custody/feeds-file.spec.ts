import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE } from '../prison/instant.js';
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

/** What is read of the one feed in a file. */
const readingOf = (terms: string) => reading(`feeds:\n  case-notes: ${terms}\n`).get('case-notes');

describe('the file of feeds', () => {
  it('says of each what it delivers, how long it may be silent, and of which prisons it is expected', () => {
    const text = [
      'feeds:',
      '  case-notes:',
      '    delivers: [KeyWorkerSessionHeld, CaseNoteQualityAssessed]',
      '    allowedSilence: PT1H30M',
      '    expectedOf: [XYI, NOT]',
      '  movements: { delivers: PrisonerReceived }',
    ];
    expect(reading(text.join('\n'))).toEqual(
      new Map([
        [
          'case-notes',
          {
            delivers: ['KeyWorkerSessionHeld', 'CaseNoteQualityAssessed'],
            allowedSilence: HOUR + 30 * MINUTE,
            expectedOf: new Set(['XYI', 'NOT']),
          },
        ],
        ['movements', { delivers: ['PrisonerReceived'], allowedSilence: DAY, expectedOf: new Set() }],
      ]),
    );
  });

  it('counts a day of silence as 24 hours, also where the clocks change', () => {
    expect(readingOf('{ delivers: AcctOpened, allowedSilence: P2D }')?.allowedSilence).toBe(48 * HOUR);
  });

  it('may name the prisons alone: then nobody knows what the feed delivers', () => {
    expect(readingOf('[XYI, XYM]')).toEqual({
      delivers: [],
      allowedSilence: DAY,
      expectedOf: new Set(['XYI', 'XYM']),
    });
  });

  it('need not be there; as it is delivered it names none', () => {
    expect(readFeedsFile(join(folder, 'feeds.yml'))).toEqual(new Map());
    expect(readFeedsFile(join(import.meta.dirname, '../../config/feeds.yml'))).toEqual(new Map());
    expect(reading('feeds:\n')).toEqual(new Map());
  });

  it.each([
    ['feeds:\n  case-notes: [XYI, xym]\n', ':2:21  "xym" is not a prison id, such as XYI'],
    ['feeds:\n  case-notes: all\n', ':2:15  A list of prisons is expected here, such as [XYI, XYM]'],
    ['feeds:\n  A1234BC: [XYI]\n', ':2:3  "A1234BC" is no name of a feed'],
    ['feeds:\n  notes: [XYI]\n  notes: [XYM]\n', ':3:3  "notes" stands here a second time'],
    ['feed:\n  case-notes: [XYI]\n', ':1:1  "feed" is not known here. Did you mean "feeds"?'],
    ['feeds:\n  notes: { delivers: KeyWorkerSessonHeld }\n', ':2:22  There is no custody event "KeyWorkerSessonHeld"'],
    ['feeds:\n  notes: { delivers: KeyWorkerSessonHeld }\n', 'Did you mean "KeyWorkerSessionHeld"?'],
    ['feeds:\n  notes: { delivers: FeedCompleteUntil }\n', ':2:22  There is no custody event "FeedCompleteUntil"'],
    ['feeds:\n  notes: { expectedOf: [XYI] }\n', ':2:10  "delivers" is missing'],
    ['feeds:\n  notes: { delivers: AcctOpened, silence: P1D }\n', ':2:34  "silence" is not known here'],
    ['feeds:\n  notes: { delivers: AcctOpened, allowedSilence: 1d }\n', ':2:50  "1d" is not a limit'],
    ['feeds:\n  notes: { delivers: AcctOpened, allowedSilence: PT0H }\n', ':2:50  A feed cannot speak all the time'],
  ])('is refused with the place of each mistake: %j', (text, told) => {
    expect(() => reading(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_FEEDS_FILE', message: expect.stringContaining(told) as unknown }),
    );
  });
});
