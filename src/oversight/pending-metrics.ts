import type { Metric } from 'prom-client';
import type { PendingEvents } from '../custody/pending/pending-events.js';
import { gauge, zeros } from './measure.js';

export interface PendingSources {
  readonly pending: Pick<PendingEvents, 'byPrison'>;
  /** Every prison in which anybody was ever heard of. */
  readonly prisons: () => Iterable<string>;
  /** Whether the log has been read to its end once. */
  readonly isReady: () => boolean;
}

/** What prisons tell of people whom other prisons hold, by the prison that tells. */
export const pendingMetrics = ({ pending, prisons, isReady }: PendingSources): Metric[] => [
  gauge({
    name: 'pending_events',
    help: 'Events that this prison tells of people whom other prisons hold: they do not count before the people are there.',
    labels: ['prison'],
    read: () => {
      if (!isReady()) return [];
      const waiting = Array.from(pending.byPrison(), ([prison, { count }]) => ({ labels: { prison }, value: count }));
      return [...zeros({ prison: prisons() }), ...waiting];
    },
  }),
  gauge({
    name: 'pending_events_refused',
    help: 'Those of them that cannot be taken in as they stand, wherever the people are. The page /pending says why.',
    labels: ['prison'],
    read: () => {
      if (!isReady()) return [];
      const refused = Array.from(pending.byPrison(), ([prison, { refused: value }]) => ({ labels: { prison }, value }));
      return [...zeros({ prison: prisons() }), ...refused];
    },
  }),
  gauge({
    name: 'pending_event_oldest_timestamp_seconds',
    help: 'When the one of them that has waited longest came. Absent when none waits.',
    labels: ['prison'],
    read: () =>
      Array.from(isReady() ? pending.byPrison() : [], ([prison, { oldest }]) => ({
        labels: { prison },
        value: oldest / 1000,
      })),
  }),
];
