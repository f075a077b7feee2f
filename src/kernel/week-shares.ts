import type { Instant } from '../prison/instant.js';
import { type Day, type LocalDays, mondayOf } from '../prison/local-days.js';
import { isSession } from './held-sessions.js';
import type { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';
import { MOST_WEEKS } from './prison-week.js';

/** What one person adds to the key work of a prison with what happened in a local week, Monday to Sunday. */
export interface WeekShare {
  readonly prisonId: string;
  /** The week's Monday; -1 of all weeks that are too long ago to tell apart. */
  readonly monday: Day;
  /** So many more, or fewer, are to be seen there from the next week on: eligible for key work, and not away. */
  readonly toBeSeen: number;
  /** Days of the week itself that come of that. */
  readonly days: number;
  /** So many more, or fewer, have been seen by nobody in this stay, which began with an arrival. */
  readonly neverSeen: number;
  /** Sessions held there, with this person. */
  readonly held: number;
}

/** How many weeks before that of somebody's last event are told apart: whether something rises is seen from the week before. */
const WEEKS_TOLD_APART = MOST_WEEKS + 1;
const LONG_AGO: Day = -1;

/** How somebody counts, from one event to the next. */
interface CountedAs {
  readonly prisonId: string;
  readonly toBeSeen: boolean;
  readonly neverSeen: boolean;
}

/** Follows one person's events, and says what they add to the key work of prisons, week by week. */
export class WeekShares {
  /** Another list each time something is added. */
  all: readonly WeekShare[] = [];
  private counted: CountedAs | undefined;
  private isSeen = false;
  private complexityIsHigh = false;

  constructor(private readonly days: LocalDays) {}

  newStay(): void {
    this.isSeen = false;
  }

  /** An event is taken in, in the stay that the person is in by then. */
  hear({ type, at, prisonId, data }: Occurrence): void {
    if (type === 'ComplexityOfNeedChanged') this.complexityIsHigh = data['level'] === 'HIGH';
    if (!isSession({ type })) return;
    this.isSeen = true;
    this.add({ prisonId, monday: mondayOf(this.days.dayOf(at)), toBeSeen: 0, days: 0, neverSeen: 0, held: 1 });
  }

  /** All that happened up to `at` is taken in. */
  stand({ stay, isAway }: Pick<Movements, 'stay' | 'isAway'>, at: Instant): void {
    const before = this.counted;
    const eligible = stay !== undefined && !this.complexityIsHigh;
    const now = eligible
      ? { prisonId: stay.prisonId, toBeSeen: !isAway, neverSeen: stay.arrival && !this.isSeen }
      : undefined;
    if (isSame(before, now)) return;
    this.counted = now;
    if (before) this.change(before, -1, at);
    if (now) this.change(now, 1, at);
  }

  private change({ prisonId, toBeSeen, neverSeen }: CountedAs, by: 1 | -1, at: Instant): void {
    const day = this.days.dayOf(at);
    const monday = mondayOf(day);
    const people = toBeSeen ? by : 0;
    const days = people * (monday + 7 - day);
    this.add({ prisonId, monday, toBeSeen: people, days, neverSeen: neverSeen ? by : 0, held: 0 });
  }

  private add(share: WeekShare): void {
    const last = Math.max(share.monday, ...this.all.map(({ monday }) => monday));
    const oldest = last - WEEKS_TOLD_APART * 7;
    const added = new Map<string, WeekShare>();
    for (const one of [...this.all, share]) {
      const older = one.monday < oldest ? { ...one, monday: LONG_AGO, days: 0, held: 0 } : one;
      const key = `${older.prisonId} ${String(older.monday)}`;
      const known = added.get(key);
      added.set(key, known ? sumOf(known, older) : older);
    }
    this.all = [...added.values()].filter(isSomething);
  }
}

const isSame = (one: CountedAs | undefined, other: CountedAs | undefined): boolean =>
  one?.prisonId === other?.prisonId && one?.toBeSeen === other?.toBeSeen && one?.neverSeen === other?.neverSeen;

export const sumOf = (one: WeekShare, other: WeekShare): WeekShare => ({
  ...one,
  toBeSeen: one.toBeSeen + other.toBeSeen,
  days: one.days + other.days,
  neverSeen: one.neverSeen + other.neverSeen,
  held: one.held + other.held,
});

const isSomething = ({ toBeSeen, days, neverSeen, held }: WeekShare): boolean =>
  toBeSeen !== 0 || days !== 0 || neverSeen !== 0 || held !== 0;
