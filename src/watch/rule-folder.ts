import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CATALOGUE } from '../custody/catalogue/catalogue.js';
import { TELL_AGE } from '../prison/age.js';
import type { FeedRegister } from '../kernel/feed-terms.js';
import type { SourcePoints } from '../kernel/language/read-sources.js';
import { readSources } from '../kernel/language/read-sources.js';
import { checkTogether } from '../kernel/language/check-together.js';
import { readDefinitions } from '../kernel/language/read-definitions.js';
import { readPrisonFile, type PrisonFile } from '../kernel/language/read-prison-file.js';
import { readRuleFile, type RuleFile } from '../kernel/language/read-rule-file.js';
import { sayProblem, type Problem } from '../kernel/language/problems.js';
import type { EventMembers } from '../kernel/language/vocabulary.js';

const DEFINITIONS = 'definitions.yml';
const SOURCES = 'sources.yml';
/** The files that are not rules. */
const SHARED = [DEFINITIONS, SOURCES];

/** What a folder of rules holds, and what prisons say of these: what could be read, and every mistake found. */
export interface RuleFolder {
  readonly files: readonly RuleFile[];
  /** The settings of those prisons that have any. */
  readonly prisons: readonly PrisonFile[];
  /** What the sources say or ask for, and which of these rules answer it. */
  readonly sources: readonly SourcePoints[];
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

/** The types of custody events, and what rules may ask of the data of each: its members, and what follows from an age. */
export const knownEvents = (): EventMembers =>
  new Map(
    [...CATALOGUE.values()].map(({ type, data }) => {
      const members = data.members.map(({ name }) => name);
      return [type, TELL_AGE.includes(type) ? [...members, 'under18Until'] : members];
    }),
  );

/**
 * Reads every rule in a folder, and the settings of prisons in another, mistakes included.
 * @param prisonFolder there may be none: then no prison says anything for itself
 * @param feeds those that prisons may declare; any, where this is missing
 * @throws NoRules
 */
export const readRuleFolder = (folder: string, prisonFolder?: string, feeds?: FeedRegister): RuleFolder => {
  const known = knownEvents();
  const [definitions, asked, ...texts] = textsIn(folder);
  const { vocabulary, problems } = readDefinitions(definitions.file, definitions.text, known);
  const readings = texts.map(({ file, text }) => readRuleFile(file, text, vocabulary));
  const files = readings.map(({ read }) => read);
  const ids = files.map(({ rule }) => rule.id);
  const points = readSources(asked.file, asked.text, ids);
  const settings = settingsIn(prisonFolder, files);
  return {
    files,
    prisons: settings.map(({ read }) => read),
    sources: points.sources,
    problems: [
      ...problems,
      ...readings.flatMap((reading) => reading.problems),
      ...checkTogether(files),
      ...points.problems,
      ...settings.flatMap((reading) => reading.problems),
      ...settings.flatMap(({ read }) => unknownFeeds(read, feeds)),
    ],
  };
};

/** The settings of each prison that has a file, such as `XYI.yml`; every file there must be one, so that none is overlooked. */
const settingsIn = (folder: string | undefined, rules: readonly RuleFile[]) =>
  (folder !== undefined && existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => !name.startsWith('.') && !name.endsWith('.md'))
    .sort()
    .map((name) => {
      const file = join(folder ?? '', name);
      return readPrisonFile(file, readFileSync(file, 'utf8'), basename(name, '.yml'), rules);
    });

/** A feed of which nobody says what it delivers would leave every rule unwatched, and nobody would notice. */
const unknownFeeds = ({ feeds = [], place }: PrisonFile, register: FeedRegister | undefined): Problem[] =>
  feeds
    .filter((feed) => register && !register.get(feed)?.delivers.length)
    .map((feed) => ({
      ...place,
      message: `Nobody says what the feed "${feed}" delivers: say it in config/feeds.yml.`,
    }));

interface Text {
  readonly file: string;
  readonly text: string;
}

/** The definitions, then the points of the sources (empty where there is no such file), then a file for each rule. */
const textsIn = (folder: string): [Text, Text, ...Text[]] => {
  const read = (name: string): Text => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') });
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yml'));
    const rules = names.filter((name) => !SHARED.includes(name)).sort();
    const sources = names.includes(SOURCES) ? read(SOURCES) : { file: SOURCES, text: '[]' };
    return [read(DEFINITIONS), sources, ...rules.map(read)];
  } catch (error) {
    throw new NoRules(folder, error);
  }
};

/** The same, where nothing in it is a mistake. @throws InvalidRules, NoRules */
export const withoutMistakes = (folder: string, prisonFolder?: string, feeds?: FeedRegister): RuleFolder => {
  const read = readRuleFolder(folder, prisonFolder, feeds);
  if (read.problems.length > 0) throw new InvalidRules(read.problems);
  return read;
};

/** The rules of a folder, all of them without a mistake. @throws InvalidRules, NoRules */
export const rulesIn = (folder: string): RuleFile[] => [...withoutMistakes(folder).files];

/** What the sources of these rules ask for. @throws InvalidRules, NoRules */
export const sourcesIn = (folder: string): readonly SourcePoints[] => withoutMistakes(folder).sources;
