import { Registry } from 'prom-client';
import { alertMetrics, type AlertSources } from './alert-metrics.js';
import { feedMetrics, type FeedSources } from './feed-metrics.js';
import { keyWorkMetrics, type KeyWorkSources } from './key-work-metrics.js';
import { pendingMetrics, type PendingSources } from './pending-metrics.js';
import { rollMetrics, type RollSources } from './roll-metrics.js';
import { serviceMetrics, type ServiceSources } from './service-metrics.js';

export interface MetricsSources extends Omit<AlertSources, 'rules' | 'census'>, ServiceSources {
  readonly feeds: FeedSources['feeds'];
  readonly watch: ServiceSources['watch'] & FeedSources['watch'];
  readonly keyWork: KeyWorkSources;
  readonly pending: PendingSources['pending'];
  readonly rolls: RollSources['rolls'];
}

/**
 * What Prometheus is told: the figures of the service, as far as there is something to count. A registry of its own, without
 * those of the Node process.
 */
export class Metrics {
  private readonly registry = new Registry();

  constructor(sources: MetricsSources) {
    const rules = () => sources.rules().map(({ id }) => id);
    const all = [
      alertMetrics({ ...sources, rules }),
      keyWorkMetrics(sources.keyWork),
      feedMetrics(sources),
      pendingMetrics({ ...sources, prisons: () => sources.keyWork.figures.everyPrison }),
      rollMetrics({ ...sources, prisons: () => sources.keyWork.figures.everyPrison }),
      serviceMetrics(sources),
    ];
    for (const metric of all.flat()) this.registry.registerMetric(metric);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything as it is now, in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
