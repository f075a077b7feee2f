import { knownAt, type Occurrence } from '../../kernel/occurrence.js';
import { MINUTE } from '../../prison/instant.js';
import type { Day, LocalDays } from '../../prison/local-days.js';
import { accounts } from './accounts.js';
import type { Posting } from './ledger.js';

/** What the last telling of a record of a source has added. */
interface RecordedTime {
  readonly record: string;
  readonly revision: number;
  readonly posting: Posting;
}

export type TimeForKeyWorkMemory = readonly RecordedTime[];

/** So many days after the one on which it begins a time can still be told, and told in another way. */
const TOLD_WITHIN = 28;

/**
 * The time that is kept free for key work, and taken away again: each record counts as it was told last. What comes so late
 * that nobody knows any more whether it was told before does not count.
 */
export class TimeForKeyWork {
  private readonly records = new Map<string, RecordedTime>();
  private today: Day = -Infinity;

  constructor(private readonly days: LocalDays) {}

  /** To be written down. */
  get memory(): TimeForKeyWorkMemory {
    return [...this.records.values()];
  }

  /** Takes up what was written down. */
  recall(memory: TimeForKeyWorkMemory): void {
    for (const one of memory) this.records.set(one.record, one);
  }

  /** What an event adds to the accounts, and what it takes back; nothing for one that tells of no time. */
  take(occurrence: Occurrence): Posting[] {
    const posting = this.postingOf(occurrence);
    if (!posting) return [];
    this.goOnTo(this.days.dayOf(knownAt(occurrence)));
    const { source } = occurrence;
    const before = source && this.records.get(source.record);
    if (before ? before.revision >= source.revision : this.isOver(posting)) return [];
    if (source) this.records.set(source.record, { ...source, posting });
    return before ? [{ ...before.posting, amount: -before.posting.amount }, posting] : [posting];
  }

  private postingOf({ type, prisonId, data }: Occurrence): Posting | undefined {
    const account =
      type === 'KeyWorkTimeScheduled'
        ? accounts.scheduled
        : type === 'KeyWorkTimeWithdrawn'
          ? accounts.withdrawn
          : undefined;
    const [from, until] = [Date.parse(String(data['from'])), Date.parse(String(data['until']))];
    if (!account || !(until > from)) return undefined;
    const minutes = Math.round((until - from) / MINUTE);
    return { account: account(prisonId, String(data['staffId'])), day: this.days.dayOf(from), amount: minutes };
  }

  private goOnTo(day: Day): void {
    if (day <= this.today) return;
    this.today = day;
    for (const [record, { posting }] of this.records) if (this.isOver(posting)) this.records.delete(record);
  }

  private isOver({ day }: Posting): boolean {
    return day + TOLD_WITHIN < this.today;
  }
}
