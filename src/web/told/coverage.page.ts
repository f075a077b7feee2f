import { capitalised, join } from '../../kernel/say/join.js';
import { sayType } from '../../kernel/say/say-not-told.js';
import type { CoveredFeed, PrisonCoverage } from '../../oversight/told/coverage-reader.js';
import { sayFeed } from '../lines/feed-line.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';

const words = english.coverage;

/** A rule, as a link names it. */
interface NamedRule {
  readonly id: string;
  readonly name: string;
}

/** What a prison is told and what it is not. @param prison `Example Hill (XYI), Wessex` */
export const coveragePage = (coverage: PrisonCoverage, prison: string) => {
  const { toldEverything, watched, feeds, withoutScheme, missing, together, never } = coverage;
  const notWatched = coverage.notWatched.filter(({ rule }) => !withoutScheme.includes(rule));
  const named = (ids: readonly string[]): NamedRule[] =>
    notWatched.filter(({ rule }) => ids.includes(rule)).map(({ rule: id, name }) => ({ id, name }));
  const rowIf = (feed: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [{ feed, delivers: '', rules: named(ids) }];
  const byWhy = Map.groupBy(notWatched, ({ because }) => because);
  return {
    prison,
    toldEverything,
    watched: words.watched(watched, watched + notWatched.length + withoutScheme.length),
    noScheme: withoutScheme.length > 0 ? words.noScheme(withoutScheme.length) : '',
    feeds: feeds.map((one) => feedRow(one, toldEverything)),
    notWatched: Array.from(byWhy, ([because, rules]) => ({
      why: capitalised(because),
      rules: named(rules.map(({ rule }) => rule)),
    })),
    missing: [
      ...missing.map(({ feed, delivers, watchable }) => ({
        feed: sayFeed(feed),
        delivers: sayDelivered(delivers),
        rules: named(watchable),
      })),
      ...rowIf(words.missing.together, together),
      ...rowIf(words.missing.never, never),
    ],
  };
};

export type CoveragePage = ReturnType<typeof coveragePage>;

const feedRow = (
  { feed, declared, delivers, completeUntil, lastHeard, silent, waiting }: CoveredFeed,
  toldEverything: boolean,
) => ({
  feed: sayFeed(feed),
  delivers: delivers.length === 0 ? words.told.unknown : sayDelivered(delivers),
  completeUntil: completeUntil === null ? words.told.never : sayMoment(completeUntil),
  lastHeard: lastHeard === null ? words.told.neverHeard : sayMoment(lastHeard),
  notes: [
    ...(silent ? [words.told.silent(waiting.length)] : []),
    ...(declared || toldEverything ? [] : [words.told.notDeclared]),
  ],
});

const sayDelivered = (types: readonly string[]): string => capitalised(join([...new Set(types.map(sayType))], 'and'));

/** A prison, in the list of all that somebody looks at. */
export interface ListedCoverage {
  readonly prisonId: string;
  readonly name: string;
  readonly region: string;
  readonly notWatched: number;
  readonly waiting: number;
}
