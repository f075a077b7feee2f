import { subjectIn } from '../prison/alert-subject.js';
import type { LocalDays } from '../prison/local-days.js';
import { type Caseload, type CaseloadRegister, NOBODY } from './caseloads.js';
import { Rulebook } from './rulebook.js';
import type { Silences } from './silences.js';
import { Watchlist } from './watchlist.js';

/**
 * A list of the feeds that prisons expect, for the rules about them. Each stands for a number; its history are its reports
 * (`ofFeed`), of which the last alone matters. Whether a feed is silent is asked of the silences, which know each report
 * before the list learns it.
 * @param rulebook of people
 * @param isWatched whether the rules watch it here, by the text that names it
 */
export const feedWatchlist = (
  rulebook: Rulebook,
  days: LocalDays,
  silences: Silences,
  isWatched: (feed: string) => boolean = () => true,
): Watchlist => {
  const isExpected = (feed: string): boolean => {
    const { id = '', prisonId = '' } = subjectIn(feed) ?? {};
    return silences.expects(prisonId, id);
  };
  const rules = rulebook.about('feed') ?? new Rulebook([], days);
  const isWatchedHere = (feed: string): boolean => isExpected(feed) && isWatched(feed);
  return new Watchlist(rules, days, isWatchedHere, undefined, new QuietFeeds(silences));
};

/** When the feeds of prisons are silent, by the texts that name them. */
class QuietFeeds implements CaseloadRegister {
  constructor(private readonly silences: Silences) {}

  of(text: string): Caseload {
    const { id = '', prisonId = '' } = subjectIn(text) ?? {};
    return { ...NOBODY, prisonId, silence: this.silences.ofFeed(prisonId, id) };
  }
}
