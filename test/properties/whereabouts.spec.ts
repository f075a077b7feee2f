import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersonNumbers } from '../../src/custody/whereabouts/person-numbers.js';
import { Trail } from '../../src/custody/whereabouts/trail.js';
import type { Whereabouts } from '../../src/custody/whereabouts/whereabouts.js';
import type { Condition, ConditionOf } from '../../src/kernel/condition.js';
import { lastGiven, since } from '../../src/kernel/definitional/scopes.js';
import { situationOf } from '../../src/kernel/definitional/situation-of.js';
import { standing } from '../../src/kernel/definitional/standing.js';
import { inTheOrderKnown } from '../../src/kernel/definitional/known-events.js';
import { effective } from '../../src/kernel/strike-outs.js';
import type { Evidence } from '../../src/kernel/evidence.js';
import { Network } from '../../src/kernel/network.js';
import { knownAt, type Occurrence } from '../../src/kernel/occurrence.js';
import { NO_SILENCE } from '../../src/kernel/operator.js';
import type { Rule } from '../../src/kernel/rule.js';
import { NEVER } from '../../src/prison/instant.js';
import { eventsOf } from '../acceptance/cases.js';
import { eachCase } from '../acceptance/each-case.js';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { days, runs } from './arbitraries.js';
import { mergedInPrison, peopleInPrison } from './arbitrary-custody-events.js';
import { planned } from './told.js';

type During = ConditionOf<'during'>;

const is = (type: string, where: Readonly<Record<string, unknown>> = {}, here = false) => ({
  type,
  where: Object.entries(where).map(([field, value]) => ({ field, is: [value] })),
  ...(here && { here: true as const }),
});

/** The words of `config/rules/definitions.yml`. */
const SEGREGATED: During = {
  op: 'during',
  from: [is('SegregationStarted')],
  until: [is('SegregationEnded')],
  inferred: {
    from: [is('CellMoved', { segregationUnit: true }, true)],
    until: [is('CellMoved', { segregationUnit: false }, true)],
  },
  within: 'stay',
};
const MARKED: During = {
  op: 'during',
  from: [is('RiskMarkerAdded', { code: 'HA' })],
  until: [is('RiskMarkerRemoved', { code: 'HA' })],
  each: 'markerId',
  within: 'custody',
};
const ACCT_OPEN: During = {
  op: 'during',
  from: [is('AcctOpened')],
  until: [is('AcctClosed')],
  inferred: {
    from: [{ ...is('RiskMarkerAdded'), starts: MARKED }],
    until: [{ ...is('RiskMarkerRemoved'), ends: MARKED }],
  },
  within: 'custody',
};
const KEY_WORKER: ConditionOf<'assigned'> = {
  op: 'assigned',
  by: 'KeyWorkerAllocated',
  until: 'KeyWorkerDeallocated',
  field: 'staffId',
};

const ruleThat = (id: string, when: Condition): Rule => ({
  ...{ id, version: 1, name: id, effectiveFrom: '2025-01-01', source: [], owner: '', pauses: false },
  ...{
    repeats: [],
    safeguard: [],
    closesOn: '',
    tells: [],
    because: '',
    why: '',
    holders: {},
    steps: [{ level: 'LOW', when }],
  },
});

const { plan: PLAN } = planned([
  ruleThat('R1', SEGREGATED),
  ruleThat('R2', ACCT_OPEN),
  ruleThat('R3', KEY_WORKER),
]).inForce(undefined, 0);

/** Where somebody is and how they stand. */
interface Account {
  readonly prison: string | undefined;
  readonly since: number | undefined;
  readonly arrived: boolean;
  readonly away: boolean;
  readonly segregated: boolean;
  readonly acctOpenSince: number | undefined;
  readonly keyWorker: unknown;
}

/** As the service says it. */
const told = ({ stay, away, arrived, segregated, acct, keyWorker }: Whereabouts): Account => ({
  ...{ prison: stay?.prisonId, since: stay?.since, arrived, away, segregated, keyWorker },
  acctOpenSince: stay && acct?.state === 'OPEN' ? acct.since : undefined,
});

/** As the definitions say it. */
const defined = (known: readonly Occurrence[], t: number, prisonNumber = ''): Account => {
  const situation = situationOf(standing(known).eventsOf(prisonNumber), t, { days, rulesOf: () => [] });
  const { stay, absences } = situation;
  return {
    ...{ prison: stay?.prisonId, since: stay?.since, arrived: stay?.arrival ?? false },
    away: absences.at(-1)?.until === NEVER,
    segregated: stay !== undefined && since(SEGREGATED, situation) !== undefined,
    acctOpenSince: stay && since(ACCT_OPEN, situation),
    keyWorker: stay && lastGiven(KEY_WORKER, situation)?.event.data['staffId'],
  };
};

const watched = (known: readonly Occurrence[]): Network => {
  const occurrences = effective(known).occurrences.filter(({ type }) => type !== 'PrisonerRecordsMerged');
  return Network.of(PLAN, days, NO_SILENCE, occurrences);
};

/** As the kernel's operators say it. */
const operated = (known: readonly Occurrence[], t: number): Account => {
  const network = watched(known);
  const { stay, isAway } = network.movements;
  const [segregated, acct, keyWorker] = PLAN.rules.map(({ steps: [step = 0] }) => {
    const evidence: Evidence = network.operator(step).explain(t);
    return evidence.holds === true ? evidence : undefined;
  });
  return {
    ...{ prison: stay?.prisonId, since: stay?.since, arrived: stay?.arrival ?? false, away: isAway },
    segregated: stay !== undefined && segregated !== undefined,
    acctOpenSince: stay && acct?.since,
    keyWorker: stay && keyWorker?.cites[0]?.data['staffId'],
  };
};

/** Everything known by `t`, the first known first, each id once. */
const knownBy = (history: readonly Occurrence[], t: number): Occurrence[] =>
  inTheOrderKnown(history.filter(({ at }) => at <= t)).map(({ event }) => event);

/** A person followed event by event, in the order in which it became known. */
const followed = (known: readonly Occurrence[]): Whereabouts => {
  let trail = new Trail();
  const records = new Set<string>();
  known.forEach((occurrence, index) => {
    const { source } = occurrence;
    const isToldAgain = source !== undefined && records.has(source.record);
    if (source) records.add(source.record);
    if (isToldAgain || trail.needsHistory(occurrence)) trail = Trail.through({ own: known.slice(0, index + 1) });
    else trail.take(occurrence);
  });
  return trail.whereabouts;
};

describe('where somebody is and how they stand', () => {
  it('is the same for the service, for the rules and by definition, whatever is told and when', () => {
    fc.assert(
      fc.property(peopleInPrison, fc.nat(1000), ({ history, until }, thousandths) => {
        const instants = [...new Set(history.map(({ at }) => at))].sort((a, b) => a - b);
        const t = instants[Math.floor((instants.length * thousandths) / 1001)] ?? until;
        const known = knownBy(history, t);
        const { whereabouts } = Trail.through({ own: known });
        const account = told(whereabouts);
        expect(account).toEqual(defined(known, t));
        expect(account).toEqual(operated(known, t));
        expect(whereabouts.holder).toEqual(watched(known).movements.holder);
      }),
      { numRuns: runs(3_000, 500) },
    );
  }, 300_000);

  it('is the same event by event as with the whole history at once', () => {
    fc.assert(
      fc.property(peopleInPrison, ({ history, until }) => {
        const known = knownBy(history, until);
        expect(told(followed(known))).toEqual(told(Trail.through({ own: known }).whereabouts));
      }),
      { numRuns: runs(3_000, 500) },
    );
  }, 300_000);

  it('is the same where records are merged, parted again, or told under the number of another', () => {
    fc.assert(
      fc.property(mergedInPrison, fc.nat(1000), ({ history, until }, thousandths) => {
        const instants = [...new Set(history.map(({ at }) => at))].sort((a, b) => a - b);
        const t = instants[Math.floor((instants.length * thousandths) / 1001)] ?? until;
        const known = knownBy(history, t);
        const numbers = new PersonNumbers();
        for (const occurrence of known) numbers.note(occurrence.prisonNumber ?? '', occurrence);
        const toldUnder = (those: readonly string[]) =>
          known.filter(({ prisonNumber = '' }) => those.includes(prisonNumber));
        const { numbers: all, keptFor } = standing(known);
        for (const number of all) {
          const { kept, own, elsewhere } = numbers.groupOf(number);
          expect([number, kept]).toEqual([number, keptFor(number)]);
          const { whereabouts } = Trail.through({ own: toldUnder(own), elsewhere: toldUnder(elsewhere) });
          expect([kept, told(whereabouts)]).toEqual([kept, defined(known, t, kept)]);
        }
      }),
      { numRuns: runs(3_000, 500) },
    );
  }, 300_000);

  eachCase('is the same in the histories: %s', (name) => {
    const people = Map.groupBy(
      eventsOf(name).flatMap((event) => (event.prisonNumber === undefined ? [] : occurrenceOf(event))),
      ({ prisonNumber }) => prisonNumber,
    );
    for (const history of people.values()) {
      const own = history.map((occurrence) => ({ ...occurrence, prisonNumber: undefined }));
      const t = Math.max(...own.map(knownAt));
      const known = knownBy(own, t);
      const account = told(Trail.through({ own: known }).whereabouts);
      expect(account).toEqual(defined(known, t));
      expect(account).toEqual(operated(known, t));
      expect(told(followed(known))).toEqual(account);
    }
  });
});
