import type { Instant } from '../../prison/instant.js';
import type { Day, LocalDays } from '../../prison/local-days.js';
import { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { Period } from '../period.js';

/** From coming to a prison until leaving it for good. */
export interface TimeInPrison {
  readonly prisonId: string;
  readonly since: Instant;
  /** Nothing while it goes on. */
  readonly until: Instant | undefined;
  /** Known from its first day on. */
  readonly arrived: boolean;
}

/** The prison that holds the person after these events; nothing where nobody was heard of. @param events as below */
export const holderOf = (events: readonly Occurrence[]): string | undefined => {
  const whereabouts = new Whereabouts();
  for (const occurrence of events) whereabouts.take(occurrence);
  return whereabouts.prisonId;
};

/** The stays of a person. @param events what stands, in the order it happened */
export const staysOf = (events: readonly Occurrence[]): TimeInPrison[] => {
  const stays: TimeInPrison[] = [];
  const whereabouts = new Whereabouts();
  let stay = whereabouts.stay;
  for (const occurrence of events) {
    whereabouts.take(occurrence);
    if (whereabouts.stay === stay) continue;
    const last = stays.at(-1);
    if (stay && last) stays[stays.length - 1] = { ...last, until: occurrence.at };
    stay = whereabouts.stay;
    if (!stay) continue;
    stays.push({ prisonId: occurrence.prisonId, since: stay.since, until: undefined, arrived: whereabouts.arrived });
  }
  return stays;
};

/** How many days of a period somebody was to be seen: eligible for key work and not away when the day ended, or now. */
export const daysToBeSeen = (events: readonly Occurrence[], { from, to }: Period, days: LocalDays): number => {
  const whereabouts = new Whereabouts();
  let count = 0;
  let next = 0;
  for (let day: Day = from; day <= to; day++) {
    for (let event = events[next]; event && event.at < days.startOf(day + 1); event = events[++next])
      whereabouts.take(event);
    if (whereabouts.eligible && !whereabouts.away) count++;
  }
  return count;
};
