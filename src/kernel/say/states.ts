import type { Condition, Pattern, Scope, Selector } from '../condition.js';
import { plural } from '../limit.js';
import { join } from './join.js';
import { anyOf, sayWhere } from './say-events.js';

/** How a condition with a beginning is said: that it is so, that it is not, and how it began. */
export interface State {
  readonly is: string;
  readonly isNot: string;
  readonly began: string;
  readonly ended?: string;
}

/** The state that a scope describes, in the words that staff use. */
export const stateOf = (scope: Scope, say: (condition: Condition) => string): State => {
  switch (scope.op) {
    case 'stay':
      return { is: 'the person is in the prison', isNot: 'the person is not in the prison', began: 'this stay began' };
    case 'custody':
      return {
        is:
          scope.days === undefined
            ? 'the person is in custody'
            : `this custody began at least ${plural(scope.days, 'day')} before`,
        isNot:
          scope.days === undefined
            ? 'the person is not in custody'
            : `this custody began less than ${plural(scope.days, 'day')} before`,
        began: 'this custody began',
      };
    case 'arrival':
      return {
        is: 'this stay began with an arrival',
        isNot: 'this stay did not begin with an arrival',
        began: 'the arrival',
      };
    case 'presence':
      return {
        is: 'something that can only be done in the prison shows that the person is there, and no movement is recorded since',
        isNot: 'every return is on record',
        began: 'it was seen that the person was there',
      };
    case 'silent':
      return { is: 'the feed is silent', isNot: 'the feed is heard', began: 'the feed fell silent' };
    case 'away':
      return {
        is: `the person is away (${awayAt(scope.reasons)})`,
        isNot: `the person is not away (${awayAt(scope.reasons)})`,
        began: 'the person left',
      };
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

const awayAt = (reasons: readonly unknown[]): string =>
  join(
    reasons.map((reason) => AWAY[String(reason)] ?? String(reason)),
    'or',
  );

const AWAY: Readonly<Record<string, string>> = {
  SENT_TO_COURT: 'at court',
  TEMPORARY_ABSENCE_RELEASE: 'on temporary absence',
  TAKEN_TO_HOSPITAL: 'in hospital',
};

const during = (from: Selector, until: Selector, say: (condition: Condition) => string): State => {
  const [first] = from;
  if (first?.starts?.op === 'arrival') return arrivedWhen(first, say);
  const known = first && STATES[stateKey(from)];
  if (known) return known;
  const code = first?.where.find((where) => 'is' in where && where.field === 'code');
  if (first?.type === 'RiskMarkerAdded' && code && 'is' in code) return marked(code.is.map(String));
  const [start, end] = [anyOf(from, say), anyOf(until, say)];
  const over = until.length === 0 ? '' : ` and no ${end.replace(/^an? /, '')} since`;
  return {
    is: `there has been ${start}${over}`,
    isNot: `it is not between ${start} and ${end}`,
    began: start,
    ended: `there was ${end}`,
  };
};

/** By the event that begins the state. */
const stateKey = (from: Selector): string => from[0]?.type ?? '';

const STATES: Readonly<Record<string, State>> = {
  SegregationStarted: {
    is: 'the person is segregated',
    isNot: 'the person is not segregated',
    began: 'segregation began',
    ended: 'segregation ended',
  },
  AcctOpened: {
    is: 'an ACCT is open',
    isNot: 'no ACCT is open',
    began: 'the ACCT was opened',
    ended: 'an ACCT was closed',
  },
  AcctClosed: {
    is: 'an ACCT was closed and not reopened',
    isNot: 'no ACCT stands closed',
    began: 'the ACCT was closed',
    ended: 'an ACCT was opened again',
  },
  KeyWorkerAvailabilityChanged: {
    is: 'the key worker is recorded as unavailable',
    isNot: 'the key worker is not recorded as unavailable',
    began: 'the absence of the key worker began',
    ended: 'the key worker came back',
  },
  IncentiveLevelChanged: {
    is: 'the person is on Basic',
    isNot: 'the person is not on Basic',
    began: 'the move to Basic',
    ended: 'the person was moved off Basic',
  },
};

/** A stay that began with an arrival in some circumstances, and what they began that has not ended since. */
const arrivedWhen = ({ when, where }: Pattern, say: (condition: Condition) => string): State => {
  if (when?.op === 'during') return ON_OPEN_ACCT;
  const so = [sayWhere(where), when ? `at a time when ${say(when)}` : ''].map((part) => part && ` ${part}`).join('');
  return {
    is: `this stay began with an arrival${so}`,
    isNot: `this stay did not begin with an arrival${so}`,
    began: `the arrival${so}`,
  };
};

const ON_OPEN_ACCT: State = {
  is: 'the person arrived with an ACCT open that is still open',
  isNot: 'the person did not arrive with an ACCT open',
  began: 'the arrival with an ACCT open',
};

const MARKERS: Readonly<Record<string, string>> = {
  HC: 'self-harm in custody',
  HS: 'self-harm in the community',
  VLES: 'little English spoken',
  HA: 'ACCT open',
  VIP: 'isolated prisoner',
};

/** `HC (self-harm in custody)`; the code alone of a marker that no rule knows. */
export const sayMarker = (code: string): string => {
  const meaning = MARKERS[code];
  return meaning === undefined ? code : `${code} (${meaning})`;
};

const marked = (codes: readonly string[]): State => {
  const marker = codes.map(sayMarker).join(' or ');
  return {
    is: `the person has risk marker ${marker}`,
    isNot: `the person does not have risk marker ${marker}`,
    began: `risk marker ${marker} was added`,
    ended: `risk marker ${marker} was removed`,
  };
};
