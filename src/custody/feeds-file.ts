import { readPrisonLists } from '../access/prison-lists.js';
import type { ExpectedFeeds } from './feeds.js';

/** The file has mistakes; each is listed with its line and column. A feed left out by mistake would never be missed. */
class InvalidFeedsFile extends Error {
  readonly code = 'INVALID_FEEDS_FILE';
  constructor(problems: readonly string[]) {
    super(`Which feeds are expected cannot be read:\n${problems.join('\n')}`);
  }
}

/** Feeds are labels of metrics, so their names are short and hold only what a label may hold. */
const names = {
  pattern: /^[a-z0-9][a-z0-9.-]{0,49}$/,
  says: 'is no name of a feed: use at most 50 lower-case letters, digits, hyphens and dots',
};

/** Reads `config/feeds.yml`; where there is no such file, no feed is expected. @throws InvalidFeedsFile */
export const readFeedsFile = (file: string): ExpectedFeeds => {
  const { sections, problems } = readPrisonLists(file, { sections: ['feeds'], names, takesAll: false });
  if (problems.length > 0) throw new InvalidFeedsFile(problems);
  return new Map(
    Array.from(sections.feeds).flatMap(([feed, prisons]) => (prisons === 'all' ? [] : [[feed, prisons] as const])),
  );
};
