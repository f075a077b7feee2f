import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { historiesUntil } from './tools/history.js';
import { sized } from './tools/sized.js';

const PEOPLE = sized(88_000);
const FEEDS = ['case-notes', 'movements', 'adjudications', 'incidents', 'visits'];
const MOST_MILLISECONDS = 30;
const MOST_SERIES = 10_000;
const ROUNDS = sized(100);
const NOW = Date.parse('2026-03-01T09:00:00Z');
const HERE = fileURLToPath(import.meta.url);

/**
 * What Prometheus costs: the time of the event loop that one scrape takes, and how many series it brings, with every rule,
 * every prison of England and Wales and everybody in them. All figures are in memory, so nothing
 * of that time is waiting; of many rounds the fastest, for what else the machine does only ever adds to it.
 */
export default function scrape() {
  const child = spawnSync(process.execPath, ['--max-old-space-size=12288', HERE, 'measure'], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  const { milliseconds, series, open, prisons } = JSON.parse(child.stdout);
  return [
    {
      figure: `scrape of /metrics, ${PEOPLE} people in ${prisons} prisons, ${open} safety alerts open`,
      value: `${milliseconds.toFixed(1)} ms of the event loop`,
      peer: `limit, ${MOST_MILLISECONDS} ms`,
      ratio: MOST_MILLISECONDS / milliseconds,
      target: 1,
    },
    {
      figure: `series, every rule and ${FEEDS.length} feeds of each prison`,
      value: String(series),
      peer: `limit, ${MOST_SERIES}`,
      ratio: MOST_SERIES / series,
      target: 1,
    },
  ];
}

async function measure() {
  const { Metrics } = await import('../dist/oversight/metrics.js');
  const sources = await estate();
  const metrics = new Metrics(sources);
  const rounds = [];
  let text = '';
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    text = await metrics.text();
    rounds.push(performance.now() - start);
  }
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  const prisons = sources.census.byPrison.size;
  return { milliseconds: Math.min(...rounds), series, open: sources.alerts.open().length, prisons };
}

/** Everything that a scrape reads, as the service has it once it has read the log to its end. */
async function estate() {
  const { Durations } = await import('../dist/safety-alerts/figures/durations.js');
  const { IntakeFigures } = await import('../dist/oversight/intake-figures.js');
  const clock = { now: () => NOW };
  const { PendingEvents } = await import('../dist/custody/pending/pending-events.js');
  const histories = historiesUntil(NOW, PEOPLE);
  const { people, rules } = await watched(histories);
  const figures = await keyWork(rules, histories);
  return {
    rules: () => rules,
    clock,
    feeds: figures.sources.feeds,
    alerts: await alertsOf(people),
    census: people.headcount,
    intake: new IntakeFigures(),
    security: { totals: () => new Map() },
    watch: {
      lastTick: NOW,
      openTellings: 0,
      fireDelays: new Durations([5, 60]),
      silentFeeds: [],
      notWatched: new Map(),
      heldByPrison: new Map(),
    },
    eventLoop: { held: new Durations([0.05]) },
    pending: new PendingEvents({ compare: (a, b) => Number(a) - Number(b) }, ''),
    keyWork: { figures, projection: { caughtUp: true }, clock },
    projections: ['watch', 'open-alerts', 'key-work', 'people'].map((name) => ({
      name,
      position: () => '1',
      isAtTheEnd: () => true,
    })),
    parked: () => new Map(),
    dropped: { all: [] },
    rolls: { last: () => Promise.resolve(undefined) },
    isReady: () => true,
  };
}

async function watched(histories) {
  const { LocalDays } = await import('../dist/prison/local-days.js');
  const { Rulebook } = await import('../dist/kernel/rulebook.js');
  const { Watchlist } = await import('../dist/kernel/watchlist.js');
  const { rulesIn } = await import('../dist/watch/rule-folder.js');
  const days = new LocalDays();
  const rules = rulesIn(fileURLToPath(new URL('../config/rules', import.meta.url))).map(({ rule }) => rule);
  const people = new Watchlist(new Rulebook(rules, days), days);
  people.play(histories, NOW);
  return { people, rules };
}

async function keyWork(rules, histories) {
  const { LocalDays } = await import('../dist/prison/local-days.js');
  const { KeyWorkFigures } = await import('../dist/key-work/figures/key-work-figures.js');
  const { keyWorkLimitsOf } = await import('../dist/key-work/figures/limits.js');
  const prisons = new Set([...histories.values()].flat().map(({ prisonId }) => prisonId));
  const terms = { delivers: [], allowedSilence: 86_400_000, expectedOf: prisons };
  const told = new Map();
  const under = (numbers) => numbers.flatMap((number) => told.get(number) ?? []);
  const figures = new KeyWorkFigures({
    streams: { knownOf: ({ own, elsewhere }) => Promise.resolve({ own: under(own), elsewhere: under(elsewhere) }) },
    days: new LocalDays(),
    compare: (a, b) => Number(a) - Number(b),
    prefix: 'custodywatch_',
    limits: keyWorkLimitsOf(rules),
    feeds: () => new Map(FEEDS.map((feed) => [feed, terms])),
  });
  let position = 0;
  const take = async (stream, { at, prisonId, prisonNumber, type, data, id }) => {
    const instant = new Date(at).toISOString();
    const event = { prisonId, prisonNumber, occurredAt: instant, recordedAt: instant, knownAt: instant, schema: 1 };
    await figures.apply({ id, type, data, metadata: event, stream, revision: 0, position: String(++position) });
    await figures.settle(String(position));
  };
  for (const [prisonNumber, history] of histories) {
    told.set(prisonNumber, []);
    for (const occurrence of history) {
      told.get(prisonNumber).push(occurrence);
      await take(`person-${prisonNumber}`, occurrence);
    }
  }
  const data = (feed) => ({ feed, until: new Date(NOW).toISOString() });
  for (const prisonId of prisons)
    for (const feed of FEEDS)
      await take(`feed-${prisonId}-${feed}`, {
        id: `${prisonId}-${feed}`,
        type: 'FeedCompleteUntil',
        at: NOW,
        prisonId,
        data: data(feed),
      });
  return figures;
}

/** What the rules say should be open is open; every third is acknowledged. */
async function alertsOf(people) {
  const { AlertIndex } = await import('../dist/safety-alerts/list/alert-index.js');
  const { toStored } = await import('../dist/safety-alerts/alert/stored-safety-alert-event.js');
  const alerts = new AlertIndex('', (a, b) => Number(a) - Number(b));
  let count = 0;
  const apply = (stream, type, data) =>
    alerts.apply({ ...toStored({ type, data }, stream, 0, data.at), stream, revision: 0, position: String(++count) });
  for (const [prisonNumber, person] of people.everybody()) {
    for (const [rule, { raisedAt, severity }] of person.open) {
      const stream = `alert-${rule}-${prisonNumber}`;
      const at = new Date(raisedAt).toISOString();
      const grounds = { reason: 'This is a test.', why: {}, evidence: [], decidedOn: '0' };
      const of = { rule, ruleVersion: 1, prisonNumber, prisonId: person.prisonId, severity };
      apply(stream, 'SafetyAlertRaised', { episode: 1, at, ...of, ...grounds });
      if (count % 3 === 0) apply(stream, 'SafetyAlertAcknowledged', { episode: 1, at, by: 'somebody' });
    }
  }
  return alerts;
}

if (process.argv[1] === HERE && process.argv[2] === 'measure') process.stdout.write(JSON.stringify(await measure()));
