import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { Projection } from '../store/projection.js';
import { HandoverBook } from './handover-book.js';
import { Notes } from './notes.js';
import { HANDOVER_STREAMS } from './stored-handover-event.js';
import { codeOf } from '../prison/errors.js';
import { HOUR } from '../prison/instant.js';

/**
 * Keeps the {@link HandoverBook} up with the log. Once an hour it destroys the keys of notes that may no longer be read.
 */
@Injectable()
export class HandoverProjection extends Projection {
  private nextForget = -Infinity;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly book: HandoverBook,
    private readonly notes: Notes,
    @Inject(STREAM_PREFIX) prefix: string,
  ) {
    super({ name: 'The hand-overs', store, streamPrefixes: [prefix + HANDOVER_STREAMS], read: book.read });
  }

  /** Also destroys keys of notes. What could not be destroyed is tried again. */
  override async tick(now: number): Promise<void> {
    await super.tick(now);
    if (!this.caughtUp || now < this.nextForget) return;
    try {
      const all = Array.from(this.book.all(), ({ handover }) => handover);
      await this.notes.forget(all, now);
      this.nextForget = now + HOUR;
    } catch (error) {
      this.logger.error(`Notes of hand-overs could not be destroyed: ${codeOf(error)}. Trying again.`);
    }
  }

  protected takeIn(event: RecordedEvent): void {
    this.book.apply(event);
  }
}
