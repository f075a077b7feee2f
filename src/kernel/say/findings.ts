import type { Pattern } from '../condition.js';
import { cited, firstSaying, type Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import type { Transition } from '../transition.js';

/** What an opening condition that holds rests on, for a sentence about it. */
export interface Findings {
  /** The events that were counted, in the order they happened. */
  readonly counted: readonly Occurrence[];
  readonly count: number | undefined;
  /** How many there should be. */
  readonly expected: number | undefined;
  /** How many the prison allows. */
  readonly capacity: number | undefined;
  /** The risk families that were counted. */
  readonly families: readonly string[] | undefined;
  /** The events that the first choice between conditions rests on. */
  readonly grounds: readonly Occurrence[];
  /** What the first denial misses: several kinds where any of them would do. */
  readonly missing: readonly (readonly Pick<Pattern, 'type' | 'where'>[])[];
  /** When the first condition with a beginning began. */
  readonly since: Instant | undefined;
  /** When what was expected had fallen due, absences taken into account. */
  readonly due: Instant | undefined;
  /** The same as the record says it, where an absence moved it; alone, where the person has yet to come back. */
  readonly dueOnRecord: Instant | undefined;
  /** The leaving after which the person was seen in the prison, while no return is on record. */
  readonly left: Occurrence | undefined;
}

/** Conditions whose events are what the rule is about; others cite what a clock runs from. */
const COUNTING = new Set([
  'absentFor',
  'seen',
  'unansweredFor',
  'dueBy',
  'countWithin',
  'familiesWithin',
  'countUpToLast',
  'lastOf',
  'caseload',
  'sessionsAtOnce',
  'sessionTime',
  'shortSessions',
  'presence',
  'silent',
]);

/** Conditions that measure, and cite nothing or not all. */
const MEASURING = new Set(['minutesUnder', 'deliveredUnder', 'neverSeenRising']);

/** Reads the evidence of a rule's opening condition: whom it applies to stands first in it, its steps last. */
export const findingsOf = ({ because, at, atLimit }: Pick<Transition, 'because' | 'at' | 'atLimit'>): Findings => {
  const steps = because.of?.at(-1) ?? because;
  const counting = firstSaying(steps, ({ op, holds, cites }) => COUNTING.has(op) && holds === true && cites.length > 0);
  const overdue = atLimit
    ? firstSaying(atLimit, hasDue)
    : firstSaying(steps, ({ due, holds }) => due !== undefined && due <= at && holds === true);
  const measured = firstSaying(steps, ({ op, holds }) => MEASURING.has(op) && holds === true);
  const choice = firstSaying(steps, ({ op, holds }) => op === 'any' && holds === true);
  return {
    counted: [...(counting?.cites ?? [])].sort((a, b) => a.at - b.at),
    count: counting?.count ?? measured?.count,
    expected: measured?.expected,
    capacity: counting?.capacity,
    since: firstSaying(steps, ({ since, holds }) => since !== undefined && holds === true)?.since,
    families: counting?.families,
    grounds: choice ? cited(choice) : [],
    missing: missingIn(firstSaying(steps, ({ op, holds }) => op === 'not' && holds === true)),
    due: overdue?.due,
    dueOnRecord: overdue?.dueOnRecord,
    left: firstSaying(steps, ({ left }) => left !== undefined)?.left,
  };
};

const missingIn = (denial: Evidence | undefined): Findings['missing'] => {
  const [denied] = denial?.of ?? [];
  const parts = denied?.op === 'all' ? (denied.of ?? []) : denied ? [denied] : [];
  return parts.map(kindsMissing).filter((kinds) => kinds.length > 0);
};

const kindsMissing = ({ missing, of = [] }: Evidence): readonly Pick<Pattern, 'type' | 'where'>[] =>
  missing ? [missing] : of.flatMap(kindsMissing);

const hasDue = ({ due, dueOnRecord }: Evidence): boolean => due !== undefined || dueOnRecord !== undefined;
