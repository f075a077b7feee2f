import type { Instant } from '../../prison/instant.js';
import type { RecordedEvent } from '../../store/event-store.js';

/**
 * The latest of what was recorded about somebody, such as a name or a cell: by when it happened, then by the order of
 * the log. It comes sealed; the value before it stands until it is opened.
 */
export class LatestValue<T> {
  value: T | undefined;
  /** The event that is still to be opened. */
  sealed: RecordedEvent | undefined;
  private last: Instant = -Infinity;

  /** When it happened: milliseconds since 1970-01-01T00:00:00Z. */
  get at(): Instant {
    return this.last;
  }

  /**
   * Takes what happened at an instant, unless something later is known; says whether it did. Must be called in log
   * order.
   */
  offer(recorded: RecordedEvent, at: Instant): boolean {
    if (at < this.last) return false;
    this.last = at;
    this.sealed = recorded;
    return true;
  }

  open(value: T | undefined): void {
    this.value = value;
    this.sealed = undefined;
  }

  /** As if nothing had ever been recorded. */
  forget(): void {
    this.open(undefined);
    this.last = -Infinity;
  }
}
