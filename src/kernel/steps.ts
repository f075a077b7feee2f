import type { Instant } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';
import type { TransitionOf } from './transition.js';
import type { Due, Watchlist } from './watchlist.js';

/**
 * Has a list know of one thing after the other, each from an instant on, and decide in between what falls due, up to
 * `until`: as if it were happening.
 * @param steps in their order
 * @param take has the list know of one
 * @param known by number, all that is known; `take` may add to it
 * @param settled is told of whom something was decided, and when
 */
export const playSteps = <S extends { readonly at: Instant }>(
  steps: Iterable<S>,
  take: (step: S) => void,
  watchlist: Pick<Watchlist, 'settleThrough'>,
  known: ReadonlyMap<string, readonly Occurrence[]>,
  until: Instant,
  settled?: (due: Due) => void,
): TransitionOf[] => {
  const transitions: TransitionOf[] = [];
  const settleThrough = (t: Instant): void => {
    for (const made of watchlist.settleThrough(t, known, settled)) transitions.push(made);
  };
  let present = -Infinity;
  for (const step of steps) {
    if (step.at > until) break;
    if (step.at > present) settleThrough(step.at - 1);
    present = step.at;
    take(step);
  }
  settleThrough(until);
  return transitions;
};
