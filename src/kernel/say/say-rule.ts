import type { Rule } from '../rule.js';
import { ruleInWords } from './rule-in-words.js';

/**
 * A rule in plain English, a line for each thing to know: what it watches for, how severe it is when, whom it is about,
 * what closes it, what its sources say, and apart from that what we make of it.
 */
export const sayRule = (rule: Rule): string => {
  const { watches, severity, about, closes, tells, source, because, version } = ruleInWords(rule);
  return [
    `${rule.id}  ${rule.name}`,
    '',
    ...labelled('Watches', watches),
    ...labelled('Severity', [severity]),
    ...labelled('About', [about]),
    ...labelled('Closes', closes),
    ...labelled('Tells', [tells]),
    ...labelled('Owner', [`${rule.owner}.`]),
    ...source.flatMap((one) => labelled('Source', [one])),
    ...labelled('Our view', [because]),
    ...labelled('Version', [version]),
  ].join('\n');
};

const LABEL = 10;
const WIDTH = 100;

/** A label, and its text beside it, broken between words. */
const labelled = (label: string, paragraphs: readonly string[]): string[] =>
  paragraphs.flatMap(broken).map((line, index) => (index === 0 ? label : '').padEnd(LABEL) + line);

/** What follows the first line stands under its words: bullets become indents. */
const broken = (paragraph: string): string[] => {
  const bullets = /^(- )*/.exec(paragraph)?.[0].length ?? 0;
  const lines = paragraph
    .slice(bullets)
    .split(' ')
    .reduce<string[]>((sofar, word) => {
      const line = sofar.at(-1);
      if (line === undefined || line.length + 1 + word.length > WIDTH - LABEL - bullets) return [...sofar, word];
      return [...sofar.slice(0, -1), `${line} ${word}`];
    }, []);
  const bullet = bullets === 0 ? '' : `${' '.repeat(bullets - 2)}- `;
  return lines.map((line, index) => (index === 0 ? bullet : ' '.repeat(bullets)) + line);
};
