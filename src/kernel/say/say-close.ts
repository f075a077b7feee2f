import { NEVER } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { joinedIn, type Condition, type Selector } from '../condition.js';
import { firstSaying } from '../evidence.js';
import type { Rule } from '../rule.js';
import type { Transition } from '../transition.js';
import { join } from './join.js';
import { sayCondition } from './say-condition.js';
import { noneOf } from './say-events.js';
import { sayDue, sayEvents } from './say-when.js';

/** Why an alert closed. */
export const sayClose = (transition: Transition, days: LocalDays): string => {
  const { at, outcome, evidence } = transition;
  switch (outcome) {
    case 'met':
      return `Closed by ${sayEvents(evidence, (on) => days.sayDay(on))}.`;
    case 'recorded-late':
      return `Closed by ${sayEvents(evidence, (on) => days.sayDay(on))}, in time but known only since ${days.sayInstant(at)}.`;
    case 'withdrawn':
      return 'An event that it rested on was withdrawn or quashed.';
    case 'merged':
      return 'The records were merged with those of another prison number; what is still true is open under that number.';
    case 'rule-changed':
      return `By the rules that hold for this person since ${days.sayInstant(at)} it is not asked for.`;
    case 'left':
      return `The stay had ended by ${days.sayInstant(at)}.`;
    default:
      return (
        sayNotDue(transition, days) ??
        sayLapse(transition, days) ??
        `What it was about had ended by ${days.sayInstant(at)}.`
      );
  }
};

/** What it is about goes on, but an absence that became known since has moved its limit. */
const sayNotDue = ({ at, because, atLimit }: Transition, days: LocalDays): string | undefined => {
  const steps = atLimit ?? because.of?.at(-1) ?? because;
  const waiting = firstSaying(
    steps,
    ({ holds, due = NEVER, dueOnRecord }) => holds === false && dueOnRecord !== undefined && due > at,
  );
  if (waiting?.dueOnRecord === undefined) return undefined;
  const { due, dueOnRecord } = waiting;
  return due === undefined
    ? `It is not due yet: it was due by ${sayDue(dueOnRecord, days)}, and waits for the person to come back.`
    : `It is not due yet: an absence moved it from ${sayDue(dueOnRecord, days)} to ${sayDue(due, days)}.`;
};

/** Nothing came of it: only time has passed, until what was counted lay too far back. */
const sayLapse = ({ at, rule, because, evidence }: Transition, days: LocalDays): string | undefined => {
  const ranOut = firstSaying(because, ({ op, holds }) => op === 'running' && holds === false) !== undefined;
  const windows = windowsOf(rule);
  if (evidence.length > 0 || ranOut || windows.length === 0) return undefined;
  const what = partsOf(rule).some(({ op }) => op === 'unansweredFor')
    ? 'What waited for an answer had fallen out of'
    : 'Too little of what it counted was left in';
  const answer = answerOf(rule);
  const none = answer ? `; no ${noneOf(answer, sayCondition)} was recorded` : '';
  return `${what} the ${join(windows.map(String), 'or')} days by ${days.sayInstant(at)}${none}.`;
};

const partsOf = ({ steps, closesWhen }: Rule): Condition[] => {
  const decisive = closesWhen ?? steps[0]?.when;
  return decisive ? joinedIn(decisive).map((part) => (part.op === 'not' ? part.of : part)) : [];
};

/** What has a window at whose end nothing more is counted. */
const WINDOWS = new Set<Condition['op']>([
  'familiesWithin',
  'countWithin',
  'endedWithin',
  'sessionsAtOnce',
  'sessionTime',
  'shortSessions',
]);

/** The days for which it counts what has happened. */
const windowsOf = (rule: Rule): number[] => {
  const windows = partsOf(rule).flatMap((part) => {
    if (part.op === 'unansweredFor') return part.elsewhere ?? [];
    return WINDOWS.has(part.op) && 'window' in part ? part.window : [];
  });
  return [...new Set(windows)];
};

/** What would have answered what it counted, each by itself. */
const answerOf = (rule: Rule): Selector | undefined =>
  partsOf(rule).flatMap((part) =>
    part.op === 'unansweredFor' ? [part.answer] : part.op === 'noneWithin' ? [part.event] : [],
  )[0];
