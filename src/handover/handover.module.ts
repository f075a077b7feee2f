import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
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
    Notes,
    HandoverLog,
    HandoverBook,
    HandoverProjection,
    NoteReader,
    WriteHandoverHandler,
    SignHandoverHandler,
    ReadHandoversHandler,
    ReadNotesNamingHandler,
  ],
  exports: [HandoverProjection],
})
export class HandoverModule {}
