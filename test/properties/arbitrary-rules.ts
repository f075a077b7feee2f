import fc from 'fast-check';
import type { Condition } from '../../src/kernel/condition.js';
import type { Rule } from '../../src/kernel/rule.js';
import { SEVERITIES } from '../../src/prison/severity.js';
import {
  happening,
  histories,
  merges,
  moves,
  withdrawals,
  type Happening,
  type History,
  type Tale,
} from './arbitraries.js';
import { closings, conditions, counting } from './arbitrary-conditions.js';
import { KEY_WORKER, TYPES } from './arbitrary-scopes.js';

const members = {
  staffId: ['1001', '1002'],
  kind: ['ONE', 'OTHER', undefined],
  days: [1, 2, 3],
  chargeNumber: ['C1', 'C2'],
  nextReviewDue: [undefined, 2, 5, 6, 9],
  startsOn: [undefined, undefined, 2, 6],
};

const happenings = (comings: number, numbers?: readonly string[]): fc.Arbitrary<Happening | Tale> =>
  fc.oneof(
    ...(numbers ? [{ weight: 4, arbitrary: merges(numbers) }] : []),
    {
      weight: 20,
      arbitrary: fc.oneof(
        ...TYPES.filter((type) => type !== 'PrisonerReceived').map((type) => happening(type, members)),
      ),
    },
    { weight: 2, arbitrary: happening(KEY_WORKER.by, members) },
    { weight: 2, arbitrary: happening(KEY_WORKER.until, members) },
    { weight: comings, arbitrary: moves },
    { weight: 3, arbitrary: withdrawals },
    { weight: 1, arbitrary: happening('AdjudicationQuashed', { chargeNumber: ['C1', 'C2'] }) },
    { weight: 1, arbitrary: happening('PersonDetailsChanged') },
  );

/** Somebody whom random rules are about: at home in one prison, or coming and going. */
export const anybody: fc.Arbitrary<History> = fc.oneof(
  histories(happenings(5), { most: 16, span: 12, after: 8 }),
  histories(happenings(20), { most: 16, span: 7, after: 8 }),
);

const NUMBERS = ['A0001AA', 'A0002AA', 'A0003AA'];

/** People whose records are merged, or were told under the number of another. */
export const anyCompany: fc.Arbitrary<History> = fc.oneof(
  histories(happenings(6, NUMBERS), { most: 16, span: 9, after: 8, numbers: NUMBERS }),
  histories(happenings(2, NUMBERS.slice(0, 2)), { most: 16, span: 5, after: 8, numbers: NUMBERS.slice(0, 2) }),
);

const eligible: Condition = { op: 'not', of: { op: 'latest', event: 'AcctClosed', field: 'kind', is: ['ONE'] } };

const asksIn = (condition: Condition): Condition[] => {
  if (condition.op === 'unansweredFor') return [condition];
  return condition.op === 'all' || condition.op === 'any' ? condition.of.flatMap(asksIn) : [];
};

const ruleOf = (id: string, opening: fc.Arbitrary<Condition>, closing?: fc.Arbitrary<Condition>): fc.Arbitrary<Rule> =>
  fc
    .record({
      steps: fc.array(fc.record({ level: fc.constantFrom(...SEVERITIES), when: opening }), {
        minLength: 1,
        maxLength: closing ? 1 : 2,
      }),
      pauses: fc.boolean(),
      limited: fc.integer({ min: 0, max: 3 }).map((n) => n === 3),
      repeats: fc.boolean(),
      closesWhen: closing ?? fc.constant(undefined),
    })
    .map(({ steps, pauses, limited, repeats, closesWhen }) => ({
      id,
      version: 1,
      name: id,
      effectiveFrom: '2025-01-01',
      source: [],
      because: '',
      holders: {},
      owner: '',
      pauses,
      steps,
      repeats: repeats ? steps.flatMap(({ when }) => asksIn(when)) : [],
      safeguard: [],
      closesOn: '',
      tells: [],
      why: '',
      ...(limited && { appliesTo: { name: 'eligible', condition: eligible } }),
      ...(closesWhen && { closesWhen }),
    }));

const levelled = ruleOf('R1', conditions());
const latched = ruleOf('R1', counting, closings);
const referring = ruleOf('R2', conditions([{ op: 'rule', id: 'R1' }]));

/** One rule, of any shape, and sometimes another that asks whether the first is true. */
export const ruleSets: fc.Arbitrary<readonly Rule[]> = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: levelled }, { weight: 2, arbitrary: latched }),
    fc.option(referring, { freq: 2 }),
  )
  .map(([first, second]) => (second ? [first, second] : [first]));
