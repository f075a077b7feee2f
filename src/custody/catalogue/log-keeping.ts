/** About the record itself: what was entered in error, and how far a feed is complete. */
import { Feed, FreeText, Instant, Uuid } from './kinds.js';
import { About, Personal } from './members.js';

/** The event is treated as if it had never happened; the log keeps both. The withdrawal may be known before the event. */
@About('person')
export class EventWithdrawn {
  @Uuid() withdraws!: string;
  @Personal() @FreeText() reason!: string;
}

/** Every event of that feed for that prison up to `until` has been delivered. */
@About('feed')
export class FeedCompleteUntil {
  @Feed() feed!: string;
  @Instant() until!: string;
}
