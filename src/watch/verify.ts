import { shouldBeOpen, type ShouldBeOpen } from '../kernel/definitional.js';
import { toIso } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Rule } from '../kernel/rule.js';
import { isWorse } from '../prison/severity.js';
import { ALERT_STREAMS } from '../safety-alerts/alert/alert-ids.js';
import { fromStored } from '../safety-alerts/alert/stored-safety-alert-event.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import type { EventStore } from '../store/event-store.js';
import { unlessUnreadable } from '../store/unreadable-event.js';
import type { WatchCheckpoint } from './checkpoint.js';
import { KnownHistory, knownPeople } from './known-people.js';
import { EVERYBODY, includes, type Partition } from './partition.js';

/** One difference between what is open and what should be. `expected` and `found` are instants, where there are any. */
export interface Finding {
  readonly kind: 'missing' | 'extra' | 'wrongTime';
  readonly rule: string;
  readonly prisonNumber: string;
  readonly expected: string | null;
  readonly found: string | null;
}

export interface Verification {
  /** How many people were recomputed. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  /** How many events this version cannot read: of those whom they are about nothing is compared. */
  readonly parked: number;
}

export interface VerifyOptions {
  readonly store: EventStore;
  readonly prefix: string;
  readonly rules: readonly Rule[];
  readonly days: LocalDays;
  /** As far as the watch had come: what it has not decided on yet is no difference. */
  readonly upTo: WatchCheckpoint;
  /** Whom it watches; everybody, where it is missing. */
  readonly partition?: Partition | undefined;
}

/**
 * Recomputes, with the definitional evaluator and nothing of the incremental kernel, which alerts should be open, and
 * compares with those that are. Reads only, so it may run beside the service. Goes on past what this version cannot read.
 */
export const verify = async (options: VerifyOptions): Promise<Verification> => {
  const { store, prefix, upTo, partition = EVERYBODY } = options;
  const isWatched = (prisonNumber: string) => includes(partition, prisonNumber);
  const { people, unreadable } = await knownPeople(store, prefix, upTo.position, isWatched);
  const { alerts: all, unreadable: ofAlerts } = await alertsIn(options);
  const alerts = Map.groupBy(all, ({ prisonNumber }) => prisonNumber);
  const parked = [...unreadable, ...ofAlerts].filter((whom) => whom === undefined || isWatched(whom));
  const unclear = new Set(parked);
  const findings: Finding[] = [];
  for (const prisonNumber of new Set([...people.keys(), ...alerts.keys()])) {
    if (unclear.has(prisonNumber) || !isWatched(prisonNumber)) continue;
    const { history, knownAt } = people.get(prisonNumber) ?? new KnownHistory();
    const expected = shouldBeOpen(options.rules, options.days, history, options.upTo.until, knownAt);
    findings.push(...compare(prisonNumber, expected, alerts.get(prisonNumber) ?? []));
  }
  const checked = [...people.keys()].filter((prisonNumber) => !unclear.has(prisonNumber)).length;
  return { checked, findings, parked: parked.length };
};

/** The alerts there are, and whom each event is about that this version cannot read; nothing where that is not known. */
const alertsIn = async ({ store, prefix, upTo }: VerifyOptions) => {
  const parked: string[] = [];
  const alerts = new AlertIndex(prefix, (a, b) => store.compare(a, b));
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [prefix + ALERT_STREAMS] } })) {
    const event = unlessUnreadable(() => fromStored(recorded));
    if (!event) parked.push(recorded.stream.slice(prefix.length));
    else if (Date.parse(event.data.at) <= upTo.until || 'by' in event.data) alerts.apply(recorded);
  }
  return { alerts: alerts.all(), unreadable: parked.map((stream) => alerts.personOf(stream)) };
};

/** The alerts of this very episode that somebody has closed by hand. */
const closedByHand = (alerts: readonly AlertSummary[], { rule, raisedAt }: ShouldBeOpen): AlertSummary[] =>
  alerts.filter(
    ({ rule: of, outcome, closedAt }) =>
      of === rule && outcome === 'manual' && closedAt !== undefined && Date.parse(closedAt) >= raisedAt,
  );

const compare = (
  prisonNumber: string,
  expected: readonly ShouldBeOpen[],
  alerts: readonly AlertSummary[],
): Finding[] => {
  const open = new Map(
    alerts.filter(({ closedAt }) => closedAt === undefined).map((alert) => [alert.rule, alert] as const),
  );
  const findings: Finding[] = [];
  for (const wanted of expected) {
    const found = open.get(wanted.rule);
    open.delete(wanted.rule);
    const kind = difference(wanted, found, closedByHand(alerts, wanted));
    const instants = { expected: toIso(wanted.raisedAt), found: found?.raisedAt ?? null };
    if (kind) findings.push({ kind, rule: wanted.rule, prisonNumber, ...instants });
  }
  for (const [rule, { raisedAt }] of open) {
    findings.push({ kind: 'extra', rule, prisonNumber, expected: null, found: raisedAt });
  }
  return findings;
};

/** A step that was not reached is missing; an alert closed by hand is quiet up to the severity that it had. */
const difference = (
  wanted: ShouldBeOpen,
  found: AlertSummary | undefined,
  byHand: readonly AlertSummary[],
): Finding['kind'] | undefined => {
  const reached = [...(found ? [found] : []), ...byHand].some(({ severity }) => !isWorse(wanted.severity, severity));
  if (!reached) return 'missing';
  if (!found || byHand.length > 0) return undefined;
  return found.raisedAt === toIso(wanted.raisedAt) ? undefined : 'wrongTime';
};
