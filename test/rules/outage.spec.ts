import { beforeAll, describe, expect, it } from '@jest/globals';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { generatedHistory } from '../../src/generate/history.js';
import type { FeedReport } from '../../src/kernel/feed-terms.js';
import { knownAt, type Occurrence } from '../../src/kernel/occurrence.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { replayAll } from '../../src/kernel/replay.js';
import { Silences } from '../../src/kernel/silences.js';
import { DAY, HOUR, MINUTE } from '../../src/prison/instant.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { configRules } from './config-rules.js';

const RULES = configRules().files.map(({ rule }) => rule);
const FROM = Date.parse('2025-03-03T00:00:00Z');
/** From a Friday evening on nothing comes of the feed; on Tuesday all of it does. */
const STOPS = Date.parse('2025-05-02T17:00:00Z');
const RESUMES = STOPS + 4 * DAY;
const UNTIL = RESUMES + 14 * DAY;
const NOTES = ['KeyWorkerSessionHeld', 'KeyWorkerEntryRecorded', 'KeyWorkerSessionMissed', 'CaseNoteQualityAssessed'];

const days = new LocalDays();
const rulebook = new Rulebook(RULES, days);

/** What was told of people, under their numbers, and the prisons that they were in. */
const toldOf = (delayed: boolean) => {
  const options = { people: 120, days: 80, seed: 14, shape: 'local', from: FROM, every: 7 } as const;
  const events = Array.from(generatedHistory(options), (event) =>
    readCustodyEvent(event, { now: Infinity, recordedAtDefault: 'occurredAt' }),
  ).flatMap((event) => (isRefusal(event) || event.prisonNumber === undefined ? [] : occurrenceOf(event)));
  const isDelayed = (event: Occurrence): boolean =>
    delayed && NOTES.includes(event.type) && knownAt(event) > STOPS && knownAt(event) < RESUMES;
  const told = events.map((event) => (isDelayed(event) ? { ...event, knownAt: RESUMES } : event));
  return {
    histories: Map.groupBy(told, ({ prisonNumber }) => prisonNumber ?? ''),
    prisons: new Set(events.map(({ prisonId }) => prisonId)),
  };
};

/** The feed reports every half hour while it is heard. */
const silencesOf = (prisons: ReadonlySet<string>): Silences => {
  const reports: FeedReport[] = [];
  for (let t = FROM; t <= UNTIL; t += 30 * MINUTE)
    if (t <= STOPS || t >= RESUMES)
      for (const prisonId of prisons) reports.push({ prisonId, feed: 'case-notes', until: t, knownAt: t });
  const terms = { delivers: NOTES, allowedSilence: HOUR, expectedOf: prisons };
  return Silences.through(new Map([['case-notes', terms]]), reports, UNTIL);
};

interface LivedAlert {
  readonly key: string;
  readonly from: number;
  until: number;
}

/** Every alert there was, from when until when it was open. */
const alertsOf = (histories: ReadonlyMap<string, readonly Occurrence[]>, silences?: Silences): LivedAlert[] => {
  const open = new Map<string, LivedAlert>();
  const alerts: LivedAlert[] = [];
  for (const { rule, prisonNumber, transition, at } of replayAll(rulebook, days, histories, UNTIL, silences)) {
    const key = `${rule.id} ${prisonNumber}`;
    if (transition === 'raised') {
      const alert = { key, from: at, until: Infinity };
      open.set(key, alert);
      alerts.push(alert);
    } else if (transition === 'resolved' || transition === 'expired') {
      const alert = open.get(key);
      if (alert) alert.until = at;
      open.delete(key);
    }
  }
  return alerts;
};

const openAt = (t: number, alerts: readonly LivedAlert[]): string[] =>
  alerts
    .filter(({ from, until }) => from <= t && t < until)
    .map(({ key }) => key)
    .sort();

describe('an outage of case notes over a long weekend', () => {
  let full: readonly LivedAlert[];
  let waited: readonly LivedAlert[];
  let accused: readonly LivedAlert[];

  beforeAll(() => {
    const late = toldOf(true);
    full = alertsOf(toldOf(false).histories);
    waited = alertsOf(late.histories, silencesOf(late.prisons));
    accused = alertsOf(late.histories);
  }, 120_000);

  const inOutage = (alerts: readonly LivedAlert[]): LivedAlert[] =>
    alerts.filter(({ from }) => from > STOPS && from <= RESUMES);

  /** Those that were raised then, and of which the full record would have had none open. */
  const untrue = (alerts: readonly LivedAlert[]): LivedAlert[] =>
    inOutage(alerts).filter(
      ({ key, from }) => !full.some((one) => one.key === key && one.from <= from && from < one.until),
    );

  it('would have accused people of much that was done, did the rules not wait', () => {
    expect(untrue(accused).length).toBeGreaterThan(20);
  });

  it('raises nothing that the full record would not have raised', () => {
    expect(inOutage(waited).length).toBeGreaterThan(0);
    expect(untrue(waited)).toEqual([]);
  });

  it('raises everything that by the full record is so, once the feed is heard again', () => {
    expect(openAt(RESUMES, waited)).toEqual(openAt(RESUMES, full));
    expect(openAt(UNTIL, waited)).toEqual(openAt(UNTIL, full));
  });
});
