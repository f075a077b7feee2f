import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustodyEventsController } from './custody-events.controller.js';
import { CustodyLog } from './custody-log.js';
import { ErasePersonController, ErasePersonHandler } from './erase-person.js';
import { Erasures } from './erasures.js';
import { People } from './people/people.js';
import { PeopleProjection } from './people/people-projection.js';
import { PersonStreams } from './person-streams.js';
import { Sealing } from './sealing.js';
import { Tellings } from './tellings/tellings.js';
import { TellingsController } from './tellings/tellings.controller.js';
import { RecordCustodyEventsHandler } from './record-custody-events.js';

/**
 * Custody events come in, what is personal in them can be destroyed, and the people they are about are looked up.
 * EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, KEY_RING and HOLDERS are provided by the application; its one timer ticks
 * {@link PeopleProjection}.
 */
@Module({
  imports: [CqrsModule],
  controllers: [CustodyEventsController, TellingsController, ErasePersonController],
  providers: [
    Sealing,
    CustodyLog,
    Tellings,
    Erasures,
    People,
    PeopleProjection,
    PersonStreams,
    RecordCustodyEventsHandler,
    ErasePersonHandler,
  ],
  exports: [CustodyLog, People, PeopleProjection, PersonStreams, Sealing, Tellings],
})
export class CustodyModule {}
