import type { Instant } from '../../prison/instant.js';
import type { Limit } from '../../kernel/limit.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';

/** How many people, by age in days: from and to included; null where there is no end. */
export interface Band {
  readonly from: number;
  readonly to: number | null;
  readonly people: number;
}

const limitOf = (days: number) => ({ kind: 'days', days, text: `P${days}D` }) satisfies Limit;

/** The steps of rule KW-01, as it is delivered. */
const WEEK = limitOf(7);
const OVERDUE = [WEEK, limitOf(14), limitOf(28)] as const;
/** The steps of rule KW-02, as it is delivered. */
const FIRST_DAYS = [5, 10] as const;

/** From when on the last session was more than a week ago, absences waited for; never, for whom there is none. */
export const overdueFrom = (whereabouts: Whereabouts, days: LocalDays): Instant =>
  whereabouts.dueAfterSession(WEEK, days);

/** Whether the last session was more than a week ago, absences waited for. */
export const isOverdue = (whereabouts: Whereabouts, now: Instant, days: LocalDays): boolean =>
  overdueFrom(whereabouts, days) <= now;

/** Those who are overdue, by days since the last session: a limit of 7 days has passed on the 8th. */
export const overdueBands = (people: readonly Whereabouts[], now: Instant, days: LocalDays): Band[] => {
  const passed = people.map((one) => OVERDUE.filter((limit) => one.dueAfterSession(limit, days) <= now).length);
  return OVERDUE.map((limit, index) => ({
    from: limit.days + 1,
    to: OVERDUE[index + 1]?.days ?? null,
    people: passed.filter((limits) => limits === index + 1).length,
  }));
};

/** Those never seen, by local days since the arrival. */
export const neverSeenBands = (people: readonly Whereabouts[], now: Instant, days: LocalDays): Band[] => {
  const ages = people
    .filter(({ neverSeen }) => neverSeen)
    .map(({ stay }) => days.dayOf(now) - days.dayOf(stay?.since ?? now));
  return [0, ...FIRST_DAYS.map((day) => day + 1)].map((from, index) => {
    const to = FIRST_DAYS[index] ?? null;
    return { from, to, people: ages.filter((age) => age >= from && age <= (to ?? Infinity)).length };
  });
};
