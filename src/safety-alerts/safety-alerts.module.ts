import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { SNAPSHOT_STORE, type SnapshotStore } from '../store/snapshot-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { AcknowledgeAlertHandler, AcknowledgeController } from './acknowledge.js';
import { AcknowledgeManyHandler, ActOnEach, AssignManyHandler } from './act-on-many.js';
import { AlertFeed } from './alert-feed.js';
import { AlertHistories } from './alert-histories.js';
import { AnswersOfNow } from './answers-of-now.js';
import { AlertsByWeekHandler, AlertsOverWeeksHandler } from './alerts-by-week.js';
import { AssignAlertHandler, AssignController } from './assign.js';
import { CountAlertsHandler } from './count-alerts.js';
import { ListAlertsHandler } from './list-alerts.js';
import { AddNoteToAlertHandler, NoteController } from './note.js';
import { OpenAlerts } from './open-alerts.js';
import { ReadAlertHandler } from './read-alert.js';
import { ReadChangesHandler } from './read-changes.js';
import { ResolveAlertHandler, ResolveController } from './resolve.js';
import { SafetyAlertsController } from './safety-alerts.controller.js';
import { SafetyAlerts } from './safety-alerts.js';
import { SnoozeAlertHandler, SnoozeController } from './snooze.js';
import { AlertStream, StreamAlertsController } from './stream-alerts.js';
import { VisibleAlerts } from './visible-alerts.js';

/**
 * Safety alerts: what the watch raises and closes, what people do with it, and what everybody sees of it.
 * Needs, from a global module of the application: EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, EVIDENCE_SOURCE, RULE_SOURCE,
 * WHEREABOUTS.
 */
@Module({
  imports: [CqrsModule],
  controllers: [
    // Before the one that takes any id.
    StreamAlertsController,
    SafetyAlertsController,
    AcknowledgeController,
    AssignController,
    NoteController,
    SnoozeController,
    ResolveController,
  ],
  providers: [
    {
      provide: SafetyAlerts,
      inject: [EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS],
      useFactory: (store: EventStore, clock: Clock, prefix: string, seals: Seals) =>
        new SafetyAlerts(store, clock, prefix, seals),
    },
    {
      provide: OpenAlerts,
      inject: [EVENT_STORE, STREAM_PREFIX],
      useFactory: (store: EventStore, prefix: string) => new OpenAlerts(prefix, (a, b) => store.compare(a, b)),
    },
    {
      provide: AlertFeed,
      inject: [EVENT_STORE, OpenAlerts, STREAM_PREFIX, CLOCK, { token: SNAPSHOT_STORE, optional: true }],
      useFactory: (
        store: EventStore,
        alerts: OpenAlerts,
        prefix: string,
        clock: Clock,
        snapshots: SnapshotStore | undefined,
      ) => new AlertFeed(store, alerts, prefix, clock, snapshots),
    },
    VisibleAlerts,
    AnswersOfNow,
    AlertStream,
    ListAlertsHandler,
    CountAlertsHandler,
    AlertHistories,
    ReadAlertHandler,
    ReadChangesHandler,
    AlertsByWeekHandler,
    AlertsOverWeeksHandler,
    AcknowledgeAlertHandler,
    AssignAlertHandler,
    AddNoteToAlertHandler,
    SnoozeAlertHandler,
    ResolveAlertHandler,
    ActOnEach,
    AcknowledgeManyHandler,
    AssignManyHandler,
  ],
  exports: [SafetyAlerts, OpenAlerts, VisibleAlerts, AlertFeed, AlertStream],
})
export class SafetyAlertsModule {}
