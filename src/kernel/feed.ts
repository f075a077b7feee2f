import { subjectText } from '../prison/alert-subject.js';
import type { Instant } from '../prison/instant.js';
import type { FeedReport } from './feed-terms.js';
import type { Occurrence } from './occurrence.js';

/** The type of the event in which a feed says how far it is complete. */
export const FEED_REPORT = 'FeedCompleteUntil';

/** A feed of a prison, as one text: `feed:case-notes@XYI`. */
export const feedText = ({ feed, prisonId }: Pick<FeedReport, 'feed' | 'prisonId'>): string =>
  subjectText({ kind: 'feed', id: feed, prisonId });

/** What a custody event that became known at an instant says of a feed; nothing where it is about something else. */
export const feedReportOf = (
  { type, prisonId, data, sender }: Pick<Occurrence, 'type' | 'prisonId' | 'data' | 'sender'>,
  knownAt: Instant,
): FeedReport | undefined =>
  type === FEED_REPORT
    ? { prisonId, feed: String(data['feed']), until: Date.parse(String(data['until'])), knownAt, sender }
    : undefined;

/**
 * A feed's report as it stands in the history of that feed: under the text that names it, as something that happens when
 * it is known. Nothing for an event that is told of anybody else.
 */
export const ofFeed = (
  { source: _, ...occurrence }: Occurrence,
  knownAt: Instant,
): (Occurrence & { readonly prisonNumber: string }) | undefined => {
  const report = feedReportOf(occurrence, knownAt);
  return report && { ...occurrence, prisonNumber: feedText(report), at: knownAt, recordedAt: knownAt, knownAt };
};
