import { beforeAll, describe, expect, it } from '@jest/globals';
import { foldersOf, rulesOf, feedsOf } from '../../src/app/estate.js';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { feedReportOf } from '../../src/kernel/feed.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { Demonstration } from '../../src/demo/demonstration.js';
import type { DemonstrationEvent } from '../../src/demo/recording.js';
import { PRISON, TRAINER, WOMENS_PRISON } from '../../src/demo/stay.js';
import { knownAt } from '../../src/kernel/occurrence.js';
import { replayAll } from '../../src/kernel/replay.js';
import { Silences } from '../../src/kernel/silences.js';
import type { TransitionOf } from '../../src/kernel/transition.js';

const CONFIG = { configDir: 'config' };
const FOLDERS = foldersOf(CONFIG, 'demonstration');
const NOW = Date.parse('2026-12-10T10:15:00Z');
const STOPPED = Date.parse('2026-12-09T17:00:00Z');
const ALLOWED = 6 * 3_600_000;

const { rulebook, days, prisons, notWatched } = rulesOf(CONFIG, FOLDERS);
const feeds = feedsOf(CONFIG, FOLDERS);
const demonstration = new Demonstration(NOW);

let history: DemonstrationEvent[];
let silences: Silences;
let transitions: TransitionOf[];

const of = (prisonId: string): DemonstrationEvent[] => history.filter((event) => event.prisonId === prisonId);

beforeAll(() => {
  history = demonstration.history();
  const events = [...of(WOMENS_PRISON), ...of(TRAINER)]
    .map((event) => readCustodyEvent(event, { now: Infinity, recordedAtDefault: 'occurredAt' }))
    .flatMap((event) => (isRefusal(event) ? [] : occurrenceOf(event)));
  const reports = events.flatMap((event) => feedReportOf(event, knownAt(event)) ?? []);
  silences = Silences.through(feeds, reports, NOW);
  const people = events.filter(({ prisonNumber }) => prisonNumber !== undefined);
  const histories = Map.groupBy(people, ({ prisonNumber }) => prisonNumber ?? '');
  transitions = [...replayAll(rulebook, days, histories, NOW, silences)];
});

const raisedIn = (prisonId: string): TransitionOf[] =>
  transitions.filter((one) => one.transition === 'raised' && one.prisonId === prisonId);

describe('the prisons of the demonstration', () => {
  it('are three and a neighbour, each with a name, a region and settings of its own', () => {
    const ids = new Set(history.map(({ prisonId }) => prisonId));
    expect([...ids].sort()).toEqual(prisons.map(({ settings }) => settings.prisonId).sort());
    expect(new Set(prisons.map(({ name }) => name)).size).toBe(prisons.length);
    expect(prisons.filter(({ region }) => region === undefined)).toEqual([]);
    expect([...ids]).toEqual(expect.arrayContaining([PRISON, WOMENS_PRISON, TRAINER]));
  });

  it('are told nothing but what the feeds that they declare deliver', () => {
    for (const { settings, feeds: declared } of prisons.filter((prison) => prison.feeds)) {
      const delivered = new Set(declared?.flatMap((feed) => feeds.get(feed)?.delivers ?? []));
      const told = new Set<string>(of(settings.prisonId).map(({ type }) => type));
      const aboutEvents = ['EventWithdrawn', 'FeedCompleteUntil'];
      expect([...told].filter((type) => !delivered.has(type) && !aboutEvents.includes(type))).toEqual([]);
    }
  });
});

describe('the women’s prison of the demonstration', () => {
  it('has safety alerts, none of them about key work or steps that nobody publishes', () => {
    const raised = new Set(raisedIn(WOMENS_PRISON).map(({ rule }) => rule.id));
    const silent = notWatched.get(WOMENS_PRISON) ?? new Map<string, unknown>();
    expect(raised.size).toBeGreaterThan(2);
    expect([...raised].filter((id) => id.startsWith('KW-') || silent.has(id))).toEqual([]);
    expect([...silent.keys()]).toEqual(expect.arrayContaining(['ACCT-01', 'ACCT-02', 'SEG-01', 'SEG-03']));
  });

  it('has a roll from which one differs whom nobody told of, and one who was not told to have left', () => {
    const roll = demonstration.roll();
    expect(roll.prisonId).toBe(WOMENS_PRISON);
    const told = new Map<string, string>();
    const moves = of(WOMENS_PRISON).filter(({ type }) => /^Prisoner(Received|Released)$/.test(type));
    for (const { prisonNumber = '', type } of moves.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)))
      told.set(prisonNumber, type);
    const here = [...told].filter(([, type]) => type === 'PrisonerReceived').map(([prisonNumber]) => prisonNumber);
    expect(roll.people.filter((prisonNumber) => !told.has(prisonNumber))).toHaveLength(1);
    expect(here.filter((prisonNumber) => !roll.people.includes(prisonNumber))).toHaveLength(1);
  });
});

describe('the trainer of the demonstration', () => {
  it('has not been told of case notes since yesterday at five, of all else it has', () => {
    expect(silences.silentIn(TRAINER)).toEqual([{ feed: 'case-notes', completeUntil: STOPPED }]);
    const late = of(TRAINER).filter(({ recordedAt }) => Date.parse(recordedAt) > STOPPED);
    expect(late.length).toBeGreaterThan(3);
    expect(late.filter(({ type }) => feeds.get('case-notes')?.delivers.includes(type))).toEqual([]);
  });

  it('has open alerts about key work, and none that was raised while it was silent', () => {
    const aboutKeyWork = raisedIn(TRAINER).filter(({ rule }) => rule.id.startsWith('KW-'));
    expect(aboutKeyWork.length).toBeGreaterThan(5);
    const sessions = aboutKeyWork.filter(({ rule }) =>
      rule.safeguard.some(({ type }) => type === 'KeyWorkerSessionHeld'),
    );
    expect(sessions.filter(({ at }) => at > STOPPED + ALLOWED)).toEqual([]);
  });
});
