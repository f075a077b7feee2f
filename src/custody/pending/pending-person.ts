import { v5 } from 'uuid';
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

/** Fixed for ever: it gives each note the same id, however often it is written. */
const NAMESPACE = '2f5f1a2e-6c0b-4c39-9d0e-0a4c8e1b7d55';

/** The id of the note that an event is taken in: it says which event by itself, whatever else became of the note. */
export const noteIdOf = (eventId: string): string => v5(eventId, NAMESPACE);

/**
 * What is pending about one person. Fed with the events of their stream of what is pending, in its order; which of a
 * withdrawal and the note that its event is taken in came first makes no difference.
 */
export class PendingPerson {
  private readonly told = new Map<string, PendingEvent>();
  /** What is told here, by the ids of the notes that it is taken in. */
  private readonly notes = new Map<string, string>();
  private readonly takenIn = new Set<string>();
  /** What is withdrawn, whether it was told here or not. */
  private readonly withdrawn = new Set<string>();

  /** @throws UnreadableCustodyEvent, and stands as it was */
  apply(recorded: RecordedEvent): void {
    const noted = this.notes.get(recorded.id);
    if (noted !== undefined) this.takenIn.add(noted);
    else if (recorded.type !== TAKEN_IN) this.tell(recorded);
  }

  /** What still waits, in the order in which it was told. */
  get waiting(): PendingEvent[] {
    return this.outside.filter((pending) => !this.isOver(pending));
  }

  /** What is kept here and nowhere else: what waits, what was withdrawn, and what withdrew it. */
  get outside(): PendingEvent[] {
    return [...this.told.values()].filter(({ event }) => !this.takenIn.has(event.id));
  }

  /** The ids of what was withdrawn before it was seen to be taken in. */
  get struckOut(): string[] {
    return [...this.withdrawn].filter((id) => this.isStruckOut(id));
  }

  /** Also what waits no longer. */
  find(id: string): PendingEvent | undefined {
    return this.told.get(id);
  }

  isTakenIn(id: string): boolean {
    return this.takenIn.has(id);
  }

  waits(id: string): boolean {
    const pending = this.told.get(id);
    return pending !== undefined && !this.takenIn.has(id) && !this.isOver(pending);
  }

  /** The prisons that told of what waits, by the id of the event. */
  get prisons(): ReadonlyMap<string, string> {
    return new Map(this.waiting.map(({ event: { id, prisonId } }) => [id, prisonId]));
  }

  private tell(recorded: RecordedEvent): void {
    const { event, knownAtMs: since, telling } = fromLog(recorded);
    this.told.set(event.id, { recorded, event, sender: senderIn(recorded.metadata), since, telling });
    this.notes.set(noteIdOf(event.id), event.id);
    if (event.type === 'EventWithdrawn') this.withdrawn.add(withdrawnBy(event));
  }

  /** It never counted, so there is nothing to be said of it in the person's history: with what withdraws it, it is over. */
  private isOver({ event }: PendingEvent): boolean {
    return this.isStruckOut(event.id) || (event.type === 'EventWithdrawn' && this.isStruckOut(withdrawnBy(event)));
  }

  private isStruckOut(id: string): boolean {
    return this.withdrawn.has(id) && this.told.has(id) && !this.takenIn.has(id);
  }
}

const withdrawnBy = ({ data }: CustodyEvent): string => String(data['withdraws']);
