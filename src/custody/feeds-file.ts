import { existsSync, readFileSync } from 'node:fs';
import { type FeedRegister, type FeedTerms, USUAL_SILENCE } from '../kernel/feed-terms.js';
import { Cursor } from '../kernel/language/cursor.js';
import { didYouMean, sayProblem, type Problem } from '../kernel/language/problems.js';
import { FEED_NAME } from '../prison/feed-name.js';
import { DAY } from '../prison/instant.js';
import { isPrisonId } from '../prison/prison-id.js';
import { CATALOGUE } from './catalogue/catalogue.js';

/** The file has mistakes; each is listed with its line and column. A feed left out by mistake would never be missed. */
class InvalidFeedsFile extends Error {
  readonly code = 'INVALID_FEEDS_FILE';
  constructor(problems: readonly string[]) {
    super(`Which feeds are expected cannot be read:\n${problems.join('\n')}`);
  }
}

/** Reads `config/feeds.yml`; where there is no such file, no feed is known of. @throws InvalidFeedsFile */
export const readFeedsFile = (file: string): FeedRegister => {
  const { feeds, problems } = readFeeds(file, existsSync(file) ? readFileSync(file, 'utf8') : '');
  if (problems.length > 0) throw new InvalidFeedsFile(problems.map(sayProblem));
  return feeds;
};

/** What a text says of feeds, and every mistake in it. */
interface FeedsReading {
  readonly feeds: FeedRegister;
  readonly problems: readonly Problem[];
}

const readFeeds = (file: string, text: string): FeedsReading => {
  const cursor = Cursor.open(file, text);
  const section = cursor.isEmpty() ? undefined : cursor.fields([], ['feeds']).get('feeds');
  const entries = !section || section.isEmpty() ? [] : section.entries();
  const feeds = entries.map(([name, terms, key]) => {
    if (!FEED_NAME.pattern.test(name)) key.complain(`"${name}" is no name of a feed: use ${FEED_NAME.allowed}.`);
    return [name, termsAt(terms)] as const;
  });
  return { feeds: new Map(feeds), problems: cursor.problems };
};

/** A list alone names the prisons, and leaves open what the feed delivers. */
const termsAt = (cursor: Cursor): FeedTerms => {
  if (!cursor.isMap()) return { delivers: [], allowedSilence: USUAL_SILENCE, expectedOf: prisonsAt(cursor) };
  const fields = cursor.fields(['delivers'], ['allowedSilence', 'expectedOf']);
  const [delivers, silence, prisons] = ['delivers', 'allowedSilence', 'expectedOf'].map((name) => fields.get(name));
  return {
    delivers: delivers ? [...new Set(delivers.list().map(typeAt))] : [],
    allowedSilence: silence ? silenceAt(silence) : USUAL_SILENCE,
    expectedOf: prisons ? prisonsAt(prisons) : new Set(),
  };
};

/** A feed knows no midnight: here a day is 24 hours. */
const silenceAt = (cursor: Cursor): number => {
  const limit = cursor.limit();
  const silence = limit.kind === 'days' ? limit.days * DAY : limit.milliseconds;
  if (limit.kind === 'days' && limit.by !== undefined)
    cursor.complain(`A feed knows no time of day: say how long it may be silent, such as P1D, not ${limit.text}.`);
  if (silence === 0)
    cursor.complain(`A feed cannot speak all the time, so it may be silent for longer than ${limit.text}.`);
  return silence;
};

/** The types that feeds deliver: what is told of feeds themselves none does. */
export const DELIVERED = [...CATALOGUE.values()]
  .filter(({ subject }) => subject !== 'feed')
  .map(({ type }) => type as string);

const typeAt = (cursor: Cursor): string => {
  const type = cursor.text();
  if (type !== '' && !DELIVERED.includes(type))
    cursor.complain(`There is no custody event "${type}" that a feed delivers.${didYouMean(type, DELIVERED)}`);
  return type;
};

const prisonsAt = (cursor: Cursor): ReadonlySet<string> => {
  if (!cursor.isList()) cursor.complain('A list of prisons is expected here, such as [XYI, XYM].');
  return new Set(cursor.isList() ? cursor.list().map(prisonAt) : []);
};

const prisonAt = (cursor: Cursor): string => {
  const prison = String(cursor.scalar());
  if (!isPrisonId(prison)) cursor.complain(`"${prison}" is not a prison id, such as XYI.`);
  return prison;
};
