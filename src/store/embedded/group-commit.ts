import { StoreError } from '../errors.js';
import type { AppendResult } from '../event-store.js';
import type { Append, AppendOutcome } from './log-writer.js';

interface PendingAppend {
  readonly append: Append;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** More would keep everybody else in this process waiting. */
const LARGEST_GROUP = 1000;

/**
 * Gathers the appends of one turn of the event loop, so that concurrent callers share one disk flush. A single caller
 * waits for the turn to end and for nothing else.
 */
export class GroupCommit {
  private waiting: PendingAppend[] = [];

  /** `write` stores a group or throws for all of it; `written` is called after each group. */
  constructor(
    private readonly write: (group: readonly Append[]) => AppendOutcome[],
    private readonly written: () => void,
  ) {}

  /** Settles once the append is durable or refused. */
  append(append: Append): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      if (this.waiting.length === 1) this.flushSoon();
    });
  }

  /** Writes all that waits, at once. */
  drain(): void {
    while (this.waiting.length > 0) this.flush();
  }

  private flushSoon(): void {
    setImmediate(() => {
      this.flush();
      if (this.waiting.length > 0) this.flushSoon();
    });
  }

  private flush(): void {
    const group = this.waiting.splice(0, LARGEST_GROUP);
    if (group.length === 0) return;
    try {
      const outcomes = this.write(group.map(({ append }) => append));
      outcomes.forEach((outcome, index) => {
        if (outcome instanceof StoreError) group[index]?.reject(outcome);
        else group[index]?.resolve(outcome);
      });
      this.written();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
