import type { Instant } from '../../prison/instant.js';
import type { RecordedEvent } from '../../store/event-store.js';
import type { CustodyEvent } from '../custody-event.js';
import { type Sender, senderIn } from '../sender.js';
import { fromLog } from '../stored-custody-event.js';

/** What was told of a person by a prison that did not hold them. What is personal in it stays sealed. */
export interface PendingEvent {
  readonly recorded: RecordedEvent;
  readonly event: CustodyEvent;
  readonly sender: Sender;
  /** When it was told: milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: Instant;
  /** The telling that brought it. */
  readonly telling: string | undefined;
}

/** The note that it counts now: it lies in the person's own stream, too. */
export const TAKEN_IN = 'PendingEventTakenIn';

/** What is pending about one person. Fed with the events of their stream of what is pending, in its order. */
export class PendingPerson {
  private readonly told = new Map<string, PendingEvent>();
  private readonly takenIn = new Set<string>();
  private readonly withdrawn = new Set<string>();
  /** What withdraws an event, by the id of that. */
  private readonly withdrawals = new Map<string, string>();

  /** @throws UnreadableCustodyEvent, and stands as it was */
  apply(recorded: RecordedEvent): void {
    if (recorded.type === TAKEN_IN) {
      this.takenIn.add(String(recorded.data['event']));
      return;
    }
    const { event, knownAtMs: since, telling } = fromLog(recorded);
    this.told.set(event.id, { recorded, event, sender: senderIn(recorded.metadata), since, telling });
    if (event.type === 'EventWithdrawn') {
      const withdrawn = String(event.data['withdraws']);
      this.withdrawals.set(withdrawn, event.id);
      this.strikeOut(withdrawn);
    } else this.strikeOut(event.id);
  }

  /** What still waits, in the order in which it was told. */
  get waiting(): PendingEvent[] {
    return this.outside.filter(({ event }) => !this.withdrawn.has(event.id));
  }

  /** What is kept here and nowhere else: what waits, what was withdrawn, and what withdrew it. */
  get outside(): PendingEvent[] {
    return [...this.told.values()].filter(({ event }) => !this.takenIn.has(event.id));
  }

  /** Also what waits no longer. */
  find(id: string): PendingEvent | undefined {
    return this.told.get(id);
  }

  waits(id: string): boolean {
    return this.told.has(id) && !this.takenIn.has(id) && !this.withdrawn.has(id);
  }

  /** The prisons that told of what waits, by the id of the event. */
  get prisons(): ReadonlyMap<string, string> {
    return new Map(this.waiting.map(({ event: { id, prisonId } }) => [id, prisonId]));
  }

  /** It never counted, so there is nothing to be said of it in the person's history: with what withdraws it, it is over. */
  private strikeOut(id: string): void {
    const withdrawal = this.withdrawals.get(id);
    if (withdrawal === undefined || !this.told.has(id)) return;
    this.withdrawn.add(id);
    this.withdrawn.add(withdrawal);
  }
}
