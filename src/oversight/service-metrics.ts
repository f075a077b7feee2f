import type { Metric } from 'prom-client';
import type { SecurityEvents } from '../access-records/security-events.js';
import type { Headcount } from '../kernel/headcount.js';
import type { Rule } from '../kernel/rule.js';
import type { Clock } from '../store/clock.js';
import { DROP_REASONS, type DroppedEvents } from '../store/dropped/dropped-events.js';
import type { EventStore, Position } from '../store/event-store.js';
import type { ParkedEvent } from '../store/unreadable-event.js';
import type { Watch } from '../watch/watch.js';
import type { EventLoop } from './event-loop.js';
import type { IntakeFigures } from './intake-figures.js';
import { counter, gauge, type Measure, zeros } from './measure.js';
import { lagOf, type LogConsumer, numberOf } from './log-consumer.js';
import { durationHistogram } from './duration-histogram.js';

/** Why events are set aside: the codes of errors. */
const REASONS = ['UNREADABLE_CUSTODY_EVENT', 'UNKNOWN_ALERT_EVENT', 'UNKNOWN_HANDOVER_EVENT', 'UNFORESEEN'];

export interface ServiceSources {
  readonly census: Pick<Headcount, 'byPrison' | 'armedByRule'>;
  readonly intake: IntakeFigures;
  readonly security: Pick<SecurityEvents, 'totals'>;
  readonly eventLoop: Pick<EventLoop, 'held'>;
  readonly watch: Pick<Watch, 'lastTick' | 'openTellings' | 'fireDelays' | 'present'>;
  readonly rules: () => readonly Pick<Rule, 'id' | 'version'>[];
  readonly projections: readonly LogConsumer[];
  /** What this instance has set aside of the log. */
  readonly parked: () => ReadonlyMap<Position, ParkedEvent>;
  readonly dropped: Pick<DroppedEvents, 'all'>;
  readonly store: EventStore;
  readonly clock: Clock;
  /** Whether the log has been read to its end once. */
  readonly isReady: () => boolean;
}

/** What the service watches, how well it follows the log, what it waits for, and how soon it notices. */
export const serviceMetrics = (sources: ServiceSources): Metric[] => [
  counter({
    name: 'custody_events_total',
    help: 'Custody events that this instance was sent since it was started, by how they came and what became of them.',
    labels: ['feed', 'outcome'],
    read: () => sources.intake.totals().map(({ count, ...labels }) => ({ labels, value: count })),
  }),
  counter({
    name: 'security_events_total',
    help: 'What this instance refused since it was started, and who came and went, by kind: docs/access-records.md.',
    labels: ['kind'],
    read: () => Array.from(sources.security.totals(), ([kind, value]) => ({ labels: { kind }, value })),
  }),
  ...watched(sources).map(gauge),
  ...following(sources).map(gauge),
  gauge(deadlines(sources)),
  durationHistogram(
    'deadline_fire_delay_seconds',
    'From the instant a deadline fell due until it was decided that a safety alert is raised or changed; the grace of 5 seconds included.',
    () => sources.watch.fireDelays,
  ),
  durationHistogram(
    'event_loop_held_seconds',
    'The longest of each second for which this instance heard and answered nobody, because one piece of work went on.',
    () => sources.eventLoop.held,
  ),
];

const watched = ({ census, rules, isReady }: ServiceSources): Measure[] => [
  {
    name: 'people_in_custody',
    help: 'People in a stay, those away at court, in hospital or on temporary absence included.',
    labels: ['prison'],
    read: () => (isReady() ? Array.from(census.byPrison, ([prison, value]) => ({ labels: { prison }, value })) : []),
  },
  {
    name: 'rule_info',
    help: 'The rules in force here; always 1.',
    labels: ['rule', 'version'],
    read: () => rules().map(({ id, version }) => ({ labels: { rule: id, version: String(version) }, value: 1 })),
  },
];

const following = ({ watch, projections, parked, dropped, store, clock, isReady }: ServiceSources): Measure[] => [
  {
    name: 'tellings_open',
    help: 'Imports that were begun and are not complete: what they brought does not count yet.',
    labels: [],
    read: () => (isReady() ? [{ labels: {}, value: watch.openTellings }] : []),
  },
  {
    name: 'projection_position',
    help: 'How far each consumer of the log has come.',
    labels: ['projection'],
    read: () =>
      projections.map(({ name, position }) => ({ labels: { projection: name }, value: numberOf(position()) })),
  },
  {
    name: 'projection_lag_seconds',
    help: 'For how long the oldest event that a consumer of the log has not passed has been there; 0 when it has passed all.',
    labels: ['projection'],
    read: async () => {
      const now = clock.now();
      const lags = projections.map(async (projection) =>
        (await lagOf(projection, store, now)).map((value) => ({ labels: { projection: projection.name }, value })),
      );
      return (await Promise.all(lags)).flat();
    },
  },
  {
    name: 'parked_events',
    help: 'Events of the log that this version cannot take in, by reason; nothing closes for those whom they are about.',
    labels: ['reason'],
    read: () => {
      if (!isReady()) return [];
      const byReason = Map.groupBy(parked().values(), ({ reason }) => reason);
      return [
        ...zeros({ reason: REASONS }),
        ...Array.from(byReason, ([reason, events]) => ({ labels: { reason }, value: events.length })),
      ];
    },
  },
  {
    name: 'dropped_events',
    help: 'Events of the log that somebody dropped because they could not be read, by why; nobody reads them any more.',
    labels: ['reason'],
    read: () => {
      const byReason = Map.groupBy(dropped.all, ({ because }) => because);
      return DROP_REASONS.map((reason) => ({ labels: { reason }, value: byReason.get(reason)?.length ?? 0 }));
    },
  },
  {
    name: 'watch_last_tick_timestamp_seconds',
    help: 'When the watch last looked at what has fallen due.',
    labels: [],
    read: () => (watch.lastTick === undefined ? [] : [{ labels: {}, value: watch.lastTick / 1000 }]),
  },
  {
    name: 'log_time_timestamp_seconds',
    help: 'Up to when the log knows of what happened, as far as this instance has read it. In the future, a clock was wrong.',
    labels: [],
    read: () => (Number.isFinite(watch.present) ? [{ labels: {}, value: watch.present / 1000 }] : []),
  },
  {
    name: 'clock_ahead_seconds',
    help: 'By how much the clock of this instance has gone ahead of the time that passed; 0 while it is believed.',
    labels: [],
    read: () => [{ labels: {}, value: (clock.doubt?.ahead ?? 0) / 1000 }],
  },
];

const deadlines = ({ census, isReady }: ServiceSources): Measure => ({
  name: 'deadlines_armed',
  help: 'For how many people the watch will look at a rule again although nothing happens.',
  labels: ['rule'],
  read: () => (isReady() ? Array.from(census.armedByRule, ([rule, value]) => ({ labels: { rule }, value })) : []),
});
