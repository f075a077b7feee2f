import type { Rule } from '../../kernel/rule.js';
import type { RulesInForce } from '../../kernel/rulebook.js';
import { capitalised } from '../../kernel/say/join.js';
import { ruleInWords } from '../../kernel/say/rule-in-words.js';
import { needsScheme, ruleInPrison } from '../../kernel/say/say-local.js';
import { sayDate } from '../frame/moments.js';
import { english } from '../words/english.js';
import { levelsInWords } from './rules.page.js';

const words = english.rules.inPrisons;

/** A prison, with the rules about whomever the rule is about as they are there now. */
export interface PrisonWithRules {
  readonly prisonId: string;
  readonly inForce: RulesInForce;
  /** Somebody tells there of what the rule takes. */
  readonly isWatched: boolean;
}

/** Prisons that have a rule in the same other way. */
export interface RuleHere {
  readonly prisons: string;
  readonly how: readonly string[];
  readonly because: string;
  /** Where it is said what the prison is told; only of one prison in which the rule is not watched. */
  readonly coverage: string;
}

/** How a rule is another in some prisons than elsewhere, and why. @param nameOf what a prison is called */
export const ruleInPrisons = (
  rule: Rule,
  prisons: readonly PrisonWithRules[],
  nameOf: (prisonId: string) => string,
): RuleHere[] => {
  const rows = prisons.flatMap((prison) => {
    const { differs, because } = ruleInPrison(rule, prison.inForce);
    return differs ? [{ ...prison, how: howIn(rule, prison), because: sentence(because ?? '') }] : [];
  });
  const alike = Map.groupBy(rows, ({ how, because }) => JSON.stringify([how, because]));
  return [...alike.values()].flatMap((same) => {
    const [first, ...more] = same;
    if (!first) return [];
    const { how, because, prisonId } = first;
    const coverage = !how.includes(words.notWatched)
      ? ''
      : more.length > 0
        ? '/prisons'
        : `/prisons/${prisonId}/watched`;
    return [{ prisons: same.map((one) => nameOf(one.prisonId)).join(', '), how, because, coverage }];
  });
};

const howIn = (rule: Rule, { inForce, isWatched }: PrisonWithRules): string[] => {
  if (needsScheme(rule, inForce.said)) return [words.noScheme];
  if (!isWatched) return [words.notWatched];
  const { local, applies } = ruleInPrison(rule, inForce);
  const terms = inForce.said.rules.get(rule.id);
  if (applies) return differences(rule, local);
  return [words.off(terms?.until && sayDate(terms.until))];
};

/** What a prison's rule says that the rule does not. */
const differences = (rule: Rule, local: Rule): string[] => {
  const [everywhere, here] = [ruleInWords(rule), ruleInWords(local)];
  const changed = (part: 'watches' | 'closes') => here[part].filter((line) => !everywhere[part].includes(line));
  return [
    ...(here.severity === everywhere.severity ? [] : [words.severity(levelsInWords(here.severity))]),
    ...changed('watches').map((line) => words.watches(line.replace(/^(- )+/, ''))),
    ...changed('closes').map((line) => words.closes(line.replace(/^(- )+/, ''))),
  ];
};

const sentence = (text: string): string => (text === '' ? '' : `${capitalised(text)}.`);
