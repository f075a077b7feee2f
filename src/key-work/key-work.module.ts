import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustodyModule } from '../custody/custody.module.js';
import { FEED_REGISTER, type FeedsNow } from '../custody/feeds.js';
import type { PrisonSettings } from '../kernel/prison-settings.js';
import { PersonStreams } from '../custody/person-streams.js';
import { LocalDays } from '../prison/local-days.js';
import { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { SNAPSHOT_STORE, type SnapshotStore } from '../store/snapshot-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { FiguresController } from './figures/figures.controller.js';
import { KeyWorkProjection } from './figures/key-work-projection.js';
import { KeyWorkFigures } from './figures/key-work-figures.js';
import { KEY_WORK_SETTINGS } from './figures/frequency.js';
import { KEY_WORK_LIMITS, type KeyWorkLimits } from './figures/limits.js';
import { ReadFiguresHandler } from './figures/read-figures.js';
import { ReadTrendsHandler } from './figures/read-trends.js';
import { HistoryController } from './history/history.controller.js';
import { ReadKeyWorkerHistoryHandler } from './history/read-history.js';
import { PersonRecords } from './person-record.js';
import { ReadableRecords } from './readable-record.js';
import { ReadTimelineHandler } from './timeline/read-timeline.js';
import { TimelineController } from './timeline/timeline.controller.js';

/**
 * Key work: with one person, for a case review; everything about one person, in order; how a prison delivers it.
 * Needs, from a global module of the application: EVENT_STORE, CLOCK, STREAM_PREFIX, SEALS, HOLDERS, RULE_SOURCE,
 * FEED_REGISTER, KEY_WORK_LIMITS, KEY_WORK_SETTINGS, NOT_WATCHED.
 */
@Module({
  imports: [CqrsModule, CustodyModule, SafetyAlertsModule],
  controllers: [HistoryController, TimelineController, FiguresController],
  providers: [
    { provide: LocalDays, useValue: new LocalDays() },
    PersonRecords,
    ReadableRecords,
    {
      provide: KeyWorkFigures,
      inject: [PersonStreams, LocalDays, EVENT_STORE, STREAM_PREFIX, KEY_WORK_LIMITS, FEED_REGISTER, KEY_WORK_SETTINGS],
      useFactory: (
        streams: PersonStreams,
        days: LocalDays,
        store: EventStore,
        prefix: string,
        limits: KeyWorkLimits,
        feeds: FeedsNow,
        settings: readonly PrisonSettings[],
      ) => {
        const compare: EventStore['compare'] = (a, b) => store.compare(a, b);
        return new KeyWorkFigures({ streams, days, compare, prefix, limits, feeds, settings });
      },
    },
    {
      provide: KeyWorkProjection,
      inject: [
        EVENT_STORE,
        KeyWorkFigures,
        AlertProjection,
        STREAM_PREFIX,
        CLOCK,
        { token: SNAPSHOT_STORE, optional: true },
      ],
      useFactory: (
        store: EventStore,
        figures: KeyWorkFigures,
        alerts: AlertProjection,
        prefix: string,
        clock: Clock,
        snapshots: SnapshotStore | undefined,
      ) => new KeyWorkProjection({ store, figures, alerts, prefix, clock, snapshots }),
    },
    ReadKeyWorkerHistoryHandler,
    ReadTimelineHandler,
    ReadFiguresHandler,
    ReadTrendsHandler,
  ],
  exports: [KeyWorkFigures, KeyWorkProjection, LocalDays],
})
export class KeyWorkModule {}
