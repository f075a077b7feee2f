import type { Occurrence } from '../../kernel/occurrence.js';
import { DAY, type Instant, MINUTE } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { accounts } from './accounts.js';
import type { Posting } from './ledger.js';

/** What the last telling of a record of a source has added. */
interface RecordedTime {
  readonly record: string;
  readonly revision: number;
  /** When it happened that it was put on the rota, or taken off it. */
  readonly at: Instant;
  readonly posting: Posting;
}

export type TimeForKeyWorkMemory = readonly RecordedTime[];

/** For so long a record can be told in another way. */
const CORRECTED_WITHIN = 28 * DAY;

/** The time that is kept free for key work, and taken away again: each record counts as it was told last. */
export class TimeForKeyWork {
  private readonly records = new Map<string, RecordedTime>();

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
    const { source, at } = occurrence;
    if (!posting) return [];
    if (!source) return [posting];
    const { record, revision } = source;
    const before = this.records.get(record);
    if (before && before.revision >= revision) return [];
    this.records.delete(record);
    this.records.set(record, { record, revision, at, posting });
    this.forgetBefore(at - CORRECTED_WITHIN);
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

  /** Those told longest ago come first. */
  private forgetBefore(instant: Instant): void {
    for (const [record, { at }] of this.records) {
      if (at >= instant) return;
      this.records.delete(record);
    }
  }
}
