import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AlertFeed } from '../safety-alerts/alert-feed.js';
import { OpenAlerts } from '../safety-alerts/open-alerts.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { SafetyAlerts } from '../safety-alerts/safety-alerts.js';
import { Watch, type WatchOptions } from './watch.js';

/** Everything the watch needs but the alerts. */
export type WatchSurroundings = Omit<WatchOptions, 'alerts' | 'everyAlert'>;

/** Nest's token for the {@link WatchSurroundings}. */
export const WATCH_OPTIONS = Symbol('WatchOptions');

/** Starts the watch once the service is whole, and stops it before the store closes. */
class WatchLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly watch: Watch,
    private readonly feed: AlertFeed,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.feed.waitFor(this.watch.decided);
    await this.watch.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch.stop();
  }
}

/** From the log to the alerts. The application provides WATCH_OPTIONS and, from a timer, the ticks. */
@Module({
  imports: [SafetyAlertsModule],
  providers: [
    {
      provide: Watch,
      inject: [WATCH_OPTIONS, SafetyAlerts, AlertFeed, OpenAlerts],
      useFactory: (options: WatchSurroundings, alerts: SafetyAlerts, feed: AlertFeed, model: OpenAlerts) =>
        new Watch({ ...options, alerts, everyAlert: () => feed.caughtUp.then(() => model.all()) }),
    },
    {
      provide: WatchLife,
      inject: [Watch, AlertFeed],
      useFactory: (watch: Watch, feed: AlertFeed) => new WatchLife(watch, feed),
    },
  ],
  exports: [Watch],
})
export class WatchModule {}
