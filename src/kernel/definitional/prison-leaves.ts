import type { ConditionOf } from '../condition.js';
import type { Situation } from './situation.js';

/** "In each of the last weeks less than that share of the sessions due was held": a week in which none was due is none. */
export const deliveredUnder = (
  { share, weeks, pace }: ConditionOf<'deliveredUnder'>,
  { t, weeksBefore }: Situation,
): boolean =>
  weeksBefore(t, weeks).every(({ held, daysToBeSeen }) => held * 100 * 7 * pace.everyWeeks < share * daysToBeSeen);

/** "The number rose with each of the last weeks." */
export const neverSeenRising = ({ weeks }: ConditionOf<'neverSeenRising'>, { t, weeksBefore }: Situation): boolean => {
  const [first, ...later] = weeksBefore(t, weeks + 1).map(({ neverSeen }) => neverSeen);
  let before = first ?? Infinity;
  return later.every((number) => {
    const rose = number > before;
    before = number;
    return rose;
  });
};
