import type { Instant } from '../../prison/instant.js';
import { type Day, isoDate, type LocalDays } from '../../prison/local-days.js';
import type { Period } from '../period.js';
import type { TimeInPrison } from '../../custody/whereabouts/stays.js';

/** What a time without a session lies between. */
type Edge = 'session' | 'arrival' | 'start of the period' | 'departure' | 'end of the period';

/** A time without a key worker session, in local days: from one day to the other, `2026-11-20`. */
export interface Gap {
  readonly days: number;
  readonly from: string;
  readonly begins: Edge;
  readonly to: string;
  readonly ends: Edge;
}

interface GapEdge {
  readonly day: Day;
  readonly edge: Edge;
}

/**
 * The times between one session and the next, and before the first and after the last, for as long as the person was in
 * prison in the period. A visit to court or hospital does not end one.
 */
export const gapsOf = (
  sessions: readonly Instant[],
  stays: readonly TimeInPrison[],
  period: Period,
  days: LocalDays,
): Gap[] =>
  stays.flatMap((stay) => {
    const marks = marksOf(sessions, stay, period, days);
    return marks.slice(1).map((end, index) => between(marks[index] ?? end, end));
  });

/** The longest; of equals the latest. */
export const longest = (gaps: readonly Gap[]): Gap | undefined =>
  gaps.reduce<Gap | undefined>((most, gap) => (!most || gap.days >= most.days ? gap : most), undefined);

const between = (start: GapEdge, end: GapEdge): Gap => ({
  days: end.day - start.day,
  from: isoDate(start.day),
  begins: start.edge,
  to: isoDate(end.day),
  ends: end.edge,
});

const marksOf = (
  sessions: readonly Instant[],
  stay: TimeInPrison,
  { from, to }: Period,
  days: LocalDays,
): GapEdge[] => {
  const came = days.dayOf(stay.since);
  const left = stay.until === undefined ? Infinity : days.dayOf(stay.until);
  if (came > to || left < from) return [];
  const held = sessions
    .filter((at) => at >= stay.since && at <= (stay.until ?? Infinity))
    .map((at) => days.dayOf(at))
    .filter((day) => day >= from && day <= to);
  return [
    came >= from ? { day: came, edge: 'arrival' } : { day: from, edge: 'start of the period' },
    ...held.map((day): GapEdge => ({ day, edge: 'session' })),
    left <= to ? { day: left, edge: 'departure' } : { day: to, edge: 'end of the period' },
  ];
};
