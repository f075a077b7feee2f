import type { Metric } from 'prom-client';
import type { FeedStanding, Feeds } from '../custody/feeds.js';
import type { Watch } from '../watch/watch.js';
import { gauge, type Sample } from './measure.js';

export interface FeedSources {
  readonly watch: Pick<Watch, 'silentFeeds' | 'notWatched' | 'heldByPrison'>;
  readonly feeds: Pick<Feeds, 'allExpected'>;
  /** Whether the log has been read to its end once. */
  readonly isReady: () => boolean;
}

/**
 * The feeds that are expected, and how far each is complete. Others are told of by nobody: a sender may call a feed
 * whatever it likes, and that is no label.
 */
export const feedMetrics = ({ feeds, watch, isReady }: FeedSources): Metric[] => [
  gauge({
    name: 'feed_expected_info',
    help: 'The feeds that are expected to say how far they are complete; always 1.',
    labels: ['prison', 'feed'],
    read: () => feeds.allExpected().map((standing) => sampleOf(standing, 1)),
  }),
  gauge({
    name: 'feed_allowed_silence_seconds',
    help: 'How long an expected feed may go without saying how far it is complete, before what rests on it is not known.',
    labels: ['prison', 'feed'],
    read: () => feeds.allExpected().map((standing) => sampleOf(standing, standing.allowedSilence / 1000)),
  }),
  gauge({
    name: 'feed_complete_until_timestamp_seconds',
    help: 'Up to when an expected feed has delivered everything. Absent while it has never reported.',
    labels: ['prison', 'feed'],
    read: () =>
      (isReady() ? feeds.allExpected() : []).flatMap((standing) =>
        standing.completeUntil === undefined ? [] : [sampleOf(standing, standing.completeUntil / 1000)],
      ),
  }),
  gauge({
    name: 'rules_not_watched',
    help: 'In each prison that has settings of its own: the rules that cannot be watched, as its feeds tell nothing of what it takes.',
    labels: ['prison'],
    read: () => Array.from(watch.notWatched, ([prison, { size: value }]) => ({ labels: { prison }, value })),
  }),
  gauge({
    name: 'events_held',
    help: 'The events of a prison that have come of silent feeds, and do not count before these are heard again. Absent where none ever did.',
    labels: ['prison'],
    read: () => Array.from(isReady() ? watch.heldByPrison : [], ([prison, value]) => ({ labels: { prison }, value })),
  }),
  gauge({
    name: 'rules_waiting',
    help: 'In each prison with expected feeds: the rules that say nothing before a silent feed is heard again.',
    labels: ['prison'],
    read: () => {
      const prisons = new Set(feeds.allExpected().map(({ prisonId }) => prisonId));
      const waiting = Map.groupBy(watch.silentFeeds, ({ prisonId }) => prisonId);
      const rulesOf = (prison: string) => new Set(waiting.get(prison)?.flatMap(({ rules }) => rules)).size;
      return isReady() ? Array.from(prisons, (prison) => ({ labels: { prison }, value: rulesOf(prison) })) : [];
    },
  }),
];

const sampleOf = ({ prisonId: prison, feed }: FeedStanding, value: number): Sample => ({
  labels: { prison, feed },
  value,
});
