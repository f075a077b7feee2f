import { Injectable, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AlertProjection } from '../safety-alerts/list/alert-projection.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { SafetyAlertsModule } from '../safety-alerts/safety-alerts.module.js';
import { Lapses } from '../safety-alerts/alert/terms.js';
import { SafetyAlerts } from '../safety-alerts/alert/safety-alerts.js';
import type { AlertsNow } from './reminders.js';
import { Watch, type WatchOptions } from './watch.js';

/** Everything the watch needs but the alerts. */
export type WatchSurroundings = Omit<WatchOptions, 'alerts' | 'lapses' | keyof AlertsNow>;

/** Nest's token for the {@link WatchSurroundings}. */
export const WATCH_OPTIONS = Symbol('WatchOptions');

/** Starts the watch once the service is whole, and stops it before the store closes. */
@Injectable()
class WatchLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly watch: Watch,
    private readonly alerts: AlertProjection,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.alerts.waitFor(this.watch.decided);
    await this.watch.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch.stop();
  }
}

const alertsNow = (list: AlertProjection, index: AlertIndex): AlertsNow => ({
  everyAlert: () => list.readable().then(index.all),
  hasParkedAlert: (prisonNumber) => list.hasParked(prisonNumber),
  onAlert: (listener) => {
    const subscription = index.onChange.subscribe(({ alertId }) => {
      if (index.has(alertId)) listener(index.get(alertId));
    });
    return () => {
      subscription.unsubscribe();
    };
  },
});

/** From the log to the alerts. The application provides WATCH_OPTIONS and, from its timer, the ticks. */
@Module({
  imports: [SafetyAlertsModule],
  providers: [
    {
      provide: Watch,
      inject: [WATCH_OPTIONS, SafetyAlerts, AlertProjection, AlertIndex, Lapses],
      useFactory: (
        options: WatchSurroundings,
        alerts: SafetyAlerts,
        list: AlertProjection,
        index: AlertIndex,
        lapses: Lapses,
      ) => new Watch({ ...options, alerts, lapses, ...alertsNow(list, index) }),
    },
    WatchLife,
  ],
  exports: [Watch],
})
export class WatchModule {}
