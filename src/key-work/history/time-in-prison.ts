import type { Instant } from '../../prison/instant.js';
import type { Day, LocalDays } from '../../prison/local-days.js';
import type { Stay } from '../../prison/stay.js';
import { courseOf } from '../../custody/whereabouts/trail.js';
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
export const holderOf = (events: readonly Occurrence[]): string | undefined => courseOf(events).prisonId;

/** The stays of a person. @param events what stands, in the order it happened */
export const staysOf = (events: readonly Occurrence[]): TimeInPrison[] => {
  const stays: TimeInPrison[] = [];
  let present: Stay | undefined;
  courseOf(events, ({ at }, { stay }) => {
    if (stay?.since === present?.since && stay?.prisonId === present?.prisonId) return;
    const last = stays.at(-1);
    if (present && last) stays[stays.length - 1] = { ...last, until: at };
    present = stay;
    if (stay) stays.push({ prisonId: stay.prisonId, since: stay.since, until: undefined, arrived: stay.arrival });
  });
  return stays;
};

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
