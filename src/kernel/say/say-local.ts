import { asksCapacity, isOff } from '../local-rule.js';
import { WEEKLY } from '../prison-settings.js';
import type { Rule } from '../rule.js';
import type { RulesInForce } from '../rulebook.js';

/** How a rule is in a prison, beside how everybody has it. */
export interface RuleInPrison {
  /** It is about people there. */
  readonly applies: boolean;
  /** It is another there than in the catalogue. */
  readonly differs: boolean;
  /** What the prison says of that. */
  readonly because: string | null;
}

/** How a rule of the catalogue is under the rules that a prison has. */
export const ruleInPrison = (rule: Rule, { rules, said }: RulesInForce): RuleInPrison & { readonly local: Rule } => {
  const local = rules.find(({ id }) => id === rule.id) ?? rule;
  const differs = local !== rule;
  const ofItself = needsScheme(rule, said) ? undefined : said.rules.get(rule.id)?.because;
  const because = ofItself ?? said.keyWork?.because ?? ofKeyWork(rule, said.keyWork);
  return { local, applies: !isOff(local), differs, because: differs ? because : null };
};

/** Whether a rule is about nobody there for want of a key work scheme, whatever else the prison says of it. */
export const needsScheme = ({ keyWork }: Rule, said: RulesInForce['said']): boolean =>
  keyWork !== undefined && said.keyWork?.scheme === false;

const ofKeyWork = (rule: Rule, keyWork: RulesInForce['said']['keyWork']): string => {
  if (keyWork?.scheme === false) return 'there is no key work scheme';
  const { everyWeeks, minutes, caseload } = keyWork ?? WEEKLY;
  if (asksCapacity(rule)) return `the caseload of a key worker is ${caseload} there`;
  const long = minutes === WEEKLY.minutes ? '' : ` for ${String(minutes)} minutes`;
  return `people are to be seen every ${String(everyWeeks * 7)} days${long}`;
};
