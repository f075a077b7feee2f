import { Registry } from 'prom-client';
import { alertMetrics, type AlertSources } from './alert-metrics.js';
import type { Census } from './census.js';
import { deadlineMetrics, type DeadlineSources } from './deadline-metrics.js';
import { feedMetrics, type FeedSources } from './feed-metrics.js';
import type { KeyWorkCensus } from './key-work-census.js';
import { keyWorkMetrics, type KeyWorkSources } from './key-work-metrics.js';
import { serviceMetrics, type ServiceSources } from './service-metrics.js';

export interface MetricsSources extends Omit<AlertSources, 'rules' | 'census'>, Omit<ServiceSources, 'census'> {
  readonly watch: ServiceSources['watch'] & DeadlineSources['watch'];
  readonly feeds: FeedSources['feeds'];
  readonly keyWork: KeyWorkSources & { readonly census: KeyWorkCensus };
  readonly census: Census;
}

/**
 * What Prometheus is told: the figures of contract §4, as far as there is something to count. A registry of its own, without
 * those of the Node process.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly censuses: readonly (Census | KeyWorkCensus)[];

  constructor(sources: MetricsSources) {
    this.censuses = [sources.census, sources.keyWork.census];
    const rules = sources.rules.map(({ id }) => id);
    const all = [
      alertMetrics({ ...sources, rules }),
      keyWorkMetrics(sources.keyWork),
      feedMetrics(sources),
      serviceMetrics(sources),
      deadlineMetrics(sources),
    ];
    for (const metric of all.flat()) this.registry.registerMetric(metric);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything as it is now, in Prometheus' text format. */
  text(): Promise<string> {
    for (const census of this.censuses) census.take();
    return this.registry.metrics();
  }
}
