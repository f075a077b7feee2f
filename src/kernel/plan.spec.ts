import { describe, expect, it } from '@jest/globals';
import { at, conditionOf, DAYS, ruleOf } from '../../test/kernel-kit.js';
import { eventsAsked, typesHeard, typesNeeded } from './event-types.js';
import { planOf } from './plan.js';

const nothing = (): never => {
  throw new Error('refers to nothing');
};

describe('a plan', () => {
  it('has one operator for equal conditions, whatever rule they stand in, but for whether their limits pause', () => {
    const held = 'heldFor: { condition: stay, for: P7D }';
    const rules = [ruleOf(held), ruleOf(held, { id: 'TEST-02' }), ruleOf(held, { id: 'TEST-03', pauses: true })];
    const [one, other, pausing] = planOf(rules, DAYS).rules.map(({ steps }) => steps[0]);
    expect(other).toBe(one);
    expect(pausing).not.toBe(one);
  });

  it('asks in an opening only for the widest of its steps', () => {
    const [wide, narrow] = ['acct-open', 'all: [acct-open, key-worker]'].map(conditionOf);
    const steps = [
      { level: 'LOW', when: wide },
      { level: 'HIGH', when: narrow },
    ] as const;
    const plan = planOf(
      [ruleOf('stay', { steps: steps.flatMap(({ level, when }) => (when ? { level, when } : [])) })],
      DAYS,
    );
    const opening = plan.blueprints[plan.rules[0]?.opening ?? -1];
    expect(opening?.needs).toEqual(['AcctOpened', 'AcctClosed']);
  });

  it('knows which rules an event can matter to, and which operators hear of it', () => {
    const rules = [
      ruleOf('acct-open', { repeats: [conditionOf('seen: { event: SelfHarmReported, within: stay }')] }),
      ruleOf('rule: TEST-01', { id: 'TEST-02' }),
      ruleOf('stay', { id: 'TEST-03', closesWhen: conditionOf('sinceRaised: { event: session }') }),
    ];
    const plan = planOf(rules, DAYS);
    expect(Object.fromEntries(plan.concerned)).toEqual({
      AcctOpened: [0, 1],
      AcctClosed: [0, 1],
      SelfHarmReported: [0],
      KeyWorkerSessionHeld: [2],
    });
    const hearers = (type: string) => plan.hearing.get(type)?.map((place) => plan.blueprints[place]?.hears);
    expect(hearers('KeyWorkerSessionHeld')).toEqual([['KeyWorkerSessionHeld']]);
    expect(hearers('PrisonerReceived')).toBeUndefined();
  });

  it('tells those that ask before those that are asked', () => {
    const plan = planOf([ruleOf('seen: { event: { event: AcctOpened, when: acct-open }, within: stay }')], DAYS);
    const places = plan.hearing.get('AcctOpened') ?? [];
    expect(places).toHaveLength(2);
    expect(places).toEqual([...places].sort((a, b) => b - a));
  });

  it('is in force from a local midnight', () => {
    expect(planOf([ruleOf('stay', { effectiveFrom: '2026-07-01' })], DAYS).rules[0]?.inForceFrom).toBe(
      at('2026-07-01 00:00'),
    );
  });

  it('names the step at the limit where one speaks before it', () => {
    const [early, due] = ['acct-open', 'key-worker'].map(conditionOf);
    const steps = (when: typeof early) => (when ? [{ level: 'LOW', when, early: true } as const] : []);
    const atLimit = due ? [{ level: 'HIGH', when: due } as const] : [];
    const [speaking, silent] = [[...steps(early), ...atLimit], atLimit].map(
      (all) => planOf([ruleOf('stay', { steps: all })], DAYS).rules[0],
    );
    expect(speaking?.atLimit).toBe(speaking?.steps[1]);
    expect(silent?.atLimit).toBeUndefined();
  });

  it('has all rules that one refers to', () => {
    expect(() => planOf([ruleOf('rule: TEST-02')], DAYS)).toThrow('There is no rule "TEST-02" to refer to.');
  });
});

describe('what a condition hears, needs and asks for', () => {
  const run = '{ from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber }';
  it.each([
    ['stay', [], [], []],
    ['acct-open', ['AcctOpened', 'AcctClosed'], ['AcctOpened', 'AcctClosed'], []],
    ['key-worker', ['KeyWorkerAllocated', 'KeyWorkerDeallocated'], ['KeyWorkerAllocated', 'KeyWorkerDeallocated'], []],
    ['heldFor: { condition: { not: key-worker }, for: P1D }', [], ['KeyWorkerAllocated', 'KeyWorkerDeallocated'], []],
    [
      'during: { from: AcctOpened, until: AcctClosed, inferred: { from: RiskMarkerAdded, until: RiskMarkerRemoved } }',
      ['AcctOpened', 'AcctClosed', 'RiskMarkerAdded', 'RiskMarkerRemoved'],
      ['AcctOpened', 'AcctClosed', 'RiskMarkerAdded', 'RiskMarkerRemoved'],
      [],
    ],
    [
      'latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH, within: acct-open }',
      ['ComplexityOfNeedChanged'],
      ['ComplexityOfNeedChanged', 'AcctOpened', 'AcctClosed'],
      [],
    ],
    [
      'seen: { event: session, within: acct-open, sinceLast: SelfHarmReported }',
      ['KeyWorkerSessionHeld', 'SelfHarmReported'],
      ['KeyWorkerSessionHeld', 'SelfHarmReported', 'AcctOpened', 'AcctClosed'],
      ['KeyWorkerSessionHeld', 'SelfHarmReported'],
    ],
    [
      'neverMet: { holder: key-worker, event: session, for: P14D }',
      ['KeyWorkerSessionHeld'],
      ['KeyWorkerSessionHeld', 'KeyWorkerAllocated', 'KeyWorkerDeallocated'],
      ['KeyWorkerSessionHeld'],
    ],
    [
      'unansweredFor: { ask: SelfHarmReported, while: acct-open, answer: session, within: { away: { reasons: SENT_TO_COURT } } }',
      ['SelfHarmReported', 'KeyWorkerSessionHeld'],
      ['SelfHarmReported', 'KeyWorkerSessionHeld', 'AcctOpened', 'AcctClosed'],
      ['SelfHarmReported', 'KeyWorkerSessionHeld'],
    ],
    [
      `countWithin: { event: AdjudicationReported, atLeast: 1, window: P7D, within: acct-open, otherThan: { field: chargeNumber, of: { running: ${run} } } }`,
      ['AdjudicationReported'],
      ['AdjudicationReported', 'AcctOpened', 'AcctClosed', 'CellularConfinementAwarded', 'CellularConfinementEnded'],
      ['AdjudicationReported'],
    ],
    [
      'endedWithin: { condition: acct-open, window: P28D }',
      ['AcctOpened', 'AcctClosed'],
      ['AcctOpened', 'AcctClosed'],
      [],
    ],
    [
      'familiesWithin: { atLeast: 2, window: P28D, except: HARM }',
      ['AdjudicationReported', 'SubstanceMisuseIndicated'],
      ['AdjudicationReported', 'SubstanceMisuseIndicated'],
      ['AdjudicationReported', 'SubstanceMisuseIndicated'],
    ],
    [
      'not: { all: [{ any: [acct-open] }, { noneWithin: { event: session, window: P7D } }] }',
      [],
      ['AcctOpened', 'AcctClosed', 'KeyWorkerSessionHeld'],
      ['KeyWorkerSessionHeld'],
    ],
    [
      'absentFor: { event: { event: session, when: acct-open }, within: stay, for: P7D }',
      ['KeyWorkerSessionHeld'],
      ['KeyWorkerSessionHeld', 'AcctOpened', 'AcctClosed'],
      ['KeyWorkerSessionHeld'],
    ],
    ['sinceRaised: { event: { ends: acct-open } }', ['AcctClosed'], ['AcctClosed', 'AcctOpened'], ['AcctClosed']],
  ])('%s', (yaml, heard, needed, asked) => {
    const condition = conditionOf(yaml);
    expect(typesHeard(condition)).toEqual(heard);
    expect(typesNeeded(condition, nothing)).toEqual(needed);
    expect(eventsAsked(condition, nothing).map(({ type }) => type)).toEqual(asked);
  });

  it('of a reference is what the rule that it refers to needs and asks for', () => {
    const opening = () => conditionOf('seen: { event: session, within: acct-open }');
    const reference = { op: 'rule', id: 'TEST-01' } as const;
    expect(typesNeeded(reference, opening)).toEqual(['KeyWorkerSessionHeld', 'AcctOpened', 'AcctClosed']);
    expect(eventsAsked({ op: 'not', of: reference }, opening).map(({ type }) => type)).toEqual([
      'KeyWorkerSessionHeld',
    ]);
  });
});
