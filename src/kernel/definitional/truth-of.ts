import type { Condition } from '../condition.js';
import { all, any, not, type Truth } from '../truth.js';
import { overdueAsks } from './asks.js';
import * as leaf from './leaves.js';
import * as prisons from './prison-leaves.js';
import { since } from './scopes.js';
import { restsOnSilence } from './silence.js';
import type { Situation } from './situation.js';
import * as talks from './talks.js';
import * as windows from './windows.js';

type Connective = Extract<Condition, { op: 'all' | 'any' | 'not' | 'rule' }>;
type LeafCondition = Exclude<Condition, Connective>;

/** Whether a condition holds in a situation: Kleene's connectives over leaves that may be unknown. */
export const truthOf = (condition: Condition, situation: Situation): Truth => {
  switch (condition.op) {
    case 'all':
      return all(condition.of.map((part) => truthOf(part, situation)));
    case 'any':
      return any(condition.of.map((part) => truthOf(part, situation)));
    case 'not':
      return not(truthOf(condition.of, situation));
    case 'rule': {
      const { condition: opening, pauses } = situation.openingOf(condition.id);
      return truthOf(opening, { ...situation, pauses });
    }
    default:
      return restsOnSilence(condition, situation) ? 'unknown' : holds(condition, situation);
  }
};

const holds = (condition: LeafCondition, situation: Situation): boolean => {
  switch (condition.op) {
    case 'latest':
      return leaf.latest(condition, situation);
    case 'heldFor':
      return leaf.heldFor(condition, situation);
    case 'absentFor':
      return leaf.absentFor(condition, situation);
    case 'seen':
      return leaf.seen(condition, situation);
    case 'neverMet':
      return leaf.neverMet(condition, situation);
    case 'unansweredFor':
      return overdueAsks(condition, situation).length >= condition.atLeast;
    case 'dueBy':
      return leaf.dueBy(condition, situation);
    case 'notPast':
      return leaf.notPast(condition, situation);
    case 'countWithin':
      return windows.countWithin(condition, situation);
    case 'noneWithin':
      return windows.noneWithin(condition, situation);
    case 'endedWithin':
      return windows.endedWithin(condition, situation);
    case 'familiesWithin':
      return windows.familiesSeen(condition, situation).length >= condition.atLeast;
    case 'countUpToLast':
      return leaf.countedUpToLast(condition, situation).length >= condition.atLeast;
    case 'lastOf':
      return leaf.lastOf(condition, situation);
    case 'minutesUnder':
      return windows.minutesUnder(condition, situation);
    case 'deliveredUnder':
      return prisons.deliveredUnder(condition, situation);
    case 'neverSeenRising':
      return prisons.neverSeenRising(condition, situation);
    case 'caseload':
      return situation.caseload.length >= condition.atLeast;
    case 'sessionsAtOnce':
      return talks.atOnce(condition, situation);
    case 'sessionTime':
      return talks.longDay(condition, situation);
    case 'shortSessions':
      return talks.shortInARow(condition, situation);
    case 'sinceRaised':
      return leaf.sinceRaised(condition, situation);
    default:
      return since(condition, situation) !== undefined;
  }
};
