import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import type { Account, Posting } from './ledger.js';

/** The accounts of a prison. Numbers of people: eligible, toBeSeen, assigned, caseload; what happened: held, missed. */
export const accounts = {
  /** Eligible for key work, those away included. */
  eligible: (prison: string): Account => `${prison}|eligible`,
  /** Eligible, and not away. */
  toBeSeen: (prison: string): Account => `${prison}|to-be-seen`,
  /** Eligible, with a key worker. */
  assigned: (prison: string): Account => `${prison}|assigned`,
  held: (prison: string): Account => `${prison}|held`,
  missed: (prison: string, reason: string): Account => `${prison}|missed|${reason}`,
  /** To be seen, with this key worker. */
  caseload: (prison: string, staffId: string): Account => `${prison}|caseload|${staffId}`,
  /** Held by this member of staff, with whomever. */
  heldBy: (prison: string, staffId: string): Account => `${prison}|held-by|${staffId}`,
  /** Minutes that this member of staff was to have for key work. */
  scheduled: (prison: string, staffId: string): Account => `${prison}|scheduled|${staffId}`,
  /** Minutes of these that were taken for something else. */
  withdrawn: (prison: string, staffId: string): Account => `${prison}|withdrawn|${staffId}`,
};

/** In which accounts a person counts as one, as they stand. */
export const countedIn = ({ prisonId, eligible, away, keyWorker }: Whereabouts): Account[] => {
  if (!eligible || prisonId === undefined) return [];
  return [
    accounts.eligible(prisonId),
    ...(keyWorker === undefined ? [] : [accounts.assigned(prisonId)]),
    ...(away ? [] : [accounts.toBeSeen(prisonId)]),
    ...(away || keyWorker === undefined ? [] : [accounts.caseload(prisonId, keyWorker)]),
  ];
};

/** What changes in the accounts when a person who was counted in some is counted in others. */
export const changed = (
  before: readonly Account[],
  after: readonly Account[],
  at: Instant,
  days: LocalDays,
): Posting[] => {
  if (before.length === after.length && before.every((account, index) => account === after[index])) return [];
  const day = days.dayOf(at);
  return [
    ...before.filter((account) => !after.includes(account)).map((account) => ({ account, day, amount: -1 })),
    ...after.filter((account) => !before.includes(account)).map((account) => ({ account, day, amount: 1 })),
  ];
};

/** What an event adds by itself. */
export const happened = ({ type, prisonId, at, data }: Occurrence, days: LocalDays): Posting[] => {
  const once = (account: Account): Posting => ({ account, day: days.dayOf(at), amount: 1 });
  if (type === 'KeyWorkerSessionMissed') return [once(accounts.missed(prisonId, String(data['reason'])))];
  if (type !== 'KeyWorkerSessionHeld') return [];
  return [once(accounts.held(prisonId)), once(accounts.heldBy(prisonId, String(data['staffId'])))];
};
