import { definitionalReading } from '../../src/kernel/definitional.js';
import { Course } from '../../src/kernel/definitional/course.js';
import { standing } from '../../src/kernel/definitional/standing.js';
import { inTheOrderKnown, numberOf } from '../../src/kernel/definitional/known-events.js';
import type { LocalDays } from '../../src/prison/local-days.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import type { Rule } from '../../src/kernel/rule.js';
import type { Transition } from '../../src/kernel/transition.js';

/** Where a person is, and whom a rule is about: what every alert rests on without citing it. */
const UNDERSTOOD = ['PrisonerReceived', 'PrisonerReleased', 'ComplexityOfNeedChanged', 'EventWithdrawn'];

/**
 * Whether the events that an alert cites are reason enough for it: looked at by definition, they alone make its opening
 * condition true at the instant it was raised, or became worse.
 * @param known everything that was known of the person then, for where they were and eligibility
 * @param rules the rules that the rule may refer to, itself included
 */
export const checkEvidence = (
  { rule, at, evidence }: Pick<Transition, 'rule' | 'at' | 'evidence'>,
  known: readonly Occurrence[],
  rules: readonly Rule[],
  days: LocalDays,
): boolean => {
  const cited = new Set([...evidence, ...shownBy(known)].map(({ id }) => id));
  const history = known.filter(({ id, type }) => cited.has(id) || UNDERSTOOD.includes(type));
  return definitionalReading(rule, { history, t: at, days, rules }).opening === true;
};

/** What shows, without being a movement, that the person is in prison. */
const shownBy = (known: readonly Occurrence[]): readonly Occurrence[] => {
  const [first] = known;
  const inOrder = inTheOrderKnown(known).map(({ event }) => event);
  return first ? new Course(standing(inOrder).eventsOf(numberOf(first))).presences : [];
};
