import type { Condition } from '../condition.js';
import * as leaf from './leaves.js';
import type { Situation } from './situation.js';
import { truthOf } from './truth-of.js';

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
      return idsOf(leaf.countedWithin(condition, situation));
    case 'familiesWithin':
      return idsOf(leaf.familiesSeen(condition, situation).flat());
    case 'countUpToLast':
      return idsOf(leaf.countedUpToLast(condition, situation));
    case 'lastOf':
      return idsOf(leaf.lastFew(condition, situation));
    case 'unansweredFor':
      return idsOf(leaf.overdueAsks(condition, situation));
    default:
      return [];
  }
};

const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id);
