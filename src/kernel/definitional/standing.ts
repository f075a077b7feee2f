import { inOrder, type Occurrence } from '../occurrence.js';
import { keptFor } from './merges.js';
import { isWithdrawal, numberOf, withdraws } from './known-events.js';

export const RESTS_ON_A_CHARGE = [
  'AdjudicationReported',
  'AdjudicationProved',
  'CellularConfinementAwarded',
  'CellularConfinementActivated',
  'SocialVisitsRestricted',
];

/** What is known of people who have to do with one another, and what of it stands. */
export interface StandingEvents {
  /** Every number that something was told or merged under. */
  readonly numbers: readonly string[];
  /** The number under which another one's events count; itself, where it was not removed. */
  readonly keptFor: (prisonNumber: string) => string;
  /** What stands of all that counts under a number, in the order it happened; nothing for a removed one. */
  readonly eventsOf: (prisonNumber: string) => readonly Occurrence[];
}

/** @param known everything known of them, the first known first, each id once */
export const standing = (known: readonly Occurrence[]): StandingEvents => {
  const events = known.filter((event) => event === standingTelling(event, known));
  const kept = keptFor(events);
  return {
    numbers: [...new Set(known.flatMap(numbersIn))],
    keptFor: kept,
    eventsOf: (prisonNumber) => standingOf(events.filter((event) => kept(numberOf(event)) === prisonNumber)),
  };
};

/**
 * "Of the events of one type with the same source the highest known revision stands for the record (none = 0; of equal
 * ones the first known), withdrawn or not; the others count as if withdrawn. Identity is type, system and source id,
 * across prison numbers."
 */
const standingTelling = (event: Occurrence, known: readonly Occurrence[]): Occurrence => {
  const { source } = event;
  if (!source) return event;
  const tellings = known.filter((other) => other.source?.record === source.record);
  return tellings.reduce((best, next) => (revisionOf(next) > revisionOf(best) ? next : best), tellings[0] ?? event);
};

const revisionOf = ({ source }: Occurrence): number => source?.revision ?? 0;

const numbersIn = (event: Occurrence): string[] =>
  event.type === 'PrisonerRecordsMerged'
    ? [numberOf(event), String(event.data['removedPrisonNumber'])]
    : [numberOf(event)];

/**
 * Of all that is told under one number and those that merges join to it: "Withdrawn events count as if they had never
 * happened; a withdrawal cannot itself be withdrawn. So do the reports, proofs, awards, activations and visit
 * restrictions of a quashed charge that occurred up to the quashing."
 */
const standingOf = (events: readonly Occurrence[]): readonly Occurrence[] => {
  const withdrawals = events.filter(isWithdrawal);
  const happened = events.filter(({ type }) => type !== 'EventWithdrawn' && type !== 'PrisonerRecordsMerged');
  const once = happened.filter(({ id }, index) => happened.findIndex((other) => other.id === id) === index);
  const kept = once.filter((event) => !withdrawals.some((withdrawal) => withdraws(withdrawal, event)));
  const quashings = kept.filter(({ type }) => type === 'AdjudicationQuashed');
  return kept.filter((event) => !quashings.some((quashing) => quashes(quashing, event))).sort(inOrder);
};

const quashes = (quashing: Occurrence, event: Occurrence): boolean =>
  RESTS_ON_A_CHARGE.includes(event.type) &&
  event.data['chargeNumber'] === quashing.data['chargeNumber'] &&
  event.at <= quashing.at;
