import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { HOLDERS, type Holders } from '../access/holders.js';
import { KEY_RING, type KeyRing } from '../personal-data/key-ring.js';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { CustodyEventsController } from './custody-events.controller.js';
import { CustodyLog } from './custody-log.js';
import { ErasePersonController, ErasePersonHandler } from './erase-person.js';
import { Erasures } from './erasures.js';
import { People } from './people/people.js';
import { PeopleProjection } from './people/people-projection.js';
import { PersonStreams } from './person-streams.js';
import { RecordCustodyEventsHandler } from './record-custody-events.js';

/**
 * Custody events come in, what is personal in them can be destroyed, and the people they are about are looked up.
 * EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, KEY_RING and HOLDERS are provided by the application; its one timer ticks
 * {@link PeopleProjection}.
 */
@Module({
  imports: [CqrsModule],
  controllers: [CustodyEventsController, ErasePersonController],
  providers: [
    {
      provide: CustodyLog,
      inject: [EVENT_STORE, STREAM_PREFIX, SEALS],
      useFactory: (store: EventStore, prefix: string, seals: Seals) => new CustodyLog(store, prefix, seals),
    },
    {
      provide: Erasures,
      inject: [EVENT_STORE, KEY_RING, CLOCK, STREAM_PREFIX],
      useFactory: (store: EventStore, keys: KeyRing, clock: Clock, prefix: string) =>
        new Erasures(store, keys, clock, prefix),
    },
    {
      provide: People,
      inject: [EVENT_STORE, STREAM_PREFIX, SEALS, HOLDERS],
      useFactory: (store: EventStore, prefix: string, seals: Seals, holders: Holders) =>
        new People(store, { seals, prefix }, holders),
    },
    {
      provide: PeopleProjection,
      inject: [EVENT_STORE, People, CLOCK, STREAM_PREFIX],
      useFactory: (store: EventStore, people: People, clock: Clock, prefix: string) =>
        new PeopleProjection(store, people, clock, prefix),
    },
    PersonStreams,
    RecordCustodyEventsHandler,
    ErasePersonHandler,
  ],
  exports: [CustodyLog, People, PeopleProjection, PersonStreams],
})
export class CustodyModule {}
