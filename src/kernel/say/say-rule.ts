import { DateTime } from 'luxon';
import type { Condition } from '../condition.js';
import type { Rule, Source } from '../rule.js';
import { capitalised } from './join.js';
import { sayCondition, simplified } from './say-condition.js';
import { sayStep } from './say-step.js';

/**
 * A rule in plain English, a line for each thing to know: what it watches for, how severe it is when, whom it is about,
 * what closes it, and where it comes from. What it watches is said from the conditions themselves, so it cannot differ.
 */
export const sayRule = (rule: Rule): string =>
  [
    `${rule.id}  ${rule.name}`,
    '',
    ...labelled('Watches', sayWatched(rule)),
    ...labelled('Severity', [`${rule.steps.map((step) => sayStep(step, rule.steps)).join('; ')}.`]),
    ...labelled('About', [sayPeople(rule)]),
    ...labelled('Closes', sayClosing(rule)),
    ...labelled('Tells', [rule.tells.length === 0 ? 'nobody.' : `${rule.tells.join(', ')}.`]),
    ...labelled('Owner', [`${rule.owner}.`]),
    ...rule.source.flatMap((source) => labelled('Source', [saySource(source)])),
    ...labelled('Version', [`${rule.version}, in force since ${sayDate(rule.effectiveFrom)}.`]),
  ].join('\n');

const sayWatched = ({ steps }: Rule): string[] => {
  const [first] = steps;
  return first ? outline(first.when, '') : [];
};

const JUNCTIONS = ['all', 'any'];

/** One sentence; or, where "and" and "or" stand within each other, a list that shows which belongs to which. */
const outline = (condition: Condition, indent: string): string[] => {
  const simple = simplified(condition);
  if (simple.op !== 'all' && simple.op !== 'any') return [`${indent}${capitalised(sayCondition(simple))}.`];
  const parts = simple.of.map(simplified);
  if (!parts.some(({ op }) => JUNCTIONS.includes(op))) return [`${indent}${capitalised(sayCondition(simple))}.`];
  const head = simple.op === 'all' ? 'All of these:' : 'Any of these:';
  return [`${indent}${head}`, ...parts.flatMap((part) => outline(part, `${indent}- `))];
};

const ELIGIBLE = 'key-work-eligible';

const sayPeople = ({ appliesTo, pauses }: Rule): string => {
  const everyone = 'Everyone in a stay';
  const whom =
    appliesTo === undefined
      ? everyone
      : appliesTo.name === ELIGIBLE
        ? `${everyone}, except where complexity of need is high`
        : `${everyone}, while ${sayCondition(appliesTo.condition)}`;
  return pauses ? `${whom}. Limits wait while the person is away from the prison.` : `${whom}.`;
};

const sayClosing = ({ closesOn, closesWhen }: Rule): string[] => {
  const closes = `${capitalised(closesOn)}.`;
  return closesWhen
    ? [`${closes} It stays open, whatever else changes, until this is so:`, ...outline(closesWhen, '- ')]
    : [closes];
};

const saySource = ({ ref, case: about, says }: Source): string =>
  `${ref}${about === undefined ? '' : ` (${about})`}: ${says}.`;

const sayDate = (isoDate: string): string => DateTime.fromISO(isoDate).setLocale('en-GB').toFormat('d MMMM yyyy');

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
