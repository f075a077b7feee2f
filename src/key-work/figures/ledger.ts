import type { Day } from '../../prison/local-days.js';
import type { Period } from '../period.js';

/** What is counted in an account of a prison. */
export type Account = string;

/** So many more, or fewer, in an account from or on a day. */
export interface Posting {
  readonly account: Account;
  readonly day: Day;
  readonly amount: number;
}

/** For each account, its days and amounts. */
export type LedgerMemory = readonly (readonly [Account, readonly (readonly [Day, number])[]])[];

/**
 * Counts by local day. An account holds either what happened on each day (`held`) or how a number of people changed on it
 * (`eligible`): {@link total} adds up the first, {@link personDays} the second.
 */
export class Ledger {
  private readonly accounts = new Map<Account, Map<Day, number>>();

  /** To be written down. */
  get memory(): LedgerMemory {
    return Array.from(this.accounts, ([account, days]) => [account, [...days]] as const);
  }

  /** Takes up what was written down. */
  recall(accounts: LedgerMemory): void {
    for (const [account, days] of accounts) this.accounts.set(account, new Map(days));
  }

  post({ account, day, amount }: Posting): void {
    const amounts = this.accounts.get(account) ?? new Map<Day, number>();
    this.accounts.set(account, amounts);
    const sum = (amounts.get(day) ?? 0) + amount;
    if (sum === 0) amounts.delete(day);
    else amounts.set(day, sum);
  }

  /** What happened in a period. */
  total(account: Account, { from, to }: Period): number {
    let total = 0;
    for (const [day, amount] of this.accounts.get(account) ?? []) if (day >= from && day <= to) total += amount;
    return total;
  }

  /** For each day of a period as many as there were at its end, added up. */
  personDays(account: Account, { from, to }: Period): number {
    let total = 0;
    for (const [day, amount] of this.accounts.get(account) ?? []) {
      if (day <= to) total += amount * (to - Math.max(day, from) + 1);
    }
    return total;
  }

  /** The accounts whose name begins so. */
  accountsOf(beginning: string): Account[] {
    return [...this.accounts.keys()].filter((account) => account.startsWith(beginning));
  }
}
