import type { Metric } from 'prom-client';
import type { KeyWorkProjection } from '../key-work/figures/key-work-projection.js';
import type { KeyWorkFigures } from '../key-work/figures/key-work-figures.js';
import type { Total } from '../key-work/figures/session-totals.js';
import type { Clock } from '../store/clock.js';
import { counter, gauge, type Measure, type Sample } from './measure.js';

export interface KeyWorkSources {
  readonly figures: Pick<KeyWorkFigures, 'everyPrison' | 'totals' | 'unseen'>;
  readonly projection: Pick<KeyWorkProjection, 'caughtUp'>;
  readonly clock: Clock;
}

/** Key work in each prison where anybody was ever heard of; left out until the log has been read to its end. */
export const keyWorkMetrics = (sources: KeyWorkSources): Metric[] => {
  const { projection } = sources;
  const onceCaughtUp = (measure: Measure): Measure => ({
    ...measure,
    read: () => (projection.caughtUp ? measure.read() : []),
  });
  return [
    ...totals(sources).map((measure) => counter(onceCaughtUp(measure))),
    ...now(sources).map((measure) => gauge(onceCaughtUp(measure))),
  ];
};

const totals = ({ figures }: KeyWorkSources): Measure[] => [
  {
    name: 'key_worker_sessions_total',
    help: 'Key worker sessions ever recorded. A session that is withdrawn later takes nothing back.',
    labels: ['prison'],
    read: () => figures.totals.held(figures.everyPrison).map(byPrison),
  },
  {
    name: 'key_worker_sessions_missed_total',
    help: 'Key worker sessions ever recorded as missed, by the reason given.',
    labels: ['prison', 'reason'],
    read: () =>
      figures.totals
        .missed(figures.everyPrison)
        .map(({ prisonId: prison, reason, count }) => ({ labels: { prison, reason }, value: count })),
  },
];

const now = ({ figures, clock }: KeyWorkSources): Measure[] => {
  const unseen = (kind: 'neverSeen' | 'overdue') => (): Sample[] => {
    figures.unseen.pass(clock.now());
    return Array.from(figures.everyPrison, (prison) => ({
      labels: { prison },
      value: figures.unseen.of(prison, kind),
    }));
  };
  return [
    {
      name: 'people_never_seen',
      help: 'People eligible for key work who arrived in this stay and with whom no session was held in it.',
      labels: ['prison'],
      read: unseen('neverSeen'),
    },
    {
      name: 'people_overdue',
      help: 'People for whom rule KW-01 is true: a session in this stay, and none for seven days since the last, or as many times as long as the prison is to see people.',
      labels: ['prison'],
      read: unseen('overdue'),
    },
  ];
};

const byPrison = ({ prisonId: prison, count }: Total): Sample => ({ labels: { prison }, value: count });
