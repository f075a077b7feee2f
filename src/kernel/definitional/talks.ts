import type { ConditionOf } from '../condition.js';
import type { Limit } from '../limit.js';
import { inOrder } from '../occurrence.js';
import { DAY, MINUTE } from '../../prison/instant.js';
import type { Situation, Talk } from './situation.js';

/** "Sessions in the last N days", in the order they were held. */
const inWindow = (window: number, { talks, days, t }: Situation): Talk[] =>
  talks
    .filter(({ event }) => event.at <= t && days.dayOf(event.at) > days.dayOf(t) - window)
    .sort((a, b) => inOrder(a.event, b.event));

const minutesOf = ({ event }: Talk): number | undefined => {
  const { minutes } = event.data;
  return typeof minutes === 'number' ? minutes : undefined;
};

const inMinutes = (limit: Limit): number => (limit.kind === 'hours' ? limit.milliseconds : limit.days * DAY) / MINUTE;

/** "Two with different people, of which one began before the other was over, or both at one instant." */
export const atOnce = ({ window }: ConditionOf<'sessionsAtOnce'>, situation: Situation): boolean => {
  const held = inWindow(window, situation);
  return held.some((one) =>
    held.some(
      (other) =>
        one.prisonNumber !== other.prisonNumber &&
        one.event.at <= other.event.at &&
        (one.event.at === other.event.at || other.event.at < one.event.at + (minutesOf(one) ?? 0) * MINUTE),
    ),
  );
};

/** "On some local day more than that, together." */
export const longDay = ({ window, above }: ConditionOf<'sessionTime'>, situation: Situation): boolean => {
  const held = inWindow(window, situation);
  const { days } = situation;
  return held.some(({ event }) => {
    const ofDay = held.filter((other) => days.dayOf(other.event.at) === days.dayOf(event.at));
    return ofDay.reduce((sum, one) => sum + (minutesOf(one) ?? 0), 0) > inMinutes(above);
  });
};

/** "That many one after another, of those whose length is recorded." */
export const shortInARow = ({ window, under, inARow }: ConditionOf<'shortSessions'>, situation: Situation): boolean => {
  const lengths = inWindow(window, situation).flatMap((one) => minutesOf(one) ?? []);
  return lengths.some((_, place) => {
    const row = lengths.slice(place, place + inARow);
    return row.length === inARow && row.every((minutes) => minutes < inMinutes(under));
  });
};
