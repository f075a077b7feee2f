import type { Rule } from '../../src/kernel/rule.js';
import { rulesIn } from '../../src/watch/rule-folder.js';

/** The rules in `config/rules`. @throws InvalidRules, NoRules */
export const catalogue = (): readonly Rule[] => rulesIn('config/rules').map(({ rule }) => rule);
