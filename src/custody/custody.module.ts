import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { CustodyEventsController } from './custody-events.controller.js';
import { CustodyLog } from './custody-log.js';
import { RecordCustodyEventsHandler } from './record-custody-events.js';

/** Custody events come in. EVENT_STORE, CLOCK and STREAM_PREFIX are provided by the application. */
@Module({
  imports: [CqrsModule],
  controllers: [CustodyEventsController],
  providers: [
    {
      provide: CustodyLog,
      inject: [EVENT_STORE, STREAM_PREFIX],
      useFactory: (store: EventStore, prefix: string) => new CustodyLog(store, prefix),
    },
    RecordCustodyEventsHandler,
  ],
  exports: [CustodyLog],
})
export class CustodyModule {}
