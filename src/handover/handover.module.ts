import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { KEY_RING, type KeyRing } from '../personal-data/key-ring.js';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { HandoverBook } from './handover-book.js';
import { HandoverProjection } from './handover-projection.js';
import { HandoverLog } from './handover-log.js';
import { NoteReader } from './note-reader.js';
import { Notes } from './notes.js';
import { ReadHandoversHandler } from './read-handovers.js';
import { ReadNotesNamingHandler } from './read-notes-naming.js';
import { SignHandoverHandler } from './sign-handover.js';
import { WriteHandoverHandler } from './write-handover.js';

/**
 * One shift hands a prison over to the next: notes, and who has read them. EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS and
 * KEY_RING are provided by the application; its one timer ticks {@link HandoverProjection}.
 */
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: Notes,
      inject: [SEALS, KEY_RING, STREAM_PREFIX],
      useFactory: (seals: Seals, keys: KeyRing, prefix: string) => new Notes(seals, keys, prefix),
    },
    {
      provide: HandoverLog,
      inject: [EVENT_STORE, Notes, STREAM_PREFIX],
      useFactory: (store: EventStore, notes: Notes, prefix: string) => new HandoverLog(store, notes, prefix),
    },
    {
      provide: HandoverBook,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new HandoverBook((a, b) => store.compare(a, b)),
    },
    {
      provide: HandoverProjection,
      inject: [EVENT_STORE, HandoverBook, Notes, STREAM_PREFIX],
      useFactory: (store: EventStore, book: HandoverBook, notes: Notes, prefix: string) =>
        new HandoverProjection(store, book, notes, prefix),
    },
    NoteReader,
    WriteHandoverHandler,
    SignHandoverHandler,
    ReadHandoversHandler,
    ReadNotesNamingHandler,
  ],
  exports: [HandoverProjection],
})
export class HandoverModule {}
