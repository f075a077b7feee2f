import { DateTime } from 'luxon';
import type { Condition } from '../condition.js';
import type { Rule, Source, Step } from '../rule.js';
import { capitalised } from './join.js';
import { sayRole } from './roles.js';
import { anyOf } from './say-events.js';
import { isNothing, sayCondition, simplified } from './say-condition.js';
import { type Limit, sayLimit } from '../limit.js';

/**
 * A rule in plain English, part by part. A line that begins with `- ` belongs under the one before it; each further `- `
 * is a level deeper.
 */
export interface RuleInWords {
  readonly watches: readonly string[];
  readonly severity: string;
  readonly about: string;
  readonly closes: readonly string[];
  /** Who should act. */
  readonly tells: string;
  /** Where it comes from: what each source says, and no more. */
  readonly source: readonly string[];
  /** What follows from that in our judgement. */
  readonly because: string;
  /** The version, and since when it is in force. */
  readonly version: string;
}

/** What a rule watches is said from the conditions themselves, so it cannot differ. */
export const ruleInWords = (rule: Rule): RuleInWords => ({
  watches: sayWatched(rule),
  severity: `${rule.steps.map((step) => sayStep(step, rule.steps)).join('; ')}.`,
  about: sayPeople(rule),
  closes: sayClosing(rule),
  tells: sayTold(rule),
  source: rule.source.map(saySource),
  because: rule.because,
  version: `${rule.version}, in force since ${sayDate(rule.effectiveFrom)}.`,
});

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

const sayPeople = (rule: Rule): string =>
  rule.onlyWhere === 'delivered'
    ? `${sayEverywhere(rule)} Only in prisons that declare a feed which delivers ${anyOf(rule.safeguard, sayCondition)}.`
    : sayEverywhere(rule);

const sayEverywhere = ({ subject, appliesTo, pauses }: Rule): string => {
  if (subject === 'key-worker') return 'Every key worker, in each prison by itself.';
  if (subject === 'prison') return 'Every prison.';
  if (subject === 'feed') return 'Every feed, in each prison that expects it.';
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

/** `key work manager; where MEDIUM: safer custody team.` */
const sayTold = ({ tells, steps }: Rule): string => {
  const otherwise = steps.flatMap((step) => (step.tells ? `where ${step.level}: ${sayRoles(step.tells)}` : []));
  return `${[sayRoles(tells), ...otherwise].join('; ')}.`;
};

const sayRoles = (roles: readonly string[]): string => (roles.length === 0 ? 'nobody' : roles.map(sayRole).join(', '));

const saySource = ({ ref, case: about, says }: Source): string =>
  `${ref}${about === undefined ? '' : ` (${about})`}: ${says}.`;

const sayDate = (isoDate: string): string => DateTime.fromISO(isoDate).setLocale('en-GB').toFormat('d MMMM yyyy');

/** `MEDIUM after 14 days`: when a step is reached, said by what sets it apart from the others. */
const sayStep = (step: Step, steps: readonly Step[]): string => {
  const { level, when } = step;
  const [first] = steps;
  const others = steps.filter((other) => other !== step);
  if (!first || others.length === 0) return level;
  const extra = narrowed(when, first.when);
  if (extra) return `${level} if ${sayCondition(extra)}`;
  const [limit, ...more] = limitsIn(when);
  if (limit && more.length === 0 && others.some((other) => sameBut(when, other.when, 'limit'))) {
    return `${level} ${after(limit)}`;
  }
  if (step === first) return level;
  return sameBut(when, first.when, 'number') ? `${level}${atLeast(when)}` : `${level} if ${sayCondition(when)}`;
};

const after = (limit: Limit): string => {
  if (isNothing(limit)) return 'at once';
  return `${limit.kind === 'days' && limit.by !== undefined ? 'at' : 'after'} ${sayLimit(limit)}`;
};

/** What `when` asks for beyond `first`. */
const narrowed = (when: Condition, first: Condition): Condition | undefined =>
  when.op === 'all' && when.of.length === 2 && same(when.of[0], first) ? when.of[1] : undefined;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sameBut = (a: Condition, b: Condition, what: 'limit' | 'number'): boolean => {
  const without = (_: string, value: unknown): unknown =>
    what === 'limit' ? (isLimit(value) ? null : value) : typeof value === 'number' ? null : value;
  return JSON.stringify(a, without) === JSON.stringify(b, without);
};

const isLimit = (value: unknown): value is Limit =>
  typeof value === 'object' && value !== null && 'kind' in value && 'text' in value;

/** The different limits in a condition. */
const limitsIn = (part: unknown): Limit[] => {
  if (isLimit(part)) return [part];
  if (typeof part !== 'object' || part === null) return [];
  const found = Object.values(part).flatMap(limitsIn);
  return found.filter(({ text }, index) => found.findIndex((other) => other.text === text) === index);
};

const atLeast = (when: Condition): string =>
  'atLeast' in when && when.atLeast > 1 ? ` with ${when.atLeast} or more` : '';
