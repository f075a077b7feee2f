import type { Ask, Condition, ConditionOf, Scope } from '../condition.js';
import { plural, sayLimit, type Limit } from '../limit.js';
import { join, spaced } from './join.js';
import { anyOf, manyOf, noneOf, sayWhere } from './say-events.js';
import { stateOf } from './states.js';

/** A condition as a clause of a plain English sentence: `an ACCT is open`. */
export const sayCondition = (condition: Condition): string => {
  switch (condition.op) {
    case 'stay':
    case 'custody':
    case 'arrival':
    case 'presence':
    case 'silent':
    case 'away':
    case 'during':
    case 'assigned':
    case 'unassigned':
    case 'running':
      return stateOf(condition, sayCondition).is;
    case 'noneWithin':
      return `there has been no ${noneOf(condition.event, sayCondition)} in the last ${plural(condition.window, 'day')}`;
    case 'endedWithin':
      return `${stateOf(condition.condition, sayCondition).ended ?? 'it ended'} in the last ${plural(condition.window, 'day')}`;
    case 'latest':
      return `${spaced(condition.field)} in the last ${noneOf([{ type: condition.event, where: [] }], sayCondition)} is ${join(condition.is.map(String), 'or')}`;
    case 'heldFor':
      return isNothing(condition.for)
        ? sayCondition(condition.condition)
        : `${sayCondition(condition.condition)}, ${sayLimit(condition.for)} after ${began(condition.condition)}`;
    case 'absentFor':
      return absentFor(condition);
    case 'seen':
      return `there has been ${anyOf(condition.event, sayCondition)} ${sinceWhen(condition)}`;
    case 'neverMet':
      return `the present key worker, ${sayLimit(condition.for)} after being allocated, has held no ${noneOf(condition.event, sayCondition)} with the person in this stay`;
    case 'unansweredFor':
      return unansweredFor(condition);
    case 'dueBy':
      return dueBy(condition);
    case 'notPast':
      return AGES[condition.field]?.is ?? `${notPast(condition)} has not passed`;
    case 'countWithin':
      return countWithin(condition);
    case 'familiesWithin':
      return familiesWithin(condition);
    case 'countUpToLast':
      return `there were ${condition.atLeast} or more ${manyOf(condition.event, sayCondition)} in the ${plural(condition.window, 'day')} up to the last one`;
    case 'lastOf':
      return lastOf(condition);
    case 'minutesUnder':
      return minutesUnder(condition);
    case 'deliveredUnder':
      return deliveredUnder(condition);
    case 'neverSeenRising':
      return `with each of the last ${plural(condition.weeks, 'week')} more people had been seen by no key worker since they arrived than with the week before`;
    case 'caseload':
      return caseload(condition);
    case 'sessionsAtOnce':
      return `two sessions of the key worker with different people were at one time, ${inDays(condition.window)}`;
    case 'sessionTime':
      return `the sessions of the key worker took more than ${sayLimit(condition.above)} of one day, ${inDays(condition.window)}`;
    case 'shortSessions':
      return `${condition.inARow} sessions of the key worker one after another were shorter than ${sayLimit(condition.under)}, ${inDays(condition.window)}`;
    case 'sinceRaised':
      return sinceRaised(condition);
    case 'rule':
      return `rule ${condition.id} holds`;
    case 'all':
      return condition.of.map(sayCondition).join(', and ');
    case 'any': {
      const joined = joinedAs('any', condition.of);
      return joined.length === 1 ? sayAny(joined) : `either ${sayAny(joined)}`;
    }
    case 'not':
      return sayNot(condition.of);
  }
};

const sayAny = (of: readonly Condition[]): string => of.map(sayCondition).join(', or ');

/** "Any of a, or any of b and c" is any of a, b and c; so with "all". */
const joinedAs = (op: 'all' | 'any', of: readonly Condition[]): Condition[] =>
  of.flatMap((part) => (part.op === op ? joinedAs(op, part.of) : [part]));

const began = (scope: Scope): string => stateOf(scope, sayCondition).began;

const sinceWhen = ({ within, sinceLast }: ConditionOf<'seen'>): string =>
  `since ${began(within)}${sinceLast ? ` and since the last ${noneOf(sinceLast, sayCondition)}` : ''}`;

const absentFor = ({ event, within, first, then }: ConditionOf<'absentFor'>): string => {
  const none = `there has been no ${noneOf(event, sayCondition)}`;
  if (!first && then) {
    return `there has been ${anyOf(event, sayCondition)} since ${began(within)}, and none for ${sayLimit(then)} since the last one`;
  }
  const sinceStart = first ? ` ${sinceBeginning(first, within)}` : '';
  return then ? `${none}${sinceStart}, or for ${sayLimit(then)} since the last one` : `${none}${sinceStart}`;
};

const sinceBeginning = (limit: Limit, within: Scope): string =>
  limit.kind === 'days' && limit.by !== undefined
    ? `since ${began(within)}, by ${sayLimit(limit)}`
    : `for ${sayLimit(limit)} since ${began(within)}`;

const dueBy = ({ event, field, otherwise, first, atMost, within }: ConditionOf<'dueBy'>): string => {
  const name = noneOf(event, sayCondition);
  const last = `the last ${name} since ${began(within)}`;
  const most = atMost ? ` (${sayLimit(atMost)} after it at most)` : '';
  const due = `the ${dateIn(field)}, as ${last} set it${most}, has passed (where it set none: ${sayLimit(otherwise)} after it)`;
  return first ? `there has been no ${name} ${sinceBeginning(first, within)}, or ${due}` : due;
};

const notPast = ({ event, field }: ConditionOf<'notPast'>): string =>
  `the ${dateIn(field)} in the last ${noneOf(event, sayCondition)}`;

const AGES: Readonly<Record<string, { readonly is: string; readonly isNot: string }>> = {
  under18Until: { is: 'the person is under 18', isNot: 'the person is not known to be under 18' },
};

const DATES: Readonly<Record<string, string>> = {
  authorisedUntil: 'end of the authority',
  nextReviewDue: 'date of the next review',
};

const dateIn = (field: string): string => DATES[field] ?? spaced(field);

const unansweredFor = ({ asks, answer, atLeast, elsewhere }: ConditionOf<'unansweredFor'>): string => {
  const clauses = asks.map((ask) => `${after(ask.for)} ${anyOf(ask.event, sayCondition)}${whileSo(ask)}`);
  const times = atLeast > 1 ? `, for ${atLeast} of them or more` : '';
  const before = elsewhere === undefined ? '' : ` (one of an earlier stay asks for ${plural(elsewhere, 'day')})`;
  return `there has been no ${noneOf(answer, sayCondition)} ${clauses.join(', or ')}${times}${before}`;
};

const whileSo = (ask: Ask): string => (ask.while ? ` while ${sayCondition(ask.while)}` : '');

const after = (limit: Limit | undefined): string =>
  limit && !isNothing(limit) ? `for ${sayLimit(limit)} or more after` : 'after';

/** A limit that is over as soon as it begins. */
export const isNothing = (limit: Limit): boolean => limit.kind === 'hours' && limit.milliseconds === 0;

const countWithin = (condition: ConditionOf<'countWithin'>): string => {
  const { event, atLeast, distinctBy } = condition;
  const when = inWindow(condition);
  const others = butFor(condition);
  if (distinctBy !== undefined) {
    return `there have been ${manyOf(event, sayCondition)} with ${atLeast} or more different ${spaced(distinctBy)}s ${when}${others}`;
  }
  if (atLeast === 1) return `there has been ${anyOf(event, sayCondition)} ${when}${others}`;
  if (event.length === 1) return `there have been ${atLeast} or more ${manyOf(event, sayCondition)} ${when}${others}`;
  return `there have been ${atLeast} or more of these ${when}: ${manyOf(event, sayCondition)}${others}`;
};

const inWindow = ({ window, within }: ConditionOf<'countWithin'>): string =>
  `${inDays(window)}${within ? inScope(within) : ''}`;

const inDays = (window: number): string => `in the last ${plural(window, 'day')}`;

const butFor = ({ otherThan }: ConditionOf<'countWithin'>): string =>
  otherThan ? `, but for those of the ${spaced(otherThan.field)} that it is about` : '';

const inScope = (within: Scope): string =>
  within.op === 'stay' || within.op === 'custody' ? ` of this ${within.op}` : `, since ${began(within)}`;

const familiesWithin = ({ families, atLeast, window }: ConditionOf<'familiesWithin'>): string => {
  const kinds = join(
    Object.keys(families).map((family) => family.toLowerCase()),
    'or',
  );
  return `there have been ${atLeast} or more kinds of risk event (${kinds}) in the last ${plural(window, 'day')}`;
};

const lastOf = ({ event, last, atLeast, where, within }: ConditionOf<'lastOf'>): string => {
  const since = `since ${began(within)}`;
  if (last === 1) return `the last ${noneOf(event, sayCondition)} ${since} was ${sayWhere(where)}`;
  const many = manyOf(event, sayCondition);
  const which = atLeast === last ? `the last ${last} ${many}` : `${atLeast} or more of the last ${last} ${many}`;
  return `${which} ${since} were ${sayWhere(where)}`;
};

const deliveredUnder = ({ share, weeks, pace }: ConditionOf<'deliveredUnder'>): string => {
  const due = pace.everyWeeks === 1 ? 'one a week' : `one every ${plural(pace.everyWeeks, 'week')}`;
  return `in each of the last ${plural(weeks, 'week')} under ${share} per cent of the key worker sessions due were held, ${due} for each person who was there`;
};

const minutesUnder = ({ event, share, window, pace }: ConditionOf<'minutesUnder'>): string => {
  const talked = `the ${manyOf(event, sayCondition)} of this stay in the last ${plural(window, 'day')} on which the person was there`;
  const { everyWeeks, minutes } = pace;
  const every = everyWeeks === 1 ? 'a week' : `every ${plural(everyWeeks, 'week')}`;
  return `${talked} come to under ${share} per cent of ${plural(minutes, 'minute')} ${every}`;
};

const caseload = ({ atLeast, overCapacity }: ConditionOf<'caseload'>): string => {
  if (overCapacity) return `the key worker has more people than the ${atLeast - 1} that a key worker may have`;
  return `the key worker has ${atLeast === 1 ? 'somebody' : `${atLeast} people or more`}`;
};

const sinceRaised = ({ event, pairWithin }: ConditionOf<'sinceRaised'>): string =>
  pairWithin === undefined
    ? `there has been ${anyOf(event, sayCondition)} since the alert was raised`
    : `there have been two ${manyOf(event, sayCondition)} in a row at most ${plural(pairWithin, 'day')} apart since the alert was raised`;

/** De Morgan's laws bring a "not" down to where English has a word for it. */
export const simplified = (condition: Condition): Condition => {
  if (condition.op === 'all' || condition.op === 'any') {
    return { op: condition.op, of: joinedAs(condition.op, condition.of.map(simplified)) };
  }
  if (condition.op !== 'not') return condition;
  const { of } = condition;
  if (of.op === 'not') return simplified(of.of);
  return of.op === 'all' || of.op === 'any'
    ? { op: of.op === 'all' ? 'any' : 'all', of: of.of.map(negated) }
    : condition;
};

const negated = (of: Condition): Condition => simplified({ op: 'not', of });

const sayNot = (of: Condition): string => {
  switch (of.op) {
    case 'all':
    case 'any':
    case 'not':
      return sayCondition(negated(of));
    case 'stay':
    case 'custody':
    case 'arrival':
    case 'presence':
    case 'silent':
    case 'away':
    case 'during':
    case 'assigned':
    case 'unassigned':
    case 'running':
      return stateOf(of, sayCondition).isNot;
    case 'seen':
      return `there has been no ${noneOf(of.event, sayCondition)} ${sinceWhen(of)}`;
    case 'countWithin':
      return of.atLeast === 1
        ? `there has been no ${noneOf(of.event, sayCondition)} ${inWindow(of)}${butFor(of)}`
        : `it is not so that ${sayCondition(of)}`;
    case 'caseload':
      return of.atLeast === 1 ? 'the key worker has nobody' : `the key worker has fewer than ${of.atLeast} people`;
    case 'notPast':
      return AGES[of.field]?.isNot ?? `${notPast(of)} has passed`;
    case 'noneWithin':
      return `there has been ${anyOf(of.event, sayCondition)} in the last ${plural(of.window, 'day')}`;
    case 'latest':
      return `${spaced(of.field)} in the last ${noneOf([{ type: of.event, where: [] }], sayCondition)} is not ${join(of.is.map(String), 'or')}`;
    default:
      return `it is not so that ${sayCondition(of)}`;
  }
};
