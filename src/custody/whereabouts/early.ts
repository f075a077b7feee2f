import type { Occurrence } from '../../kernel/occurrence.js';
import { DAY, type Instant } from '../../prison/instant.js';
import { NOWHERE, type Place, placeAfter } from './place.js';

/** How long before an arrival an event may have happened that still belongs to the stay: 24 hours. */
export const A_DAY = DAY;

/** An event that a later stay may claim, or only where and when it happened. */
interface Claimable {
  readonly prisonId: string;
  readonly at: Instant;
}

const isMove = ({ type }: Occurrence): boolean => type === 'PrisonerReceived' || type === 'PrisonerReleased';

/** Whether a later stay may claim an event: no stay that began with an arrival is open where it happened. */
const mayBeEarly = (event: Occurrence, { stay }: Place): boolean =>
  !isMove(event) && !(stay?.arrival && stay.prisonId === event.prisonId);

/** Whether an event that happened before may belong to a stay that begins with this one. */
const belongsTo =
  ({ prisonId, at }: Claimable) =>
  (before: Claimable): boolean =>
    before.prisonId === prisonId && at - before.at <= A_DAY;

/** Those of the last day that a stay may still claim. */
export const unclaimedAfter = <E extends Claimable>(
  unclaimed: readonly E[],
  event: Occurrence,
  place: Place,
  asKept: (event: Occurrence) => E,
): readonly E[] => {
  if (!mayBeEarly(event, place)) return unclaimed;
  return [...unclaimed.filter(({ at }) => event.at - at <= A_DAY), asKept(event)];
};

/** Separates those that belong to a stay that has just begun from the others: of two stays they belong to the first. */
export const claimedBy = <E extends Claimable>(
  unclaimed: readonly E[],
  begins: Claimable,
): { readonly claimed: readonly E[]; readonly left: readonly E[] } => {
  const belongs = belongsTo(begins);
  if (!unclaimed.some(belongs)) return { claimed: [], left: unclaimed };
  return { claimed: unclaimed.filter(belongs), left: unclaimed.filter((one) => !belongs(one)) };
};

const NONE: ReadonlySet<Occurrence> = new Set();

/**
 * The events that happened before the stay that they belong to (docs/rules-meaning.md, "Stay"): somebody typed the arrival
 * late. @param events what stands, in the order it happened
 */
export const earlyIn = (events: readonly Occurrence[]): ReadonlySet<Occurrence> => {
  let place = NOWHERE;
  let unclaimed: readonly Occurrence[] = [];
  let early: Set<Occurrence> | undefined;
  for (const event of events) {
    const before = place;
    place = placeAfter(before, event);
    if (place.stay && place.stay !== before.stay) {
      const { claimed, left } = claimedBy(unclaimed, event);
      unclaimed = left;
      for (const one of claimed) early = (early ?? new Set()).add(one);
    }
    unclaimed = unclaimedAfter(unclaimed, event, place, (one) => one);
  }
  return early ?? NONE;
};
