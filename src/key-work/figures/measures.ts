import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Period } from '../period.js';
import type { Frequency } from './frequency.js';
import type { Account, Ledger } from './ledger.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';

/** The days on which people of an account were to be seen, and the sessions that they were due, not rounded. */
export const dueOf = (
  account: Account,
  prisonId: string,
  period: Period,
  { ledger, frequency }: DueSources,
): { readonly days: number; readonly sessions: number } => {
  const parts = frequency.partsOf(prisonId, period).map((part) => {
    const days = ledger.personDays(account, part);
    return { days, sessions: days / part.everyDays };
  });
  return {
    days: parts.reduce((sum, part) => sum + part.days, 0),
    sessions: parts.reduce((sum, part) => sum + part.sessions, 0),
  };
};

/** What due sessions are told from. */
export interface DueSources {
  readonly ledger: Ledger;
  readonly frequency: Frequency;
}

export const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** The most local days since the last session of the stay, or since the arrival; nothing where that is known of nobody. */
export const longestGapOf = (people: readonly Whereabouts[], now: Instant, days: LocalDays): number | null => {
  const starts = people.map(({ lastSession, arrived, stay }) => lastSession ?? (arrived ? stay?.since : undefined));
  const gaps = starts.flatMap((start) => (start === undefined ? [] : [days.dayOf(now) - days.dayOf(start)]));
  return gaps.length === 0 ? null : Math.max(...gaps);
};
