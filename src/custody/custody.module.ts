import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { CustodyEventsController } from './custody-events.controller.js';
import { CustodyLog } from './custody-log.js';
import { RecordCustodyEventsHandler } from './record-custody-events.js';

/** Custody events come in. EVENT_STORE, CLOCK, STREAM_PREFIX and SEALS are provided by the application. */
@Module({
  imports: [CqrsModule],
  controllers: [CustodyEventsController],
  providers: [
    {
      provide: CustodyLog,
      inject: [EVENT_STORE, STREAM_PREFIX, SEALS],
      useFactory: (store: EventStore, prefix: string, seals: Seals) => new CustodyLog(store, prefix, seals),
    },
    RecordCustodyEventsHandler,
  ],
  exports: [CustodyLog],
})
export class CustodyModule {}
