import type { Condition } from '../condition.js';
import type { Rule } from '../rule.js';
import { worst, type Severity } from '../../prison/severity.js';
import type { Truth } from '../truth.js';
import type { Situation } from './situation.js';
import { truthOf } from './truth-of.js';

/** What a rule says of a person in a situation. */
export interface DefinitionalReading {
  /** In a stay, or a key worker or feed that the rule is about. */
  readonly inStay: boolean;
  /** Whether the rule is about this person. */
  readonly applies: Truth;
  /** Whether its alert is due. */
  readonly opening: Truth;
  /** The highest step reached; nothing while none is. */
  readonly severity: Severity | undefined;
}

/** "The KW rules and INC-02 apply to eligible people only, all other rules to everyone in a stay." */
const appliesOf = ({ subject, appliesTo }: Rule): Condition => {
  const own: readonly Condition[] = appliesTo ? [appliesTo.condition] : [];
  return { op: 'all', of: subject ? own : [{ op: 'stay' }, ...own] };
};

/** "A rule with several steps is true as soon as any of them is due." */
export const definitionalOpening = (rule: Rule): Condition => ({
  op: 'all',
  of: [appliesOf(rule), { op: 'any', of: rule.steps.map(({ when }) => when) }],
});

/** Reads a rule, straight from the events of the situation. */
export const readingOf = (rule: Rule, situation: Situation): DefinitionalReading => {
  const at = { ...situation, pauses: rule.pauses };
  const opening = truthOf(definitionalOpening(rule), at);
  const reached = opening === true ? rule.steps.filter(({ when }) => truthOf(when, at) === true) : [];
  return {
    inStay: rule.subject !== undefined || at.stay !== undefined,
    applies: truthOf(appliesOf(rule), at),
    opening,
    severity: worst(reached.map(({ level }) => level)),
  };
};
