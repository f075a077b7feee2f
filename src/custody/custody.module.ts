import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustodyEventsController } from './custody-events.controller.js';
import { CustodyLog } from './custody-log.js';
import { ErasePersonController, ErasePersonHandler } from './erase-person.js';
import { Erasures } from './erasures.js';
import { People } from './people/people.js';
import { PeopleProjection } from './people/people-projection.js';
import { PendingEvents } from './pending/pending-events.js';
import { PendingIntake } from './pending/pending-intake.js';
import { PendingLog } from './pending/pending-log.js';
import { PendingController } from './pending/pending.controller.js';
import { ListPendingHandler } from './pending/read-pending.js';
import { PendingProjection } from './pending/pending-projection.js';
import { PersonStreams } from './person-streams.js';
import { Sealing } from './sealing.js';
import { Tellings } from './tellings/tellings.js';
import { TellingsController } from './tellings/tellings.controller.js';
import { RecordCustodyEventsHandler } from './record-custody-events.js';

/**
 * Custody events come in, what is personal in them can be destroyed, and the people they are about are looked up.
 * EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, KEY_RING and HOLDERS are provided by the application; its one timer ticks
 * {@link PeopleProjection} and {@link PendingProjection}.
 */
@Module({
  imports: [CqrsModule],
  controllers: [CustodyEventsController, TellingsController, PendingController, ErasePersonController],
  providers: [
    Sealing,
    CustodyLog,
    Tellings,
    Erasures,
    People,
    PeopleProjection,
    PersonStreams,
    PendingLog,
    PendingEvents,
    PendingIntake,
    PendingProjection,
    ListPendingHandler,
    RecordCustodyEventsHandler,
    ErasePersonHandler,
  ],
  exports: [
    CustodyLog,
    People,
    PeopleProjection,
    PendingEvents,
    PendingLog,
    PendingProjection,
    PersonStreams,
    Sealing,
    Tellings,
  ],
})
export class CustodyModule {}
