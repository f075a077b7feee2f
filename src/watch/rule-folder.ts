import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../custody/catalogue/catalogue.js';
import { checkTogether } from '../kernel/language/check-together.js';
import { readDefinitions } from '../kernel/language/read-definitions.js';
import { readRuleFile, type RuleFile } from '../kernel/language/read-rule-file.js';
import { sayProblem, type Problem } from '../kernel/language/problems.js';
import type { KnownEvents } from '../kernel/language/vocabulary.js';

const DEFINITIONS = 'definitions.yml';

/** What a folder of rules holds: the rules that could be read, and every mistake found. */
export interface RuleFolder {
  readonly files: readonly RuleFile[];
  readonly problems: readonly Problem[];
}

/** The rules cannot be used as they are. Nothing is watched with half a catalogue. */
class InvalidRules extends Error {
  readonly code = 'INVALID_RULES';
  constructor(readonly problems: readonly Problem[]) {
    super(`The rules have mistakes:\n${problems.map(sayProblem).join('\n')}`);
  }
}

/** There is no folder of rules there. */
class NoRules extends Error {
  readonly code = 'NO_RULES';
  constructor(folder: string, cause: unknown) {
    super(`No rules can be read from ${folder}. It must hold ${DEFINITIONS} and a file for each rule.`, { cause });
  }
}

/** Custody-event types, and the members that each one's data may hold. */
const knownEvents = (): KnownEvents =>
  new Map([...CATALOGUE.values()].map(({ type, data }) => [type, data.members.map(({ name }) => name)]));

/** Reads every rule in a folder, mistakes included. @throws NoRules */
export const readRuleFolder = (folder: string): RuleFolder => {
  const known = knownEvents();
  const [definitions, ...texts] = textsIn(folder);
  const { vocabulary, problems } = readDefinitions(definitions.file, definitions.text, known);
  const readings = texts.map(({ file, text }) => readRuleFile(file, text, vocabulary));
  const files = readings.map(({ read }) => read);
  return {
    files,
    problems: [...problems, ...readings.flatMap((reading) => reading.problems), ...checkTogether(files)],
  };
};

interface Text {
  readonly file: string;
  readonly text: string;
}

/** The definitions first, then a file for each rule. */
const textsIn = (folder: string): [Text, ...Text[]] => {
  const read = (name: string): Text => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') });
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yml') && name !== DEFINITIONS);
    return [read(DEFINITIONS), ...names.sort().map(read)];
  } catch (error) {
    throw new NoRules(folder, error);
  }
};

/** The rules of a folder, all of them without a mistake. @throws InvalidRules, NoRules */
export const rulesIn = (folder: string): RuleFile[] => {
  const { files, problems } = readRuleFolder(folder);
  if (problems.length > 0) throw new InvalidRules(problems);
  return [...files];
};
