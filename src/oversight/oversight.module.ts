import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CustodyModule } from '../custody/custody.module.js';
import { People } from '../custody/people/people.js';
import { PeopleFeed } from '../custody/people/people-projection.js';
import { KeyWorkFeed } from '../key-work/figures/key-work-projection.js';
import { KeyWorkFigures } from '../key-work/figures/key-work-figures.js';
import { KeyWorkModule } from '../key-work/key-work.module.js';
import { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import type { Waterline } from '../store/waterline.js';
import { EVERYBODY, sayPartition } from '../watch/partition.js';
import { WATCH_OPTIONS, WatchModule, type WatchSurroundings } from '../watch/watch.module.js';
import { Watch } from '../watch/watch.js';
import { CountCustodyEvents } from './count-custody-events.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { DEMONSTRATION, INFO, type Info, readBuild } from './info.js';
import { InfoController } from './info.controller.js';
import { IntakeFigures } from './intake-figures.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import type { Projection } from './log-consumer.js';
import { Readiness } from './readiness.js';

/** Those who follow the log in this process. */
const projectionsOf = (
  watch: Watch,
  alerts: AlertIndex,
  keyWork: KeyWorkFigures,
  people: People,
  store: EventStore,
): Projection[] => [
  {
    name: 'watch',
    position: () => watch.decided.position,
    isAtTheEnd: () => watch.caughtUp && !watch.failure,
  },
  readBy(AlertIndex.PROJECTION, alerts.read, store),
  readBy(KeyWorkFigures.PROJECTION, keyWork.read, store),
  readBy(People.PROJECTION, people.read, store),
];

const readBy = (name: string, read: Waterline, store: EventStore): Projection => ({
  name,
  position: () => read.position,
  isAtTheEnd: async () => store.compare(read.position, await store.end()) >= 0,
});

/**
 * How the service is, for those who run it: figures, health, version. EVENT_STORE, CLOCK, WATCH_OPTIONS and, where it is
 * the demonstration, DEMONSTRATION are provided by the application.
 */
@Module({
  imports: [CustodyModule, SafetyAlertsModule, WatchModule, KeyWorkModule],
  controllers: [MetricsController, HealthController, InfoController],
  providers: [
    IntakeFigures,
    { provide: APP_INTERCEPTOR, useClass: CountCustodyEvents },
    {
      provide: Readiness,
      inject: [AlertProjection, KeyWorkFeed, Watch],
      useFactory: (feed: AlertProjection, keyWork: KeyWorkFeed, watch: Watch) => new Readiness(feed, keyWork, watch),
    },
    {
      provide: Health,
      inject: [CLOCK, Watch, AlertProjection, KeyWorkFeed, PeopleFeed, Readiness],
      useFactory: (
        clock: Clock,
        watch: Watch,
        alerts: AlertProjection,
        keyWork: KeyWorkFeed,
        people: PeopleFeed,
        readiness: Readiness,
      ) => new Health({ clock, watch, alerts, keyWork, people, readiness }),
    },
    {
      provide: Metrics,
      inject: [
        AlertIndex,
        Watch,
        WATCH_OPTIONS,
        IntakeFigures,
        Readiness,
        EVENT_STORE,
        CLOCK,
        KeyWorkFigures,
        KeyWorkFeed,
        People,
      ],
      useFactory: (
        alerts: AlertIndex,
        watch: Watch,
        { plan }: WatchSurroundings,
        intake: IntakeFigures,
        readiness: Readiness,
        store: EventStore,
        clock: Clock,
        figures: KeyWorkFigures,
        feed: KeyWorkFeed,
        people: People,
      ) =>
        new Metrics({
          alerts,
          watch,
          intake,
          store,
          clock,
          feeds: figures.sources.feeds,
          keyWork: { figures, feed, clock },
          census: watch.people.headcount,
          rules: plan.rules.map(({ rule }) => rule),
          projections: projectionsOf(watch, alerts, figures, people, store),
          isReady: () => readiness.ready,
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
  exports: [Health],
})
export class OversightModule {}
