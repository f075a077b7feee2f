import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../src/custody/catalogue/catalogue.js';
import { readDefinitions } from '../../src/kernel/language/read-definitions.js';
import { readRuleFile } from '../../src/kernel/language/read-rule-file.js';
import type { Rule } from '../../src/kernel/rule.js';

const RULES = 'config/rules';
const DEFINITIONS = 'definitions.yml';

/** The rules in `config/rules`, as they read. Mistakes in them are for `rules check` to find. */
export const catalogue = (): readonly Rule[] => {
  const known = new Map([...CATALOGUE].map(([type, { data }]) => [type, data.members.map(({ name }) => name)]));
  const read = (file: string): string => readFileSync(join(RULES, file), 'utf8');
  const { vocabulary } = readDefinitions(DEFINITIONS, read(DEFINITIONS), known);
  const files = readdirSync(RULES).filter((file) => file.endsWith('.yml') && file !== DEFINITIONS);
  return files.sort().map((file) => readRuleFile(file, read(file), vocabulary).read.rule);
};
