import type { Rule } from '../../kernel/rule.js';
import type { UsefulCount } from '../../safety-alerts/figures/alert-figures.js';
import type { Useful } from '../../safety-alerts/alert/safety-alert-events.js';
import { english } from '../words/english.js';

const words = english.oversight;

/** What was said of a rule's safety alerts by those who closed them, a cell each. */
interface RowOfRule {
  readonly rule: string;
  readonly href: string;
  readonly cells: readonly string[];
}

/**
 * Which rules help, and which only make noise: a line for each rule of which anybody said so, the least useful first.
 * Alerts that were closed without an answer are not counted.
 */
export const usefulnessOf = (
  totals: readonly UsefulCount[],
  rules: readonly Pick<Rule, 'id' | 'name'>[],
): RowOfRule[] =>
  [...Map.groupBy(totals, ({ rule }) => rule)]
    .map(([rule, said]) => {
      const of = (useful: Useful): number => said.find((one) => one.useful === useful)?.count ?? 0;
      const answered = of('yes') + of('no') + of('unsure');
      return { rule, yes: of('yes'), no: of('no'), unsure: of('unsure'), share: of('yes') / answered };
    })
    .sort((a, b) => a.share - b.share || a.rule.localeCompare(b.rule))
    .map(({ rule, yes, no, unsure, share }) => ({
      rule: `${rule} ${rules.find(({ id }) => id === rule)?.name ?? ''}`.trim(),
      href: `/rules/${rule}`,
      cells: [words.number(yes), words.number(no), words.number(unsure), words.percent(share * 100)],
    }));
