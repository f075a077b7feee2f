import type { Metric } from 'prom-client';
import type { Durations } from '../safety-alerts/figures/durations.js';
import { PREFIX } from './measure.js';

interface BucketSample {
  readonly metricName: string;
  readonly labels: { readonly le?: number | '+Inf' };
  readonly value: number;
}

/**
 * A histogram, in seconds, of durations that are counted elsewhere. prom-client's own can only observe one duration after
 * another.
 * @param read nothing while there is nothing to tell yet
 */
export const durationHistogram = (name: string, help: string, read: () => Durations | undefined): Metric => {
  const full = { name: PREFIX + name, help, type: 'histogram' };
  const get = () => {
    const durations = read();
    return Promise.resolve({ ...full, values: durations ? valuesOf(full.name, durations) : [] });
  };
  return { ...full, get } as unknown as Metric;
};

const valuesOf = (name: string, { bounds, atMost, count, sum }: Durations): BucketSample[] => [
  ...bounds.map((le, i) => ({ metricName: `${name}_bucket`, labels: { le }, value: atMost[i] ?? 0 })),
  { metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: count },
  { metricName: `${name}_sum`, labels: {}, value: sum },
  { metricName: `${name}_count`, labels: {}, value: count },
];
