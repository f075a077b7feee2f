import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { SNAPSHOT_STORE, type SnapshotStore } from '../store/snapshot-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { ActOnAlertHandler } from './http/act-on-alert.js';
import { ActOnAlertsHandler } from './http/act-on-alerts.js';
import { ACTION_CONTROLLERS } from './http/actions.controller.js';
import { AlertProjection } from './list/alert-projection.js';
import { AlertHistories } from './list/alert-histories.js';
import { AnswersOfNow } from './list/answers-of-now.js';
import { AlertsByWeekHandler, AlertsOverWeeksHandler } from './figures/alerts-by-week.js';
import { CountAlertsHandler, ListAlertsHandler } from './list/list-alerts.js';
import { AlertIndex } from './list/alert-index.js';
import { ReadAlertHandler } from './list/read-alert.js';
import { ReadChangesHandler } from './list/read-changes.js';
import { SafetyAlertsController } from './http/safety-alerts.controller.js';
import { SafetyAlerts } from './alert/safety-alerts.js';
import { AlertStream, StreamAlertsController } from './http/stream-alerts.js';
import { VisibleAlerts } from './list/visible-alerts.js';

/**
 * Safety alerts: what the watch raises and closes, what people do with it, and what everybody sees of it.
 * Needs, from a global module of the application: EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, EVIDENCE_SOURCE, RULE_SOURCE,
 * HOLDERS.
 */
@Module({
  imports: [CqrsModule],
  controllers: [
    // Before the one that takes any id.
    StreamAlertsController,
    SafetyAlertsController,
    ...ACTION_CONTROLLERS,
  ],
  providers: [
    {
      provide: SafetyAlerts,
      inject: [EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS],
      useFactory: (store: EventStore, clock: Clock, prefix: string, seals: Seals) =>
        new SafetyAlerts(store, clock, prefix, seals),
    },
    {
      provide: AlertIndex,
      inject: [EVENT_STORE, STREAM_PREFIX],
      useFactory: (store: EventStore, prefix: string) => new AlertIndex(prefix, (a, b) => store.compare(a, b)),
    },
    {
      provide: AlertProjection,
      inject: [EVENT_STORE, AlertIndex, STREAM_PREFIX, CLOCK, { token: SNAPSHOT_STORE, optional: true }],
      useFactory: (
        store: EventStore,
        alerts: AlertIndex,
        prefix: string,
        clock: Clock,
        snapshots: SnapshotStore | undefined,
      ) => new AlertProjection({ store, alerts, prefix, clock, snapshots }),
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
    ActOnAlertHandler,
    ActOnAlertsHandler,
  ],
  exports: [SafetyAlerts, AlertIndex, AlertHistories, VisibleAlerts, AlertProjection, AlertStream],
})
export class SafetyAlertsModule {}
