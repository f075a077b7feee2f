import type { Condition } from '../condition.js';
import { overdueAsks } from './asks.js';
import { countedUpToLast, lastFew } from './leaves.js';
import type { LifeEvent } from './life.js';
import type { Situation } from './situation.js';
import { truthOf } from './truth-of.js';
import { countedWithin, familiesSeen } from './windows.js';

/**
 * The events that a condition counts: a latched rule that closed opens again only on more than these. Of parts, those of
 * the ones that hold.
 */
export const countedBy = (condition: Condition, situation: Situation): readonly string[] => {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of
        .filter((part) => truthOf(part, situation) === true)
        .flatMap((part) => countedBy(part, situation));
    case 'countWithin':
      return keysOf(condition.distinctBy, countedWithin(condition, situation));
    case 'familiesWithin':
      return idsOf(familiesSeen(condition, situation).flat());
    case 'countUpToLast':
      return idsOf(countedUpToLast(condition, situation));
    case 'lastOf':
      return idsOf(lastFew(condition, situation));
    case 'unansweredFor':
      return idsOf(overdueAsks(condition, situation));
    default:
      return [];
  }
};

/** Of what is counted by a value, such as charges, the values. */
const keysOf = (distinctBy: string | undefined, happened: readonly LifeEvent[]): readonly string[] =>
  distinctBy === undefined ? idsOf(happened) : happened.map(({ event }) => String(event.data[distinctBy]));

const idsOf = (happened: readonly LifeEvent[]): readonly string[] => happened.map(({ event }) => event.id);
