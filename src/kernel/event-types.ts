import type { Condition, Selector } from './condition.js';

const typesOf = (selector: Selector): string[] => selector.map(({ type }) => type);

/** The selectors that a condition matches events against itself. */
const selectorsOf = (condition: Condition): Selector[] => {
  switch (condition.op) {
    case 'during':
    case 'running':
      return [condition.from, condition.until];
    case 'unansweredFor':
      return [...condition.asks.map(({ event }) => event), condition.answer];
    case 'familiesWithin':
      return Object.values(condition.families);
    case 'absentFor':
    case 'seen':
    case 'neverMet':
    case 'dueBy':
    case 'countWithin':
    case 'countUpToLast':
    case 'lastOf':
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
      return [condition.condition];
    case 'neverMet':
      return [condition.holder];
    default:
      return 'within' in condition && typeof condition.within === 'object' ? [condition.within] : [];
  }
};

const unique = (types: readonly string[]): string[] => [...new Set(types)];

/** The event types that the condition's own operator takes in. */
export const typesHeard = (condition: Condition): string[] => {
  if (condition.op === 'assigned') return [condition.by, condition.until];
  if (condition.op === 'latest') return [condition.event];
  return unique(selectorsOf(condition).flatMap(typesOf));
};

/**
 * Every event type that the condition's truth may hang on: its own and those of all it asks.
 * @param openingOf what a `rule` refers to
 */
export const typesNeeded = (condition: Condition, openingOf: (rule: string) => Condition): string[] => {
  if (condition.op === 'rule') return typesNeeded(openingOf(condition.id), openingOf);
  const asked = selectorsOf(condition)
    .flat()
    .flatMap(({ when }) => (when ? [when] : []));
  const own = condition.op === 'unassigned' ? [condition.by, condition.until] : typesHeard(condition);
  return unique([...own, ...[...partsOf(condition), ...asked].flatMap((part) => typesNeeded(part, openingOf))]);
};
