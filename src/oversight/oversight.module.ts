import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { SecurityEvents } from '../access-records/security-events.js';
import { CustodyModule } from '../custody/custody.module.js';
import { PendingEvents } from '../custody/pending/pending-events.js';
import { PendingProjection } from '../custody/pending/pending-projection.js';
import { People } from '../custody/people/people.js';
import { PeopleProjection } from '../custody/people/people-projection.js';
import { KeyWorkProjection } from '../key-work/figures/key-work-projection.js';
import { HandoverModule } from '../handover/handover.module.js';
import { HandoverProjection } from '../handover/handover-projection.js';
import { KeyWorkFigures } from '../key-work/figures/key-work-figures.js';
import { KeyWorkModule } from '../key-work/key-work.module.js';
import { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { RollChecks } from '../roll/roll-checks.js';
import { RollModule } from '../roll/roll.module.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { DigestKeeper } from '../store/chain/digest-keeper.js';
import { DroppedEvents } from '../store/dropped/dropped-events.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import type { Waterline } from '../store/waterline.js';
import { EVERYBODY, sayPartition } from '../watch/partition.js';
import { WATCH_OPTIONS, WatchModule, type WatchSurroundings } from '../watch/watch.module.js';
import { Watch } from '../watch/watch.js';
import { ClockController } from './clock.controller.js';
import { CoverageReader } from './told/coverage-reader.js';
import { ClockTrust } from './clock-trust.js';
import { EventLoop } from './event-loop.js';
import { CountCustodyEvents, IntakeFigures } from './intake-figures.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { DEMONSTRATION, INFO, type Info, readBuild } from './info.js';
import { InfoController } from './info.controller.js';
import { MetricsController } from './metrics.controller.js';
import { ParkedEventsController } from './parked/parked-events.controller.js';
import { ParkedList } from './parked/parked-list.js';
import { Metrics } from './metrics.js';
import type { LogConsumer } from './log-consumer.js';

/** Those who follow the log in this process. @param read by name, how far each read model has come */
const consumersOf = (watch: Watch, store: EventStore, read: Readonly<Record<string, Waterline>>): LogConsumer[] => [
  {
    name: 'watch',
    position: () => watch.decided.position,
    isAtTheEnd: () => watch.isAtTheEnd && !watch.failure,
  },
  ...Object.entries(read).map(([name, waterline]) => ({
    name,
    position: () => waterline.position,
    isAtTheEnd: async () => store.compare(waterline.position, await store.end()) >= 0,
  })),
];

/**
 * How the service is, for those who run it: figures, health, version; what it is told. EVENT_STORE, CLOCK, WATCH_OPTIONS,
 * PrisonNames and, where it is the demonstration, DEMONSTRATION are provided by the application.
 */
@Module({
  imports: [CustodyModule, SafetyAlertsModule, WatchModule, KeyWorkModule, HandoverModule, RollModule],
  controllers: [MetricsController, HealthController, InfoController, ClockController, ParkedEventsController],
  providers: [
    IntakeFigures,
    ParkedList,
    CoverageReader,
    { provide: EventLoop, useFactory: () => new EventLoop() },
    {
      provide: ClockTrust,
      inject: [CLOCK, Watch],
      useFactory: (clock: Clock, watch: Watch) => new ClockTrust(clock, watch),
    },
    { provide: APP_INTERCEPTOR, useClass: CountCustodyEvents },
    {
      provide: Health,
      inject: [
        CLOCK,
        ClockTrust,
        Watch,
        AlertProjection,
        KeyWorkProjection,
        PeopleProjection,
        HandoverProjection,
        PendingProjection,
        { token: DigestKeeper, optional: true },
      ],
      useFactory: (
        clock: Clock,
        time: ClockTrust,
        watch: Watch,
        alerts: AlertProjection,
        keyWork: KeyWorkProjection,
        people: PeopleProjection,
        handovers: HandoverProjection,
        pending: PendingProjection,
        digests?: DigestKeeper,
      ) => new Health({ clock, time, watch, alerts, keyWork, people, handovers, pending, digests }),
    },
    {
      provide: Metrics,
      inject: [
        AlertIndex,
        Watch,
        IntakeFigures,
        SecurityEvents,
        EventLoop,
        Health,
        EVENT_STORE,
        CLOCK,
        KeyWorkFigures,
        KeyWorkProjection,
        People,
        PendingEvents,
        DroppedEvents,
        RollChecks,
      ],
      useFactory: (
        alerts: AlertIndex,
        watch: Watch,
        intake: IntakeFigures,
        security: SecurityEvents,
        eventLoop: EventLoop,
        health: Health,
        store: EventStore,
        clock: Clock,
        figures: KeyWorkFigures,
        projection: KeyWorkProjection,
        people: People,
        pending: PendingEvents,
        dropped: DroppedEvents,
        rolls: RollChecks,
      ) =>
        new Metrics({
          pending,
          alerts,
          watch,
          intake,
          security,
          eventLoop,
          store,
          clock,
          feeds: figures.sources.feeds,
          keyWork: { figures, projection, clock },
          census: watch.census,
          rules: () => watch.rules.rulebook.catalogue,
          projections: consumersOf(watch, store, {
            [AlertIndex.PROJECTION]: alerts.read,
            [KeyWorkFigures.PROJECTION]: figures.read,
            [People.PROJECTION]: people.read,
          }),
          parked: () => health.parked,
          dropped,
          rolls,
          isReady: () => health.isReady,
        }),
    },
    {
      provide: INFO,
      inject: [WATCH_OPTIONS, { token: DEMONSTRATION, optional: true }],
      useFactory: ({ partition }: WatchSurroundings, demonstration?: boolean): Info => ({
        build: readBuild(),
        demonstration: demonstration ?? false,
        watchPartition: sayPartition(partition ?? EVERYBODY),
      }),
    },
  ],
  exports: [Health, EventLoop, ClockTrust, ParkedList, CoverageReader],
})
export class OversightModule {}
