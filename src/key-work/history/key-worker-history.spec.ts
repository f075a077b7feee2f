import { describe, expect, it } from '@jest/globals';
import { at, DAYS } from '../../../test/kernel-kit.js';
import { type KeyWorkTerms, WEEKLY } from '../../kernel/prison-settings.js';
import { toIso } from '../../prison/instant.js';
import { Frequency } from '../figures/frequency.js';
import type { PersonRecord, RecordEntry } from '../person-record.js';
import { Sources } from '../sources.js';
import { tellHistory } from './key-worker-history.js';
import { paceOn } from './pace.js';

const MARCH = { from: DAYS.named('2026-03-01'), to: DAYS.named('2026-03-28') };

const entry = (type: string, local: string, prisonId: string, data: RecordEntry['event']['data']): RecordEntry => {
  const [instant, id] = [at(local), `${type} ${local}`];
  const when = { occurredAt: toIso(instant), recordedAt: toIso(instant) };
  return {
    event: { id, type, prisonNumber: 'A0001AA', prisonId, data, ...when } as RecordEntry['event'],
    occurrence: { id, type, prisonId, data, at: instant, recordedAt: instant },
    knownAt: instant,
    heldAt: instant,
    withdrawal: undefined,
    quashed: false,
    replaced: false,
  };
};
const arrives = (local: string, prisonId = 'XYI') =>
  entry('PrisonerReceived', local, prisonId, { reason: 'NEW_ADMISSION' });
const session = (local: string) => entry('KeyWorkerSessionHeld', local, 'XYI', { staffId: 'S1', minutes: 30 });

interface Surroundings {
  /** What XYI says of its key work. */
  readonly keyWork?: Partial<KeyWorkTerms>;
  /** The prison of whose sessions nobody tells. */
  readonly untold?: string;
}

const told = (entries: readonly RecordEntry[], { keyWork = {}, untold }: Surroundings = {}) => {
  const record: PersonRecord = {
    prisonNumber: 'A0001AA',
    formerNumbers: [],
    entries,
    position: '1',
    unreadable: 0,
    uncounted: { events: 0, withHistory: false },
    erased: false,
  };
  const settings = [{ prisonId: 'XYI', rules: [], keyWork: [{ ...WEEKLY, ...keyWork }] }];
  const notWatched = {
    get: (prisonId: string) =>
      prisonId === untold
        ? new Map([['KW-01', { of: 'safeguard' as const, types: ['KeyWorkerSessionHeld'] }]])
        : undefined,
  };
  const pace = paceOn(new Frequency(settings, DAYS), notWatched);
  const around = { sources: new Sources(), notWatched, paceOn: pace, nameOfRule: () => undefined };
  return tellHistory({ record, alerts: [], days: DAYS, now: at('2026-03-28 12:00'), ...around }, MARCH).summary;
};

describe('what the history expects', () => {
  const stay = [arrives('2026-02-01 15:00'), session('2026-03-03 10:00'), session('2026-03-13 10:00')];

  it('is 45 minutes a week, and no gap over a week, where the prison says nothing', () => {
    const { gapsOverAWeek, ...summary } = told(stay);
    expect(summary).toMatchObject({ minutesExpected: 180, minutesAWeekExpected: 45, expectedEveryDays: 7 });
    expect(gapsOverAWeek.map(({ days }) => days)).toEqual([10, 15]);
  });

  it('is what the prison expects: how long, and how often', () => {
    const { gapsOverAWeek, ...summary } = told(stay, { keyWork: { everyWeeks: 2, minutes: 30 } });
    expect(summary).toMatchObject({ minutesExpected: 60, minutesAWeekExpected: 15, expectedEveryDays: 14 });
    expect(gapsOverAWeek.map(({ days }) => days)).toEqual([15]);
  });

  it('is nothing where there is no key work scheme', () => {
    const nothing = { minutesExpected: 0, minutesAWeekExpected: 0, expectedEveryDays: null };
    expect(told(stay, { keyWork: { scheme: false } })).toMatchObject({
      ...nothing,
      minutes: 60,
      gapsOverAWeek: [],
      longestGap: null,
    });
  });

  it('is judged stay by stay where only one prison tells of sessions', () => {
    const moved = [...stay, arrives('2026-03-15 09:00', 'XYW')];
    const { gapsOverAWeek, ...summary } = told(moved, { untold: 'XYW' });
    expect(summary).toMatchObject({ minutesExpected: 90, expectedEveryDays: null, longestGap: { days: 10 } });
    expect(gapsOverAWeek.map(({ days }) => days)).toEqual([10]);
  });
});
