import type { Rule } from '../../kernel/rule.js';
import { capitalised } from '../../kernel/say/join.js';
import { ruleInWords } from '../../kernel/say/rule-in-words.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import { english } from '../words/english.js';
import type { SourcePoints } from '../../kernel/language/read-sources.js';

const words = english.rules;

/** All rules, by what they are about. */
export interface RulesPage {
  readonly families: readonly { readonly name: string; readonly rules: readonly RuleLine[] }[];
  readonly count: number;
}

interface RuleLine {
  readonly id: string;
  readonly name: string;
  readonly severities: readonly string[];
}

export const rulesPage = (rules: readonly Rule[]): RulesPage => {
  const names = [...new Set(rules.map(familyOf))];
  return {
    count: rules.length,
    families: names.map((name) => ({
      name,
      rules: rules
        .filter((rule) => familyOf(rule) === name)
        .map((rule) => ({ id: rule.id, name: rule.name, severities: levelsOf(rule) })),
    })),
  };
};

/** A line of what a rule watches: how deep it stands in the list, and its words. */
interface StatedLine {
  readonly depth: number;
  readonly text: string;
}

/** One rule in plain words. */
export interface RulePage {
  readonly id: string;
  readonly name: string;
  readonly watches: readonly StatedLine[];
  readonly severity: string;
  readonly about: string;
  readonly closes: readonly StatedLine[];
  readonly tells: string;
  readonly owner: string;
  readonly source: readonly string[];
  readonly because: string;
  readonly version: string;
}

export const rulePage = (rule: Rule): RulePage => {
  const inWords = ruleInWords(rule);
  return {
    ...inWords,
    id: rule.id,
    name: rule.name,
    owner: rule.owner,
    severity: levelsInWords(inWords.severity),
    watches: inWords.watches.map(lineOf),
    closes: inWords.closes.map(lineOf),
    tells: capitalised(levelsInWords(inWords.tells)),
  };
};

export const levelsInWords = (text: string): string =>
  text.replaceAll(LEVELS, (level) => english.frame.severity[level as Severity]);

/** As rule files have them. */
const LEVELS = new RegExp(`\\b(${SEVERITIES.join('|')})\\b`, 'g');

const BULLETS = /^(- )*/;

const lineOf = (line: string): StatedLine => {
  const bullets = BULLETS.exec(line)?.[0].length ?? 0;
  return { depth: bullets / 2, text: line.slice(bullets) };
};

const familyOf = ({ id }: Rule): string => words.family(id.split('-')[0] ?? id);

const levelsOf = ({ steps }: Rule): string[] => [...new Set(steps.map(({ level }) => level))];

interface Point {
  readonly says: string;
  readonly rules: readonly { readonly id: string; readonly name: string }[];
  readonly missing: string;
}

/** What the sources ask for, and which rules answer it. */
export interface BySourcePage {
  readonly sources: readonly { readonly source: string; readonly points: readonly Point[] }[];
}

export const bySourcePage = (sources: readonly SourcePoints[], rules: readonly Rule[]): BySourcePage => ({
  sources: sources.map(({ source, points }) => ({
    source,
    points: points.map(({ says, rules: ids, missing = '' }) => ({
      says,
      rules: rules.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name })),
      missing,
    })),
  })),
});
