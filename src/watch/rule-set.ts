import type { NotWatched } from '../kernel/coverage.js';
import type { FeedRegister } from '../kernel/feed-terms.js';
import type { PrisonFile } from '../kernel/language/read-prison-file.js';
import type { SourcePoints } from '../kernel/language/read-sources.js';
import type { Rulebook } from '../kernel/rulebook.js';

/** Everything that is configured of what is watched, read together and replaced together. */
export interface RuleSet {
  readonly rulebook: Rulebook;
  /** The feeds that are known of. */
  readonly feeds?: FeedRegister | undefined;
  /** By prison: the rules that cannot be watched there, as nobody tells of what it takes. */
  readonly notWatched?: ReadonlyMap<string, NotWatched> | undefined;
  /** What the sources of the rules say or ask for. */
  readonly sources?: readonly SourcePoints[] | undefined;
  /** Those prisons that say something for themselves. */
  readonly prisons?: readonly PrisonFile[] | undefined;
}
