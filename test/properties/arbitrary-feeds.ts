import fc from 'fast-check';
import type { KnownFeeds } from '../../src/kernel/definitional/silence.js';
import type { FeedTerms } from '../../src/kernel/feed-terms.js';
import { DAY, HOUR } from '../../src/prison/instant.js';
import { days, type History } from './arbitraries.js';

const PRISONS = ['XYI', 'XYM'];
const FEEDS = ['one', 'other'];
const MOVES = ['PrisonerReceived', 'PrisonerReleased'];

/** What a feed of some of these events may be agreed to do; now and then it tells of movements, too. */
const termsOf = (types: readonly string[]): fc.Arbitrary<FeedTerms> =>
  fc.record({
    delivers: fc
      .tuple(fc.subarray([...types], { minLength: 1 }), fc.integer({ min: 0, max: 5 }))
      .map(([some, movements]) => (movements === 0 ? [...new Set([...some, ...MOVES])] : some)),
    allowedSilence: fc.constantFrom(HOUR, 10 * HOUR, DAY, 2 * DAY),
    expectedOf: fc.subarray(PRISONS, { minLength: 1 }).map((prisons) => new Set(prisons)),
  });

/** A report, before it is known on which day of a story it comes. */
const reportsIn = (span: number) =>
  fc.record({
    feed: fc.constantFrom(...FEEDS),
    prisonId: fc.constantFrom(...PRISONS),
    day: fc.nat(span),
    time: fc.constantFrom(0, HOUR, 2 * HOUR, 10 * HOUR, 11 * HOUR, DAY - 1),
    behind: fc.constantFrom(-HOUR, 0, 0, 0, HOUR, 14 * HOUR, DAY, 3 * DAY),
  });

/** Who sends what is told: the feeds, or somebody by hand; now and then the log does not say. */
const SENDERS = ['feeds', 'feeds', 'by hand', undefined];
const sentBy = <T extends object>(told: T, place: number): T & { readonly sender: string | undefined } => ({
  ...told,
  sender: SENDERS[place % SENDERS.length],
});

/** A story, and what two feeds that tell some of it say of themselves meanwhile: often enough, or too seldom. @param span days */
export const toldByFeeds = (
  stories: fc.Arbitrary<History>,
  types: readonly string[],
  span = 20,
): fc.Arbitrary<{ readonly story: History; readonly feeds: KnownFeeds }> =>
  fc
    .record({
      story: stories,
      terms: fc.tuple(termsOf(types), termsOf(types)),
      told: fc.array(reportsIn(span), { minLength: 1, maxLength: 8, size: 'max' }),
    })
    .map(({ story, terms, told }) => {
      const first = days.dayOf(Math.min(...story.history.map(({ at }) => at)));
      return {
        story: { ...story, history: story.history.map((event) => sentBy(event, Number(event.id.slice(1)))) },
        feeds: {
          register: new Map(FEEDS.map((feed, place) => [feed, terms[place] as FeedTerms])),
          reports: told.map(({ day, time, behind, ...report }, place) => {
            const knownAt = days.startOf(first + day) + time;
            return sentBy({ ...report, knownAt, until: knownAt - behind }, place * (day % 2));
          }),
        },
      };
    });
