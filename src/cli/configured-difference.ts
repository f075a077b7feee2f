import type { ConfiguredRules } from '../app/estate.js';
import { ruleInWords } from '../kernel/say/rule-in-words.js';
import { ruleInPrison } from '../kernel/say/say-local.js';
import type { Rule } from '../kernel/rule.js';
import { NEVER, type Instant } from '../prison/instant.js';

/** One thing that other files say otherwise: of a rule, everywhere or in a prison; of a prison; of a feed. */
export interface ConfiguredDifference {
  /** `KW-01`, `KW-01 in XYI`, `KW-01 in XYI from 7 December 2026`, `XYI`, `feed case-notes`. */
  readonly of: string;
  readonly part: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** What is configured otherwise, as it is from an instant on: rules, how prisons have them, what prisons and feeds say else. */
export const differencesIn = (before: ConfiguredRules, after: ConfiguredRules, at: Instant): ConfiguredDifference[] => {
  const everywhere = between(partsOfRules(before), partsOfRules(after));
  const known = new Set(everywhere.map(sayDifference));
  const prisons = [...new Set([before, after].flatMap(prisonsIn))].sort();
  const there = prisons.flatMap((prisonId) => {
    // What is other in a prison as it is other everywhere, or as it was before, is said once.
    let said = known;
    return changesIn(prisonId, [before, after], at).flatMap((t) => {
      const found = between(partsOfRules(before, prisonId, t), partsOfRules(after, prisonId, t));
      const fresh = found.filter((one) => !said.has(sayDifference(one)));
      said = new Set([...known, ...found.map(sayDifference)]);
      const from = t === at ? '' : ` from ${after.days.sayDay(t)}`;
      return fresh.map((one) => ({ ...one, of: `${one.of} in ${prisonId}${from}` }));
    });
  });
  return [
    ...everywhere,
    ...there,
    ...between(partsOfPrisons(before), partsOfPrisons(after)),
    ...between(partsOfFeeds(before), partsOfFeeds(after)),
  ];
};

/** An instant, and each later one at which a prison begins or ceases to have rules in a way of its own. */
const changesIn = (prisonId: string, configured: readonly ConfiguredRules[], at: Instant): Instant[] => {
  const changes: Instant[] = [];
  for (let t = at; t < NEVER;) {
    changes.push(t);
    const inForce = configured.map(({ rulebook }) => rulebook.inForce(prisonId, t));
    t = Math.min(...inForce.map(({ until }) => until));
  }
  return changes;
};

type Parts = ReadonlyMap<string, Readonly<Record<string, string>>>;

const prisonsIn = ({ prisons }: ConfiguredRules): string[] => prisons.map(({ settings }) => settings.prisonId);

const partsOfRules = ({ rulebook }: ConfiguredRules, prisonId?: string, at: Instant = 0): Parts =>
  new Map(
    rulebook.catalogue.map((rule) => {
      if (prisonId === undefined) return [rule.id, partsOf(rule)];
      const { local, applies, because } = ruleInPrison(rule, rulebook.inForceWith(rule, prisonId, at));
      return [rule.id, applies ? partsOf(local) : { applies: `No: ${because ?? 'it is off'}.` }];
    }),
  );

const partsOf = (rule: Rule): Record<string, string> => {
  const words = Object.entries(ruleInWords(rule)) as [string, string | readonly string[]][];
  const parts = words.map(([part, said]): [string, string] => [part, typeof said === 'string' ? said : said.join(' ')]);
  return { name: rule.name, owner: rule.owner, ...Object.fromEntries<string>(parts) };
};

const partsOfPrisons = ({ prisons }: ConfiguredRules): Parts =>
  new Map(
    prisons.map(({ settings, name, region, wings, feeds, recipients }) => [
      settings.prisonId,
      {
        name,
        ...(region !== undefined && { region }),
        ...(wings && { wings: wings.source }),
        ...(feeds && { feeds: feeds.join(', ') }),
        // Addresses are somebody's.
        ...Object.fromEntries(
          Array.from(recipients, ([role, { length }]) => [`recipients of ${role}`, String(length)]),
        ),
      },
    ]),
  );

const partsOfFeeds = ({ feeds }: ConfiguredRules): Parts =>
  new Map(
    Array.from(feeds, ([feed, { delivers, allowedSilence, expectedOf }]) => [
      `feed ${feed}`,
      {
        delivers: delivers.join(', '),
        allowedSilence: `${allowedSilence / 60_000} minutes`,
        expectedOf: [...expectedOf].join(', '),
      },
    ]),
  );

/** Of what is only there before or after, its name alone is told. */
const between = (before: Parts, after: Parts): ConfiguredDifference[] =>
  [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((of) => {
    const [was, is] = [before.get(of), after.get(of)];
    if (!was || !is) return [{ of, part: 'all', was: was ? nameOf(was) : null, is: is ? nameOf(is) : null }];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((part) => was[part] !== is[part] && !('applies' in { ...was, ...is } && part !== 'applies'))
      .map((part) => ({ of, part, was: was[part] ?? null, is: is[part] ?? null }));
  });

const nameOf = (parts: Readonly<Record<string, string>>): string => parts['name'] ?? 'it is there';

const sayDifference = ({ of, part, was, is }: ConfiguredDifference): string => JSON.stringify([of, part, was, is]);
