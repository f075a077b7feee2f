import type { Rule } from '../../src/kernel/rule.js';
import { rulesIn } from '../../src/watch/rule-folder.js';

/** The rules in `config/rules`. @throws InvalidRules, NoRules */
export const catalogue = (): readonly Rule[] => rulesIn('config/rules').map(({ rule }) => rule);

/** The same, as if each had always been in force, so that histories of any year try them. */
export const catalogueOfAllTimes = (): readonly Rule[] =>
  catalogue().map((rule) => ({ ...rule, effectiveFrom: '2018-01-01' }));

/** Of these those about people, and not about key workers, feeds or prisons. */
export const rulesAboutPeople = (): readonly Rule[] =>
  catalogueOfAllTimes().filter(({ subject }) => subject === undefined);
