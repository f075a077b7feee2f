import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { Feeds } from '../custody/feeds.js';
import { LocalDays } from '../prison/local-days.js';
import { KeyWorkFigures } from '../key-work/figures/key-work-figures.js';
import { Durations } from '../safety-alerts/figures/durations.js';
import { IntakeFigures } from './intake-figures.js';
import { Metrics } from './metrics.js';
import { LIMITS } from '../../test/key-work-limits.js';

const letter = (n: number): string => String.fromCharCode(65 + n);
const PRISONS = Array.from({ length: 120 }, (_, n) => `X${letter(n % 26)}${letter(Math.floor(n / 26))}`);
const RULES = Array.from({ length: 33 }, (_, n) => ({ id: `KW-${n}`, version: 1 }));

const FEEDS = ['case-notes', 'movements', 'adjudications', 'incidents', 'visits'];
const ARMED = new Map(RULES.map(({ id }) => [id, 1]));

const given = ({ isReady }: { isReady: boolean }): Metrics => {
  const store = new InMemoryEventStore();
  return new Metrics({
    alerts: new AlertIndex('test_', (a, b) => store.compare(a, b)),
    census: { byPrison: new Map(PRISONS.map((prison) => [prison, 1])), armedByRule: ARMED },
    intake: new IntakeFigures(),
    security: { totals: () => new Map() },
    eventLoop: { held: new Durations([0.05]) },
    feeds: new Feeds(
      () =>
        new Map(
          FEEDS.map((feed) => [feed, { delivers: [], allowedSilence: 86_400_000, expectedOf: new Set(PRISONS) }]),
        ),
    ),
    watch: {
      lastTick: undefined,
      present: -Infinity,
      openTellings: 0,
      fireDelays: new Durations([5]),
      silentFeeds: [],
      heldByPrison: new Map(),
      notWatched: new Map(),
    },
    rules: () => RULES,
    keyWork: keyWorkOf(store, isReady),
    pending: { byPrison: () => new Map(PRISONS.map((prison) => [prison, { count: 1, refused: 0, oldest: 0 }])) },
    projections: [],
    parked: () => new Map(),
    dropped: { all: [] },
    rolls: { last: () => Promise.resolve(undefined) },
    store,
    clock: { now: () => 0 },
    isReady: () => isReady,
  });
};

/** Figures that have heard of every prison. */
const keyWorkOf = (store: InMemoryEventStore, caughtUp: boolean) => {
  const records = { knownOf: () => Promise.resolve({ own: [], elsewhere: [] }) };
  const figures = new KeyWorkFigures({
    streams: records,
    days: new LocalDays(),
    compare: (a, b) => store.compare(a, b),
    prefix: 'test_',
    limits: LIMITS,
  });
  Reflect.set(figures, 'prisons', new Set(PRISONS));
  return { figures, projection: { caughtUp }, clock: { now: () => 0 } };
};

const seriesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('the metrics', () => {
  it('stay below 10,000 series with 120 prisons and every rule', async () => {
    const series = seriesOf(await given({ isReady: true }).text());
    expect(series.length).toBeGreaterThan(120 * RULES.length);
    // What may be added at most: an oldest alert in each prison and severity, and how far each feed is complete.
    expect(series.length + 120 * (4 + FEEDS.length)).toBeLessThan(10_000);
  });

  it('leave out what is read from the log until it has been read to its end, so that no total starts from 0 again', async () => {
    const series = seriesOf(await given({ isReady: false }).text());
    const names = new Set(series.map((line) => /^\w+/.exec(line)?.[0]));
    expect([...names]).toEqual([
      'custody_watch_feed_expected_info',
      'custody_watch_feed_allowed_silence_seconds',
      'custody_watch_custody_events_total',
      'custody_watch_rule_info',
      'custody_watch_dropped_events',
      'custody_watch_clock_ahead_seconds',
      ...['deadline_fire_delay_seconds', 'event_loop_held_seconds'].flatMap((name) =>
        ['bucket', 'sum', 'count'].map((part) => `custody_watch_${name}_${part}`),
      ),
    ]);
  });

  it('say the same when they are read again', async () => {
    const metrics = given({ isReady: true });
    expect(await metrics.text()).toBe(await metrics.text());
  });
});
