import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../store/event-store.js';
import { Waterline } from '../store/waterline.js';
import { evolve, type Handover } from './handover.js';
import { fromStored } from './stored-handover-event.js';

/** A hand-over, and where in its stream the note is. */
export interface BookEntry {
  readonly handover: Handover;
  readonly revision: number;
}

/** The hand-overs of all prisons, as the log tells them: local, in memory, rebuilt at each start. Holds no notes. */
@Injectable()
export class HandoverBook {
  /** How far the log has been read. */
  readonly read: Waterline;
  private readonly prisons = new Map<string, Map<number, BookEntry>>();

  constructor(@Inject(EVENT_STORE) store: Pick<EventStore, 'compare'>) {
    this.read = new Waterline((a, b) => store.compare(a, b));
  }

  /** Takes in the next event of these streams, in log order. @throws UnknownHandoverEvent, and stands as it was */
  apply(recorded: RecordedEvent): void {
    const event = fromStored(recorded);
    const { prisonId, number } = event.data;
    const ofPrison = this.prisons.get(prisonId) ?? new Map<number, BookEntry>();
    this.prisons.set(prisonId, ofPrison);
    const before = ofPrison.get(number);
    const handover = evolve(before?.handover, event);
    if (handover) ofPrison.set(number, { handover, revision: before?.revision ?? recorded.revision });
    this.read.rise(recorded.position);
  }

  /** Of one prison, the latest first. */
  of(prisonId: string): BookEntry[] {
    return [...(this.prisons.get(prisonId)?.values() ?? [])].reverse();
  }

  /** Of all prisons. */
  *all(): IterableIterator<BookEntry> {
    for (const ofPrison of this.prisons.values()) yield* ofPrison.values();
  }
}
