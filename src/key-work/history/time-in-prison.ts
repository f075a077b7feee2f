import type { Instant } from '../../prison/instant.js';
import type { Day, LocalDays } from '../../prison/local-days.js';
import { courseOf } from '../../custody/whereabouts/trail.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { Period } from '../period.js';

/** The prison that holds the person after these events; nothing where nobody was heard of. @param events as below */
export const holderOf = (events: readonly Occurrence[]): string | undefined => courseOf(events).prisonId;

/** A day on which somebody was to be seen, and by which prison. */
interface DayToBeSeen {
  readonly day: Day;
  readonly prisonId: string;
}

/** The days of a period on which somebody was to be seen: eligible for key work and not away when the day ended, or now. */
export const eachDayToBeSeen = (
  events: readonly Occurrence[],
  { from, to }: Period,
  days: LocalDays,
): readonly DayToBeSeen[] => {
  const changes: { readonly at: Instant; readonly by: string | undefined }[] = [];
  courseOf(events, ({ at }, { eligible, away, prisonId }) =>
    changes.push({ at, by: eligible && !away ? prisonId : undefined }),
  );
  const found: DayToBeSeen[] = [];
  let next = 0;
  let by: string | undefined;
  for (let day: Day = from; day <= to; day++) {
    for (let change = changes[next]; change && change.at < days.startOf(day + 1); change = changes[++next])
      ({ by } = change);
    if (by !== undefined) found.push({ day, prisonId: by });
  }
  return found;
};

/** How many these are. */
export const daysToBeSeen = (events: readonly Occurrence[], period: Period, days: LocalDays): number =>
  eachDayToBeSeen(events, period, days).length;
