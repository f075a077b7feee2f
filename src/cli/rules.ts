import { capitalised } from '../kernel/say/join.js';
import type { SourcePoints } from '../kernel/language/read-sources.js';
import { join } from 'node:path';
import type { Command } from 'commander';
import { feedsOf, rulesOf } from '../app/estate.js';
import { readSettings } from '../app/settings.js';
import { systemClock } from '../store/clock.js';
import { sayProblem } from '../kernel/language/problems.js';
import { runTimelines, sayFailure } from '../kernel/language/run-timelines.js';
import { ruleInPrison, type RuleInPrison } from '../kernel/say/say-local.js';
import { sayRule } from '../kernel/say/say-rule.js';
import { readRuleFolder, rulesIn, sourcesIn } from '../watch/rule-folder.js';
import { rulesDiffVerb } from './rules-diff.js';
import { EXIT, WrongUsage } from './exit.js';
import { table, writeLines } from './output.js';

const FOLDER = ['[dir]', 'folder of rules (default: rules in CONFIG_DIR)'] as const;

export const rulesVerb = (program: Command): void => {
  const rules = program.command('rules').description('Checks, tests, lists and explains the rules.');
  rules
    .command('check')
    .description('Finds mistakes in rule files and in the settings of prisons, with line and column.')
    .argument(...FOLDER)
    .option('--prisons <dir>', 'folder of the settings of prisons (default: prisons in CONFIG_DIR)')
    .action(check);
  rules
    .command('test')
    .description('Plays the stories of the rules.')
    .argument(...FOLDER)
    .action(test);
  rules
    .command('list')
    .description('Lists the rules.')
    .option('--by-source', 'what the sources ask for, each point with the rules that answer it')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => (options.bySource ? listBySource(options) : list(options)));
  rules
    .command('explain')
    .description('Explains a rule in plain English, with its source.')
    .argument('<rule>', 'its id, such as KW-01')
    .option('--prison <id>', 'as this prison has it now')
    .action(explain);
  rulesDiffVerb(rules);
};

interface RulesCheckOptions {
  readonly prisons?: string;
}

const ownFolder = (name: 'rules' | 'prisons'): string => join(readSettings(process.env).configDir, name);

const folder = (given: string | undefined): string => given ?? ownFolder('rules');

const check = async (given: string | undefined, { prisons }: RulesCheckOptions): Promise<void> => {
  const {
    files,
    prisons: settings,
    problems,
  } = readRuleFolder(folder(given), prisons ?? ownFolder('prisons'), feedsOf(readSettings(process.env)));
  for (const problem of problems) process.stderr.write(`${sayProblem(problem)}\n`);
  if (problems.length > 0) process.exitCode = EXIT.found;
  else await writeLines([`${files.length} rules, ${sayPrisons(settings.length)}no mistakes.`], String);
};

const sayPrisons = (count: number): string =>
  count === 0 ? '' : `settings of ${count} prison${count === 1 ? '' : 's'}, `;

const test = async (given: string | undefined): Promise<void> => {
  const files = rulesIn(folder(given));
  const failures = runTimelines(files);
  await writeLines(failures, sayFailure);
  const count = files.reduce((sum, { timelines }) => sum + timelines.length, 0);
  await writeLines(
    [`${count - failures.length} of ${count} timelines of ${files.length} rules came out as told.`],
    String,
  );
  if (failures.length > 0) process.exitCode = EXIT.found;
};

interface ListOptions {
  readonly json?: boolean;
  readonly bySource?: boolean;
}

const list = async ({ json }: ListOptions): Promise<void> => {
  const rows = rulesIn(folder(undefined)).map(({ rule, budget }) => ({
    id: rule.id,
    version: rule.version,
    effectiveFrom: rule.effectiveFrom,
    severities: rule.steps.map(({ level }) => level).join(' '),
    owner: rule.owner,
    budget: budget ?? null,
    name: rule.name,
  }));
  const columns = ['id', 'version', 'severities', 'owner', 'name'] as const;
  await (json ? writeLines(rows, JSON.stringify) : writeLines(table(rows, columns), String));
};

const listBySource = async ({ json }: ListOptions): Promise<void> => {
  const sources = sourcesIn(folder(undefined));
  await (json ? writeLines(sources, JSON.stringify) : writeLines(sources.flatMap(sayPoints), String));
};

const sayPoints = ({ source, points }: SourcePoints): string[] => [
  source,
  ...points.flatMap(({ says, rules, missing }) => [
    `  ${capitalised(says)}`,
    `    ${rules.length === 0 ? 'no rule' : rules.join(', ')}`,
    ...(missing === undefined ? [] : [`    not answered yet: ${missing}`]),
  ]),
];

const explain = async (id: string, { prison }: { readonly prison?: string }): Promise<void> => {
  const { rulebook } = rulesOf(readSettings(process.env));
  const { catalogue } = rulebook;
  const rule = catalogue.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (!rule) throw new WrongUsage(`There is no rule "${id}". There are: ${catalogue.map((one) => one.id).join(', ')}.`);
  const { local, ...how } = ruleInPrison(rule, rulebook.inForceWith(rule, prison?.toUpperCase(), systemClock.now()));
  const said = prison === undefined ? [] : ['', sayInPrison(how)];
  await writeLines([how.applies ? sayRule(local) : sayRule(rule), ...said], String);
};

const sayInPrison = ({ applies, differs, because }: RuleInPrison): string => {
  if (!differs) return 'This prison has it as everybody has it.';
  return applies ? `This prison has it so because ${because}.` : `It does not apply in this prison: ${because}.`;
};
