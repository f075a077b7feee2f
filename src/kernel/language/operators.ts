import type { Condition, ConditionOf, Inference, Selector } from '../condition.js';
import { SESSIONS_KEPT } from '../held-sessions.js';
import { MOST_WEEKS } from '../prison-week.js';
import { WEEKLY } from '../prison-settings.js';
import type { Arguments, OperatorReader } from './arguments.js';

const typesOf = (events: Selector): string[] => events.map(({ type }) => type);

const counted = (given: Arguments): { atLeast: number; window: number } => ({
  atLeast: given.whole('atLeast'),
  window: given.window('window'),
});

const during = (given: Arguments): Condition => {
  const from = given.events('from');
  return {
    op: 'during',
    from,
    until: given.events('until'),
    ...(given.has('inferred') && { inferred: inferred(given.part('inferred', ['from', 'until'])) }),
    ...(given.has('each') && { each: given.member('each', typesOf(from)) }),
    ...(given.has('within') && { within: given.oneOf('within', ['stay', 'custody'] as const) }),
  };
};

const inferred = (given: Arguments): Inference => ({ from: given.events('from'), until: given.events('until') });

const custody = (given: Arguments): Condition => ({ op: 'custody', days: given.whole('days') });

const away = (given: Arguments): Condition => ({ op: 'away', reasons: given.values('reasons') });

const assigned = (op: 'assigned' | 'unassigned', given: Arguments): Condition => {
  const [by, until] = [given.eventType('by'), given.eventType('until')];
  return { op, by, until, field: given.member('field', [by, until]) };
};

const running = (given: Arguments): Condition => {
  const [from, until] = [given.events('from'), given.events('until')];
  return {
    op: 'running',
    from,
    until,
    days: given.member('days', typesOf(from)),
    match: given.member('match', typesOf([...from, ...until])),
    ...(given.has('startsOn') && { startsOn: given.member('startsOn', typesOf(from)) }),
  };
};

const latest = (given: Arguments): Condition => {
  const event = given.eventType();
  return {
    op: 'latest',
    event,
    field: given.member('field', [event]),
    is: given.values('is'),
    ...(given.has('within') && { within: given.scope() }),
  };
};

const absentFor = (given: Arguments): Condition => {
  const both = given.limitIfGiven('for');
  const first = given.limitIfGiven('first') ?? both;
  const then = given.limitIfGiven('then') ?? both;
  if (!first && !then) given.complain('Give "for", "first" or "then": how long may it be absent?');
  return {
    op: 'absentFor',
    event: given.events(),
    within: given.scope(),
    ...(first && { first }),
    ...(then && { then }),
    ...(given.truth('strictly') && { strictly: true }),
  };
};

const neverMet = (given: Arguments): Condition => {
  const holder = given.scope('holder');
  if (holder.op !== 'assigned') given.complain('"holder" needs an "assigned" condition.');
  return { op: 'neverMet', holder: holder as ConditionOf<'assigned'>, event: given.events(), for: given.limit('for') };
};

const unanswered = (given: Arguments): Condition => {
  const asks = given.asks();
  if (asks.length === 0) given.complain('Give "ask", or "asks": what waits for an answer?');
  return {
    op: 'unansweredFor',
    asks,
    answer: given.events('answer'),
    atLeast: given.has('atLeast') ? given.whole('atLeast') : 1,
    ...(given.has('within') && { within: given.scope() }),
    ...(given.has('elsewhere') && { elsewhere: given.window('elsewhere') }),
  };
};

const dueBy = (given: Arguments): Condition => {
  const event = given.events();
  const [first, atMost] = [given.limitIfGiven('first'), given.limitIfGiven('atMost')];
  return {
    op: 'dueBy',
    event,
    field: given.member('field', typesOf(event)),
    otherwise: given.limit('otherwise'),
    ...(first && { first }),
    ...(atMost && { atMost }),
    within: given.scope(),
  };
};

const notPast = (given: Arguments): Condition => {
  const event = given.events();
  return { op: 'notPast', event, field: given.member('field', typesOf(event)) };
};

const countWithin = (given: Arguments): Condition => {
  const event = given.events();
  return {
    op: 'countWithin',
    event,
    ...counted(given),
    ...(given.has('distinctBy') && { distinctBy: given.member('distinctBy', typesOf(event)) }),
    ...(given.has('within') && { within: given.scope() }),
    ...(given.has('otherThan') && { otherThan: otherThan(given.part('otherThan', ['field', 'of'])) }),
  };
};

const otherThan = (given: Arguments): NonNullable<ConditionOf<'countWithin'>['otherThan']> => {
  const of = given.scope('of');
  if (of.op !== 'running') given.complain('"of" needs a "running" condition.');
  return { field: given.text('field'), of: of as ConditionOf<'running'> };
};

const noneWithin = (given: Arguments): Condition => ({
  op: 'noneWithin',
  event: given.events(),
  window: given.window('window'),
});

const endedWithin = (given: Arguments): Condition => ({
  op: 'endedWithin',
  condition: given.stateOfCustody('condition'),
  window: given.window('window'),
});

const lastOf = (given: Arguments): Condition => {
  const event = given.events();
  return {
    op: 'lastOf',
    event,
    last: given.whole('last'),
    atLeast: given.whole('atLeast'),
    where: given.whereOfSome('where', event),
    within: given.scope(),
  };
};

/** Under settings of its own a prison's pace stands in the place of this one. */
const PACE = { everyWeeks: WEEKLY.everyWeeks, minutes: WEEKLY.minutes };

const minutesUnder = (given: Arguments): Condition => {
  const event = given.events();
  const field = given.member('field', typesOf(event));
  return { op: 'minutesUnder', event, field, share: given.whole('share'), window: given.window('window'), pace: PACE };
};

const deliveredUnder = (given: Arguments): Condition => ({
  op: 'deliveredUnder',
  share: given.whole('share'),
  weeks: weeksOf(given),
  pace: PACE,
});

const neverSeenRising = (given: Arguments): Condition => ({ op: 'neverSeenRising', weeks: weeksOf(given) });

const weeksOf = (given: Arguments): number => {
  const weeks = given.whole('weeks');
  if (weeks > MOST_WEEKS)
    given.complain(`A rule about a prison looks at ${MOST_WEEKS} weeks at most, not at ${weeks}.`);
  return weeks;
};

const caseload = (given: Arguments): Condition => {
  if (!given.has('above')) return { op: 'caseload', atLeast: given.whole('atLeast') };
  if (given.has('atLeast')) given.complain('Give "atLeast" or "above", not both.');
  given.oneOf('above', ['capacity'] as const);
  return { op: 'caseload', atLeast: WEEKLY.caseload + 1, overCapacity: true };
};

const sessionsAtOnce = (given: Arguments): Condition => ({ op: 'sessionsAtOnce', window: sessionWindow(given) });

const sessionTime = (given: Arguments): Condition => ({
  op: 'sessionTime',
  above: given.limit('above'),
  window: sessionWindow(given),
});

const shortSessions = (given: Arguments): Condition => ({
  op: 'shortSessions',
  under: given.limit('under'),
  inARow: given.whole('inARow'),
  window: sessionWindow(given),
});

const sessionWindow = (given: Arguments): number => {
  const window = given.window('window');
  if (window > SESSIONS_KEPT) given.complain(`The sessions of a key worker are kept for ${SESSIONS_KEPT} days.`);
  return window;
};

const heldFor = (given: Arguments): Condition => ({
  op: 'heldFor',
  condition: given.scope('condition'),
  for: given.limit('for'),
});

const seen = (given: Arguments): Condition => ({
  op: 'seen',
  event: given.events(),
  within: given.scope(),
  ...(given.has('sinceLast') && { sinceLast: given.events('sinceLast') }),
});

const familiesWithin = (given: Arguments): Condition => ({
  op: 'familiesWithin',
  families: given.families(),
  ...counted(given),
});

const countUpToLast = (given: Arguments): Condition => ({
  op: 'countUpToLast',
  event: given.events(),
  ...counted(given),
  within: given.scope(),
});

const sinceRaised = (given: Arguments): Condition => ({
  op: 'sinceRaised',
  event: given.events(),
  ...(given.has('pairWithin') && { pairWithin: given.window('pairWithin') }),
});

const operator = (required: string[], optional: string[], read: OperatorReader['read']): OperatorReader => ({
  required,
  optional,
  read,
});

/** Every operator that a rule may use, by name; `docs/operators.md` has what each means. */
export const OPERATORS: ReadonlyMap<string, OperatorReader> = new Map([
  ['custody', operator(['days'], [], custody)],
  ['away', operator(['reasons'], [], away)],
  ['during', operator(['from', 'until'], ['inferred', 'each', 'within'], during)],
  ['assigned', operator(['by', 'until', 'field'], [], (given) => assigned('assigned', given))],
  ['unassigned', operator(['by', 'until', 'field'], [], (given) => assigned('unassigned', given))],
  ['running', operator(['from', 'until', 'days', 'match'], ['startsOn'], running)],
  ['latest', operator(['event', 'field', 'is'], ['within'], latest)],
  ['heldFor', operator(['condition', 'for'], [], heldFor)],
  ['absentFor', operator(['event', 'within'], ['for', 'first', 'then', 'strictly'], absentFor)],
  ['seen', operator(['event', 'within'], ['sinceLast'], seen)],
  ['neverMet', operator(['holder', 'event', 'for'], [], neverMet)],
  [
    'unansweredFor',
    operator(['answer'], ['ask', 'asks', 'for', 'while', 'atLeast', 'within', 'elsewhere'], unanswered),
  ],
  ['dueBy', operator(['event', 'field', 'otherwise', 'within'], ['first', 'atMost'], dueBy)],
  ['notPast', operator(['event', 'field'], [], notPast)],
  ['countWithin', operator(['event', 'atLeast', 'window'], ['distinctBy', 'within', 'otherThan'], countWithin)],
  ['noneWithin', operator(['event', 'window'], [], noneWithin)],
  ['endedWithin', operator(['condition', 'window'], [], endedWithin)],
  ['familiesWithin', operator(['atLeast', 'window'], ['except'], familiesWithin)],
  ['countUpToLast', operator(['event', 'atLeast', 'window', 'within'], [], countUpToLast)],
  ['lastOf', operator(['event', 'last', 'atLeast', 'where', 'within'], [], lastOf)],
  ['minutesUnder', operator(['event', 'field', 'share', 'window'], [], minutesUnder)],
  ['deliveredUnder', operator(['share', 'weeks'], [], deliveredUnder)],
  ['neverSeenRising', operator(['weeks'], [], neverSeenRising)],
  ['caseload', operator([], ['atLeast', 'above'], caseload)],
  ['sessionsAtOnce', operator(['window'], [], sessionsAtOnce)],
  ['sessionTime', operator(['above', 'window'], [], sessionTime)],
  ['shortSessions', operator(['under', 'inARow', 'window'], [], shortSessions)],
  ['sinceRaised', operator(['event'], ['pairWithin'], sinceRaised)],
]);
