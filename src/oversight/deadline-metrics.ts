import type { Metric } from 'prom-client';
import type { Headcount } from '../kernel/headcount.js';
import type { Watch } from '../watch/watch.js';
import { durationHistogram } from './duration-histogram.js';
import { gauge } from './measure.js';

export interface DeadlineSources {
  /** Whether the log has been read to its end once. */
  readonly isReady: () => boolean;
  readonly watch: Pick<Watch, 'fireDelays'>;
  readonly census: Pick<Headcount, 'armedByRule'>;
}

/** What the watch waits for, and how soon it notices. Of this instance, since it was started. */
export const deadlineMetrics = ({ watch, census, isReady }: DeadlineSources): Metric[] => [
  gauge({
    name: 'deadlines_armed',
    help: 'For how many people the watch will look at a rule again although nothing happens.',
    labels: ['rule'],
    read: () => (isReady() ? Array.from(census.armedByRule, ([rule, value]) => ({ labels: { rule }, value })) : []),
  }),
  durationHistogram(
    'deadline_fire_delay_seconds',
    'From the instant a deadline fell due until it was decided that a safety alert is raised or changed; the grace of 5 seconds included.',
    () => watch.fireDelays,
  ),
];
