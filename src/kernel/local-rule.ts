import { scaled, withCapacity, withLimits, withPace } from './limit.js';
import type { KeyWorkTerms, RuleTerms } from './prison-settings.js';
import type { Rule } from './rule.js';

/** No condition at all holds. */
const NOBODY: NonNullable<Rule['appliesTo']> = { name: 'nobody', condition: { op: 'any', of: [] } };

/** Whether a rule is about nobody in the prison that has it so. */
export const isOff = ({ appliesTo }: Rule): boolean => appliesTo?.name === NOBODY.name;

/** Whether a rule asks how many people a key worker may have. */
export const asksCapacity = ({ steps }: Rule): boolean => JSON.stringify(steps).includes('"overCapacity"');

/** A rule as a prison has it, under these terms: one that does not apply there is about nobody. */
export const localRule = (rule: Rule, keyWork: KeyWorkTerms | undefined, terms: RuleTerms | undefined): Rule => {
  if ((terms && !terms.own) || (rule.keyWork && keyWork?.scheme === false)) return { ...rule, appliesTo: NOBODY };
  const local = doneAsIn(terms ? { ...rule, ...terms.own } : rule, keyWork);
  const weeks = keyWork?.everyWeeks ?? 1;
  if (rule.keyWork !== 'scales' || weeks === 1) return local;
  const inWeeks = <Part>(part: Part): Part => withLimits(part, (limit) => scaled(limit, weeks));
  return { ...local, steps: inWeeks(local.steps), repeats: inWeeks(local.repeats) };
};

const doneAsIn = (rule: Rule, keyWork: KeyWorkTerms | undefined): Rule => {
  const steps = keyWork && withCapacity(withPace(rule.steps, keyWork), keyWork.caseload);
  return steps && JSON.stringify(steps) !== JSON.stringify(rule.steps) ? { ...rule, steps } : rule;
};
