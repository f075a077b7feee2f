import { readdirSync, readFileSync } from 'node:fs';
import { checkTogether } from '../../src/kernel/language/check-together.js';
import { sayProblem } from '../../src/kernel/language/problems.js';
import { readDefinitions } from '../../src/kernel/language/read-definitions.js';
import { readRuleFile, type RuleFile } from '../../src/kernel/language/read-rule-file.js';
import { knownEvents } from '../../src/watch/rule-folder.js';

const FOLDER = 'config/rules';

const known = knownEvents();
const textOf = (file: string): string => readFileSync(`${FOLDER}/${file}`, 'utf8');

/** The rules as they are delivered; `changed` may give a file another text. */
export const configRules = (changed = (_file: string, text: string): string => text) => {
  const { vocabulary, problems } = readDefinitions('definitions.yml', textOf('definitions.yml'), known);
  const names = readdirSync(FOLDER).filter((name) => !['definitions.yml', 'sources.yml'].includes(name));
  const readings = names.sort().map((name) => readRuleFile(name, changed(name, textOf(name)), vocabulary));
  const files: RuleFile[] = readings.map(({ read }) => read);
  const all = [...problems, ...readings.flatMap((reading) => reading.problems), ...checkTogether(files)];
  return { files, problems: all.map(sayProblem) };
};
