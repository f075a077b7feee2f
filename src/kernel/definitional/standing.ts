import type { Instant } from '../../prison/instant.js';
import { inOrder, type Occurrence } from '../occurrence.js';

const RESTS_ON_A_CHARGE = [
  'AdjudicationReported',
  'AdjudicationProved',
  'CellularConfinementAwarded',
  'CellularConfinementActivated',
];

/**
 * What stands of the events that are known, in the order they happened; the same id again changes nothing. Withdrawn events
 * count as if they had never happened; a withdrawal cannot itself be withdrawn. So do the reports, proofs, awards and
 * activations of a quashed charge that occurred up to the quashing.
 */
export const standing = (known: readonly Occurrence[]): Occurrence[] => {
  const withdrawn = new Set(known.filter(isWithdrawal).map(({ data }) => data['withdraws']));
  const kept = eachOnce(known).filter((event) => !isWithdrawal(event) && !withdrawn.has(event.id));
  const quashings = kept.filter(({ type }) => type === 'AdjudicationQuashed');
  return kept.filter((event) => !quashings.some((quashing) => quashes(quashing, event))).sort(inOrder);
};

/** Events, each with the instant since which it is known, in that order. */
export type KnownEvents = readonly { readonly event: Occurrence; readonly since: Instant }[];

/** Every event with the instant it became known, in the order that they did; of equal ids the first counts. */
export const inTheOrderKnown = (
  history: readonly Occurrence[],
  knownAt: (event: Occurrence) => Instant = ({ recordedAt }) => recordedAt,
): KnownEvents => {
  const known = history.map((event) => ({ event, since: Math.max(event.at, knownAt(event)) }));
  known.sort((a, b) => a.since - b.since || inOrder(a.event, b.event));
  const counted = new Set(eachOnce(known.map(({ event }) => event)));
  return known.filter(({ event }) => counted.has(event));
};

const eachOnce = (events: readonly Occurrence[]): Occurrence[] => {
  const ids = new Set<string>();
  return events.filter(({ id }) => !ids.has(id) && ids.add(id));
};

const isWithdrawal = ({ type }: Occurrence): boolean => type === 'EventWithdrawn';

const quashes = (quashing: Occurrence, event: Occurrence): boolean =>
  RESTS_ON_A_CHARGE.includes(event.type) &&
  event.data['chargeNumber'] === quashing.data['chargeNumber'] &&
  event.at <= quashing.at;
