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
import { Lapses, type LapseTerms } from './alert/terms.js';
import { ACKNOWLEDGEMENT_LAPSES, RULE_SOURCE, type RuleSource } from './ports.js';
import { AlertChanges } from './http/alert-changes.js';
import { AlertStream, StreamAlertsController } from './http/stream-alerts.js';
import { PresentReasons } from './list/present-reasons.js';
import { VisibleAlerts } from './list/visible-alerts.js';

/**
 * Safety alerts: what the watch raises and closes, what people do with it, and what everybody sees of it.
 * Needs, from a global module of the application: EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, EVIDENCE_SOURCE, RULE_SOURCE,
 * HOLDERS. CASELOADS and PRESENT_REASONS may be missing.
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
      provide: Lapses,
      inject: [{ token: ACKNOWLEDGEMENT_LAPSES, optional: true }],
      useFactory: (terms: LapseTerms | undefined) => new Lapses(terms),
    },
    {
      provide: SafetyAlerts,
      inject: [EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, Lapses, RULE_SOURCE],
      useFactory: (
        store: EventStore,
        clock: Clock,
        prefix: string,
        seals: Seals,
        lapses: Lapses,
        rules: RuleSource,
      ) => {
        const worstStepOf = (rule: string) => rules.rule(rule)?.worstStep;
        return new SafetyAlerts({ store, clock, prefix, seals, lapses, worstStepOf });
      },
    },
    {
      provide: AlertIndex,
      inject: [EVENT_STORE, STREAM_PREFIX, Lapses],
      useFactory: (store: EventStore, prefix: string, lapses: Lapses) =>
        new AlertIndex(prefix, (a, b) => store.compare(a, b), lapses),
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
    PresentReasons,
    AnswersOfNow,
    AlertChanges,
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
  exports: [
    SafetyAlerts,
    Lapses,
    AlertIndex,
    AlertHistories,
    VisibleAlerts,
    AlertProjection,
    AlertStream,
    PresentReasons,
  ],
})
export class SafetyAlertsModule {}
