import { shouldBeOpen, type ShouldBeOpen } from '../kernel/definitional.js';
import { toIso } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Rule } from '../kernel/rule.js';
import { isWorse } from '../prison/severity.js';
import { ALERT_STREAMS } from '../safety-alerts/alert/alert-ids.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import type { EventStore } from '../store/event-store.js';
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
 * compares with those that are. Reads only, so it may run beside the service.
 */
export const verify = async (options: VerifyOptions): Promise<Verification> => {
  const { store, prefix, upTo, partition = EVERYBODY } = options;
  const isWatched = (prisonNumber: string) => includes(partition, prisonNumber);
  const people = await knownPeople(store, prefix, upTo.position, isWatched);
  const alerts = Map.groupBy(await alertsIn(options), ({ prisonNumber }) => prisonNumber);
  const findings: Finding[] = [];
  for (const prisonNumber of new Set([...people.keys(), ...alerts.keys()])) {
    if (!isWatched(prisonNumber)) continue;
    const { history, knownAt } = people.get(prisonNumber) ?? new KnownHistory();
    const expected = shouldBeOpen(options.rules, options.days, history, options.upTo.until, knownAt);
    findings.push(...compare(prisonNumber, expected, alerts.get(prisonNumber) ?? []));
  }
  return { checked: people.size, findings };
};

const alertsIn = async ({ store, prefix, upTo }: VerifyOptions): Promise<AlertSummary[]> => {
  const alerts = new AlertIndex(prefix, (a, b) => store.compare(a, b));
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [prefix + ALERT_STREAMS] } })) {
    if (Date.parse(String(recorded.data['at'])) <= upTo.until || recorded.data['by'] !== undefined)
      alerts.apply(recorded);
  }
  return alerts.all();
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
