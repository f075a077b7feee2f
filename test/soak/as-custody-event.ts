import type { CustodyEvent } from '../../src/custody/custody-event.js';
import type { CustodyEventType } from '../../src/custody/catalogue/catalogue.js';
import type { FeedReport } from '../../src/kernel/feed-terms.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { toIso } from '../../src/prison/instant.js';

/** What a feed said of itself, as it sends it; in a random story the instant and the feed tell which report it is. */
export const asReported = ({ prisonId, feed, until, knownAt }: FeedReport): CustodyEvent => ({
  id: `${prisonId} ${feed} ${knownAt} ${until}`,
  type: 'FeedCompleteUntil',
  prisonId,
  occurredAt: toIso(knownAt),
  occurredAtMs: knownAt,
  recordedAt: toIso(knownAt),
  recordedAtMs: knownAt,
  data: { feed, until: toIso(until) },
});

/** What happened in a random history, as a source sends it; of somebody, where the history names nobody. */
export const asCustodyEvent = (occurrence: Occurrence): CustodyEvent => {
  const { id, type, at, recordedAt, prisonId, prisonNumber = 'A0001AA', source, data } = occurrence;
  return {
    id,
    type: type as CustodyEventType,
    prisonNumber,
    prisonId,
    occurredAt: toIso(at),
    occurredAtMs: at,
    recordedAt: toIso(recordedAt),
    recordedAtMs: recordedAt,
    ...(source && { source: { system: 'random', id: source.record, revision: source.revision } }),
    data: JSON.parse(JSON.stringify(data)) as CustodyEvent['data'],
  };
};
