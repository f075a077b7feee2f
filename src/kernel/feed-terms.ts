import { DAY, type Instant } from '../prison/instant.js';

/** What is agreed of a feed: what it tells, how long it may say nothing, and who waits for it. */
export interface FeedTerms {
  /** The types of the events that it delivers; none where nobody says. */
  readonly delivers: readonly string[];
  /** It may go so long without saying how far it is complete, in milliseconds of elapsed time. */
  readonly allowedSilence: number;
  /** The ids of the prisons of which it is expected to say so. No other prison's can be silent. */
  readonly expectedOf: ReadonlySet<string>;
}

/** The feeds that are known of, by name. */
export type FeedRegister = ReadonlyMap<string, FeedTerms>;

export const NO_FEEDS: FeedRegister = new Map();

/** What a feed may where nobody says otherwise, in milliseconds. */
export const USUAL_SILENCE = DAY;

/** A feed has said how far it is complete for a prison. */
export interface FeedReport {
  readonly prisonId: string;
  readonly feed: string;
  /** Everything that it delivers has been told up to here; no further than {@link knownAt}, whatever it says. */
  readonly until: Instant;
  readonly knownAt: Instant;
  /** The client that sent it, where the log says so: what comes of another is not of this feed. */
  readonly sender?: string | undefined;
}
