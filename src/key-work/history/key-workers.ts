import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Stay } from '../../prison/stay.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { courseOf } from '../../custody/whereabouts/trail.js';

/** For how long somebody was the key worker, or nobody was. */
export interface Tenure {
  /** Nothing where there was no key worker: a gap. */
  readonly staffId: string | undefined;
  readonly prisonId: string;
  readonly from: Instant;
  /** Nothing while it goes on. */
  readonly until: Instant | undefined;
  /** Local days from its beginning to its end, or to now. */
  readonly days: number;
  /** Sessions that this key worker held with the person in that time. */
  readonly sessions: number;
  /** Their first session in this stay; it may lie before the allocation. Nothing: they never met, or nobody is to be met. */
  readonly firstMet: Instant | undefined;
  /** Local days from the allocation until they first met, 0 where they had met before. */
  readonly daysUntilTheyMet: number | undefined;
}

type TenureStart = Pick<Tenure, 'staffId' | 'prisonId' | 'from'> & { readonly stay: Stay };

/**
 * The key workers of all stays, in order, with the gaps between them.
 * @param events what stands, in the order it happened
 */
export const keyWorkersOf = (events: readonly Occurrence[], days: LocalDays, now: Instant): Tenure[] => {
  const tenures: Tenure[] = [];
  const sessions = events.filter(({ type }) => type === 'KeyWorkerSessionHeld');
  let present: TenureStart | undefined;
  const endPresent = (at: Instant | undefined): void => {
    if (present && present.from !== at) tenures.push(tenureOf(present, at, { sessions, days, now }));
    present = undefined;
  };
  courseOf(events, ({ at }, { stay, keyWorker: staffId }) => {
    const isSameStay = stay?.since === present?.stay.since && stay?.prisonId === present?.prisonId;
    if (present && (!isSameStay || present.staffId !== staffId)) endPresent(at);
    if (!present && stay) present = { staffId, prisonId: stay.prisonId, from: at, stay };
  });
  endPresent(undefined);
  return tenures;
};

interface TenureFacts {
  readonly sessions: readonly Occurrence[];
  readonly days: LocalDays;
  readonly now: Instant;
}

const tenureOf = (
  { stay, ...begun }: TenureStart,
  until: Instant | undefined,
  { sessions, days, now }: TenureFacts,
): Tenure => {
  const end = until ?? now;
  const meetings = sessions.filter(
    ({ at, data }) => data['staffId'] === begun.staffId && at >= stay.since && at <= end,
  );
  const firstMet = meetings[0]?.at;
  return {
    ...begun,
    until,
    days: days.dayOf(end) - days.dayOf(begun.from),
    sessions: meetings.filter(({ at }) => at >= begun.from).length,
    firstMet,
    daysUntilTheyMet: firstMet === undefined ? undefined : Math.max(0, days.dayOf(firstMet) - days.dayOf(begun.from)),
  };
};
