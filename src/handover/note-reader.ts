import { Inject, Injectable } from '@nestjs/common';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import type { Handover } from './handover.js';
import type { BookEntry } from './handover-book.js';
import { Notes } from './notes.js';
import { handoverStreamOf } from './stored-handover-event.js';

/** A hand-over with its note: as it was written, `(erased)` or `(key missing)`. */
export type HandoverWithNote = Handover & { readonly note: string };

/** Fetches the notes of hand-overs from the log. */
@Injectable()
export class NoteReader {
  constructor(
    private readonly notes: Notes,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the same order. @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
  withNotes(entered: readonly BookEntry[]): Promise<HandoverWithNote[]> {
    const now = this.clock.now();
    return Promise.all(
      entered.map(async ({ handover, revision }) => ({ ...handover, note: await this.note(handover, revision, now) })),
    );
  }

  private async note(handover: Handover, from: number, now: number): Promise<string> {
    const stream = this.prefix + handoverStreamOf(handover.prisonId);
    for await (const written of this.store.readStream(stream, { from, limit: 1 }))
      return this.notes.read(written, handover, now);
    return '';
  }
}
