import type { Condition, Scope, Selector } from '../condition.js';
import { anyOf } from './say-events.js';

/** How a condition with a beginning is said: that it is so, that it is not, and how it began. */
export interface State {
  readonly is: string;
  readonly isNot: string;
  readonly began: string;
}

/** The state that a scope describes, in the words that staff use. */
export const stateOf = (scope: Scope, say: (condition: Condition) => string): State => {
  switch (scope.op) {
    case 'stay':
      return { is: 'the person is in the prison', isNot: 'the person is not in the prison', began: 'this stay began' };
    case 'assigned':
      return {
        is: 'the person has a key worker',
        isNot: 'the person has no key worker',
        began: 'the key worker was allocated',
      };
    case 'unassigned':
      return {
        is: 'the person has no key worker',
        isNot: 'the person has a key worker',
        began: 'the stay began or the last key worker was taken away',
      };
    case 'running':
      return {
        is: 'cellular confinement is running',
        isNot: 'no cellular confinement is running',
        began: 'the confinement began',
      };
    case 'during':
      return during(scope.from, scope.until, say);
  }
};

const during = (from: Selector, until: Selector, say: (condition: Condition) => string): State => {
  const [first] = from;
  const known = first && STATES[stateKey(from)];
  if (known) return known;
  const code = first?.where.find((where) => 'is' in where && where.field === 'code');
  if (first?.type === 'RiskMarkerAdded' && code && 'is' in code) return marked(code.is.map(String));
  const [start, end] = [anyOf(from, say), anyOf(until, say)];
  const over = until.length === 0 ? '' : ` and no ${end.replace(/^an? /, '')} since`;
  return { is: `there has been ${start}${over}`, isNot: `it is not between ${start} and ${end}`, began: start };
};

/** By the event that begins the state, and whether it must happen in some circumstances. */
const stateKey = (from: Selector): string => `${from[0]?.type ?? ''}${from[0]?.when ? ' while' : ''}`;

const STATES: Readonly<Record<string, State>> = {
  SegregationStarted: {
    is: 'the person is segregated',
    isNot: 'the person is not segregated',
    began: 'segregation began',
  },
  AcctOpened: { is: 'an ACCT is open', isNot: 'no ACCT is open', began: 'the ACCT was opened' },
  AcctClosed: {
    is: 'an ACCT was closed and not reopened',
    isNot: 'no ACCT stands closed',
    began: 'the ACCT was closed',
  },
  IncentiveLevelChanged: {
    is: 'the person is on Basic',
    isNot: 'the person is not on Basic',
    began: 'the move to Basic',
  },
  PrisonerReceived: {
    is: 'this stay began with an arrival',
    isNot: 'this stay did not begin with an arrival',
    began: 'the arrival',
  },
  'PrisonerReceived while': {
    is: 'the person arrived with an ACCT open that is still open',
    isNot: 'the person did not arrive with an ACCT open',
    began: 'the arrival with an ACCT open',
  },
};

const MARKERS: Readonly<Record<string, string>> = {
  HC: 'self-harm in custody',
  HS: 'self-harm in the community',
  VLES: 'little English spoken',
};

const marked = (codes: readonly string[]): State => {
  const marker = codes.map((code) => (MARKERS[code] ? `${code} (${MARKERS[code]})` : code)).join(' or ');
  return {
    is: `the person has risk marker ${marker}`,
    isNot: `the person does not have risk marker ${marker}`,
    began: `risk marker ${marker} was added`,
  };
};
