import type { Instant } from '../../prison/instant.js';
import type { Day, LocalDays } from '../../prison/local-days.js';
import { courseOf } from '../../custody/whereabouts/trail.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { Period } from '../period.js';

/** The prison that holds the person after these events; nothing where nobody was heard of. @param events as below */
export const holderOf = (events: readonly Occurrence[]): string | undefined => courseOf(events).prisonId;

/** How many days of a period somebody was to be seen: eligible for key work and not away when the day ended, or now. */
export const daysToBeSeen = (events: readonly Occurrence[], { from, to }: Period, days: LocalDays): number => {
  const changes: { readonly at: Instant; readonly toBeSeen: boolean }[] = [];
  courseOf(events, ({ at }, { eligible, away }) => changes.push({ at, toBeSeen: eligible && !away }));
  let count = 0;
  let next = 0;
  let toBeSeen = false;
  for (let day: Day = from; day <= to; day++) {
    for (let change = changes[next]; change && change.at < days.startOf(day + 1); change = changes[++next])
      ({ toBeSeen } = change);
    if (toBeSeen) count++;
  }
  return count;
};
