import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';

/** The most local days since the last session of the stay, or since the arrival; nothing where there is nobody to tell of. */
export const longestGapOf = (people: readonly Whereabouts[], now: Instant, days: LocalDays): number | null => {
  const starts = people.map(({ lastSession, arrived, stay }) => lastSession ?? (arrived ? stay?.since : undefined));
  const gaps = starts.flatMap((start) => (start === undefined ? [] : [days.dayOf(now) - days.dayOf(start)]));
  return gaps.length === 0 ? null : Math.max(...gaps);
};
