import { readPrisonLists } from '../access/prison-lists.js';
import { FEED_NAME } from './feed-name.js';
import type { ExpectedFeeds } from './feeds.js';

/** The file has mistakes; each is listed with its line and column. A feed left out by mistake would never be missed. */
class InvalidFeedsFile extends Error {
  readonly code = 'INVALID_FEEDS_FILE';
  constructor(problems: readonly string[]) {
    super(`Which feeds are expected cannot be read:\n${problems.join('\n')}`);
  }
}

const names = { pattern: FEED_NAME.pattern, says: `is no name of a feed: use ${FEED_NAME.allowed}` };

/** Reads `config/feeds.yml`; where there is no such file, no feed is expected. @throws InvalidFeedsFile */
export const readFeedsFile = (file: string): ExpectedFeeds => {
  const { sections, problems } = readPrisonLists(file, { sections: ['feeds'], names, takesAll: false });
  if (problems.length > 0) throw new InvalidFeedsFile(problems);
  return new Map(
    Array.from(sections.feeds).flatMap(([feed, prisons]) => (prisons === 'all' ? [] : [[feed, prisons] as const])),
  );
};
