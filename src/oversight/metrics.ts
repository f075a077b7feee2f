import { Registry } from 'prom-client';
import { alertMetrics, type AlertSources } from './alert-metrics.js';
import type { Census } from './census.js';
import { keyWorkMetrics, type KeyWorkSources } from './key-work-metrics.js';
import { serviceMetrics, type ServiceSources } from './service-metrics.js';

export interface MetricsSources extends Omit<AlertSources, 'rules' | 'census'>, Omit<ServiceSources, 'census'> {
  readonly keyWork: Omit<KeyWorkSources, 'clock'>;
  readonly census: Census;
}

/**
 * What Prometheus is told: the figures of contract §4, as far as there is something to count. A registry of its own, without
 * those of the Node process.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly census: Census;

  constructor(sources: MetricsSources) {
    this.census = sources.census;
    const rules = sources.rules.map(({ id }) => id);
    const { keyWork, clock } = sources;
    const all = [alertMetrics({ ...sources, rules }), keyWorkMetrics({ ...keyWork, clock }), serviceMetrics(sources)];
    for (const metric of all.flat()) {
      this.registry.registerMetric(metric);
    }
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything as it is now, in Prometheus' text format. */
  text(): Promise<string> {
    this.census.take();
    return this.registry.metrics();
  }
}
