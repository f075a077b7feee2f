import { NEVER, type Instant } from '../../prison/instant.js';
import { dueAt, type Limit } from '../limit.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../occurrence.js';

const ARRIVALS: readonly unknown[] = ['NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED'];
const LEAVINGS: readonly unknown[] = ['RELEASED', 'TRANSFERRED', 'DIED'];

/** Where a person is, after these events. */
export interface Whereabouts {
  /** Since when they are in a stay; nothing while they are in none. */
  readonly staySince: Instant | undefined;
  /** The events of this stay; between two stays, those since the last one began. */
  readonly thisStay: readonly Occurrence[];
  /** When they were away, from each leaving to the return; {@link NEVER} while they have not come back. */
  readonly absences: readonly { readonly from: Instant; readonly until: Instant }[];
}

/** Reads the whereabouts from events that stand, in the order they happened (docs/operators.md, "Scopes"). */
export const whereabouts = (events: readonly Occurrence[]): Whereabouts => {
  const began = stayBeganAt(events);
  return {
    staySince: events[began]?.at,
    thisStay: events.slice(lastStayBeganAt(events)),
    absences: absencesIn(events.filter(({ type }) => isReceived(type) || isReleased(type))),
  };
};

/**
 * When a limit falls due. For rules that pause: "a limit in days that falls due from the leaving until the end of the
 * day after the return falls due at the latter; a limit in hours that falls due in [leaving, return) falls due at return
 * + the limit; then the next absence is looked at in the same way. While away none falls due."
 */
export const dueOf = (start: Instant, limit: Limit, person: Whereabouts & Calendar): Instant =>
  limit.kind === 'hours'
    ? putOff(dueAt(start, limit, person.days), person, (back) => back, limit.milliseconds)
    : putOffByDays(dueAt(start, limit, person.days), person);

/** The same for a due date or instant that an event carries: it pauses as a limit in days does. */
export const putOffByDays = (due: Instant, person: Whereabouts & Calendar): Instant =>
  putOff(due, person, (back) => person.days.startOf(person.days.dayOf(back) + 2), 0);

interface Calendar {
  readonly days: LocalDays;
  readonly pauses: boolean;
}

const putOff = (
  due: Instant,
  { absences, pauses }: Whereabouts & Calendar,
  endOf: (back: Instant) => Instant,
  extra: number,
): Instant => {
  if (!pauses) return due;
  let soFar = due;
  for (const { from, until } of absences) {
    const end = until === NEVER ? NEVER : endOf(until);
    if (from <= soFar && soFar < end) soFar = end + extra;
  }
  return soFar;
};

/**
 * Which event began the stay that they are in: the last arrival since they last left for good; without one, the first
 * `PrisonerReceived` since; where they never left, the event through which they were first heard of.
 */
const stayBeganAt = (events: readonly Occurrence[]): number => {
  const left = events.findLastIndex(isLeaving);
  const arrived = events.findLastIndex(isArrival);
  if (arrived > left) return arrived;
  return left < 0
    ? events.findIndex(saysWhere)
    : events.findIndex(({ type }, index) => index > left && isReceived(type));
};

const lastStayBeganAt = (events: readonly Occurrence[]): number => {
  const began = stayBeganAt(events);
  if (began >= 0) return began;
  const left = events.findLastIndex(isLeaving);
  return left < 0 ? 0 : lastStayBeganAt(events.slice(0, left));
};

/** Away from a `PrisonerReleased` until the next `PrisonerReceived`; leaving while away changes nothing. */
const absencesIn = (moves: readonly Occurrence[]): Whereabouts['absences'] =>
  moves.flatMap(({ type, at }, index) => {
    if (!isReleased(type) || isReleased(moves[index - 1]?.type)) return [];
    const back = moves.slice(index).find((move) => isReceived(move.type));
    return [{ from: at, until: back?.at ?? NEVER }];
  });

const isReceived = (type: string): boolean => type === 'PrisonerReceived';
const isReleased = (type: string | undefined): boolean => type === 'PrisonerReleased';
const isArrival = ({ type, data }: Occurrence): boolean => isReceived(type) && ARRIVALS.includes(data['reason']);
const isLeaving = ({ type, data }: Occurrence): boolean => isReleased(type) && LEAVINGS.includes(data['reason']);
const saysWhere = ({ type }: Occurrence): boolean => type !== 'PersonDetailsChanged' && type !== 'EventWithdrawn';
