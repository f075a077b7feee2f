import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';

/** One session for every seven days to be seen, to one decimal. */
export const sessionsDue = (daysToBeSeen: number): number => oneDecimal(daysToBeSeen / 7);

export const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** The most local days since the last session of the stay, or since the arrival; nothing where that is known of nobody. */
export const longestGapOf = (people: readonly Whereabouts[], now: Instant, days: LocalDays): number | null => {
  const starts = people.map(({ lastSession, arrived, stay }) => lastSession ?? (arrived ? stay?.since : undefined));
  const gaps = starts.flatMap((start) => (start === undefined ? [] : [days.dayOf(now) - days.dayOf(start)]));
  return gaps.length === 0 ? null : Math.max(...gaps);
};
