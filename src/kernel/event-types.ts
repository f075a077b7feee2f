import type { Condition, ConditionOf, Pattern, Selector } from './condition.js';
import { FEED_REPORT } from './feed.js';
import { PRESENCE } from './movements.js';
import { MOVES } from './place-in-custody.js';
import { QUASHABLE } from './strike-outs.js';

const typesOf = (selector: Selector): string[] => selector.map(({ type }) => type);

const inferredIn = ({ inferred }: ConditionOf<'during'>): Selector[] =>
  inferred ? [inferred.from, inferred.until] : [];

/** The selectors against which the condition itself matches events. */
const selectorsOf = (condition: Condition): readonly Selector[] => {
  switch (condition.op) {
    case 'during':
      return [condition.from, condition.until, ...inferredIn(condition)];
    case 'running':
      return [condition.from, condition.until];
    case 'seen':
      return [condition.event, ...(condition.sinceLast ? [condition.sinceLast] : [])];
    case 'unansweredFor':
      return [...condition.asks.map(({ event }) => event), condition.answer];
    case 'familiesWithin':
      return Object.values(condition.families);
    case 'endedWithin':
      return selectorsOf(condition.condition);
    case 'absentFor':
    case 'neverMet':
    case 'dueBy':
    case 'notPast':
    case 'countWithin':
    case 'noneWithin':
    case 'countUpToLast':
    case 'lastOf':
    case 'minutesUnder':
    case 'sinceRaised':
      return [condition.event];
    default:
      return [];
  }
};

/** The conditions that a condition asks. */
const partsOf = (condition: Condition): Condition[] => {
  switch (condition.op) {
    case 'all':
    case 'any':
      return [...condition.of];
    case 'not':
      return [condition.of];
    case 'heldFor':
    case 'endedWithin':
      return [condition.condition];
    case 'neverMet':
      return [condition.holder];
    case 'countWithin':
      return [...withinOf(condition), ...(condition.otherThan ? [condition.otherThan.of] : [])];
    case 'unansweredFor':
      return [...withinOf(condition), ...whilesOf(condition)];
    default:
      return withinOf(condition);
  }
};

const withinOf = (condition: Condition): Condition[] =>
  'within' in condition && typeof condition.within === 'object' ? [condition.within] : [];

/** What has to hold once all events of an ask's instant are taken in. */
const whilesOf = ({ asks }: ConditionOf<'unansweredFor'>): Condition[] =>
  asks.flatMap((ask) => (ask.while ? [ask.while] : []));

/** The conditions that a pattern asks at the instant of its event. */
const askedBy = ({ when, starts, ends }: Pattern): Condition[] =>
  [when, starts, ends].filter((condition) => condition !== undefined);

const unique = (types: readonly string[]): string[] => [...new Set(types)];

/** The event types that the condition's own operator takes in. */
export const typesHeard = (condition: Condition): string[] => {
  if (condition.op === 'assigned') return [condition.by, condition.until];
  if (condition.op === 'latest') return [condition.event];
  if (condition.op === 'silent') return [FEED_REPORT];
  return unique(selectorsOf(condition).flatMap(typesOf));
};

type OpeningOf = (rule: string) => Condition;

/**
 * Every event type by which the condition's truth may change: its own and those of the conditions that it asks. Where
 * movements, or what is struck out, change it, everything is looked at again anyway.
 * @param openingOf what a `rule` refers to
 */
export const typesNeeded = (condition: Condition, openingOf: OpeningOf): string[] =>
  typesThroughout(condition, openingOf, ownTypes);

/**
 * Every event type without which nobody can say whether the condition holds: with those that end an absence, and those
 * that strike out what it counts. Movements only where it asks for itself how the person came, or where they are: in
 * which stay or custody something is counted is read from the record. What asks how the people of a key worker or of a
 * prison fare needs what is told of them, movements too.
 * @param openingOf what a `rule` refers to
 */
export const typesReliedOn = (condition: Condition, openingOf: OpeningOf): string[] => {
  const relied = typesThroughout(condition, openingOf, (part) => {
    const ofPeople = TOLD_OF_PEOPLE[part.op];
    if (ofPeople) return ofPeople;
    if (part.op === 'away') return [...PRESENCE];
    const own = ownTypes(part);
    return own.some((type) => QUASHABLE.has(type)) ? [...own, 'AdjudicationQuashed'] : own;
  });
  return asksForMovements(condition, openingOf) ? unique([...relied, ...MOVES]) : relied;
};

/** What is told of people, by which conditions about key workers and prisons are decided on. */
const TOLD_OF_PEOPLE: Readonly<Partial<Record<Condition['op'], readonly string[]>>> = {
  caseload: ['KeyWorkerAllocated', 'KeyWorkerDeallocated', ...MOVES],
  sessionsAtOnce: ['KeyWorkerSessionHeld'],
  sessionTime: ['KeyWorkerSessionHeld'],
  shortSessions: ['KeyWorkerSessionHeld'],
  deliveredUnder: ['KeyWorkerSessionHeld', 'ComplexityOfNeedChanged', ...MOVES],
  neverSeenRising: ['KeyWorkerSessionHeld', 'ComplexityOfNeedChanged', ...MOVES],
};

/** Whether it, or one of those that it joins, asks for movements alone. Not whether somebody is in a stay: rules go on. */
const asksForMovements = (condition: Condition, openingOf: OpeningOf): boolean => {
  switch (condition.op) {
    case 'rule':
      return asksForMovements(openingOf(condition.id), openingOf);
    case 'all':
    case 'any':
      return condition.of.some((part) => asksForMovements(part, openingOf));
    case 'not':
      return asksForMovements(condition.of, openingOf);
    default:
      return ['arrival', 'custody', 'presence', 'away'].includes(condition.op);
  }
};

const ownTypes = (condition: Condition): readonly string[] =>
  condition.op === 'unassigned' ? [condition.by, condition.until] : typesHeard(condition);

const typesThroughout = (
  condition: Condition,
  openingOf: OpeningOf,
  typesIn: (part: Condition) => readonly string[],
): string[] => {
  if (condition.op === 'rule') return typesThroughout(openingOf(condition.id), openingOf, typesIn);
  const asked = selectorsOf(condition).flat().flatMap(askedBy);
  const parts = [...partsOf(condition), ...asked].flatMap((part) => typesThroughout(part, openingOf, typesIn));
  return unique([...typesIn(condition), ...parts]);
};

const STATES: readonly Condition['op'][] = ['during', 'running', 'endedWithin', 'notPast'];

/**
 * The events that a condition, or a part of it, looks for: asks, answers, what is counted or missing. Not those that
 * begin or end the states it names.
 * @param openingOf what a `rule` refers to
 */
export const eventsAsked = (condition: Condition, openingOf: (rule: string) => Condition): Selector => {
  if (condition.op === 'rule') return eventsAsked(openingOf(condition.id), openingOf);
  const isState = STATES.includes(condition.op);
  const own = isState ? [] : selectorsOf(condition).flat();
  return [...own, ...partsOf(condition).flatMap((part) => eventsAsked(part, openingOf))];
};
