import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, received, released, session } from '../../test/kernel-kit.js';

const arrival = arrives('2026-01-05 09:00');
const opened = happens('AcctOpened', '2026-01-06 10:00');
const allocated = happens('KeyWorkerAllocated', '2026-01-06 09:00', { staffId: 'S1' });
const NOW = '2026-01-07 00:00';

const [SESSION, ACCT] = [['KeyWorkerSessionHeld'], ['AcctOpened', 'AcctClosed']];
const KEY_WORKER = ['KeyWorkerAllocated', 'KeyWorkerDeallocated'];
const HARM = ['SelfHarmReported', 'KeyWorkerSessionHeld'];

describe('what can make a condition true that is false', () => {
  it.each(['stay', 'arrival', 'custody', 'presence', 'away: { reasons: SENT_TO_COURT }'])(
    'is no event, but a movement, after which everything is looked at: %s',
    (yaml) => {
      expect(given(yaml).when().wakers(NOW)).toEqual([]);
    },
  );

  it('is what a leaf needs', () => {
    expect(given('acct-open').when(arrival).wakers(NOW)).toEqual(ACCT);
    expect(given('not: acct-open').when(arrival, opened).wakers(NOW)).toEqual(ACCT);
  });

  it('is, outside the scope of what is absent and once that has come for good, what begins the scope', () => {
    const [once, always] = ['first: P1D', 'for: P1D'].map((limit) =>
      given(`absentFor: { event: session, within: acct-open, ${limit} }`),
    );
    const held = session('2026-01-06 12:00');
    expect(once?.when(arrival).wakers(NOW)).toEqual(ACCT);
    expect(once?.when(arrival, opened).wakers(NOW)).toEqual([...SESSION, ...ACCT]);
    expect(once?.when(arrival, opened, held).wakers(NOW)).toEqual(ACCT);
    expect(always?.when(arrival).wakers(NOW)).toEqual(ACCT);
    expect(always?.when(arrival, opened, held).wakers(NOW)).toEqual([...SESSION, ...ACCT]);
  });

  it('is, once they have met, another key worker', () => {
    const never = given('neverMet: { holder: key-worker, event: session, for: P14D }');
    expect(never.when(arrival, allocated).wakers(NOW)).toEqual([...SESSION, ...KEY_WORKER]);
    expect(never.when(arrival, allocated, session('2026-01-06 12:00')).wakers(NOW)).toEqual(KEY_WORKER);
  });

  it('is an ask, while none waits', () => {
    const asked = given('unansweredFor: { ask: SelfHarmReported, answer: session, for: PT72H }');
    const harm = happens('SelfHarmReported', '2026-01-06 10:00');
    expect(asked.when(arrival).wakers(NOW)).toEqual(['SelfHarmReported']);
    expect(asked.when(arrival, harm).wakers(NOW)).toEqual(HARM);
    expect(asked.when(arrival, harm, session('2026-01-06 12:00')).wakers(NOW)).toEqual(['SelfHarmReported']);
  });

  it('is, of "all", what makes the first true that is false; of "any", what makes any true', () => {
    const seen = 'noneWithin: { event: session, window: P7D }';
    const both = given(`all: [acct-open, { not: { ${seen} } }]`);
    expect(both.when(arrival).wakers(NOW)).toEqual(ACCT);
    expect(both.when(arrival, opened).wakers(NOW)).toEqual(SESSION);
    const either = given(`any: [acct-open, { ${seen} }, key-worker]`);
    const held = session('2026-01-06 12:00');
    expect([...either.when(arrival, held).wakers(NOW)].sort()).toEqual([...ACCT, ...KEY_WORKER, ...SESSION].sort());
    expect(given('any: [acct-open]').when(arrival).wakers(NOW)).toEqual(ACCT);
    const silent = given(`all: [acct-open, { ${seen} }]`, { quiet: SESSION });
    expect([...silent.when(arrival, opened).wakers(NOW)].sort()).toEqual([...ACCT, ...SESSION].sort());
  });
});

describe('an event of the type that is not meant', () => {
  const own = '{ event: session, where: { staffId: S1 } }';
  const other = (when: string) => session(when, 'S2');
  const [first, second] = ['2026-01-07 10:00', '2026-01-08 10:00'];

  it.each([
    [`absentFor: { event: ${own}, within: stay, then: P7D }`, '2026-01-15 00:00', true],
    [`absentFor: { event: ${own}, within: stay, first: P30D, then: P7D }`, '2026-01-15 12:00', true],
    [`noneWithin: { event: ${own}, window: P7D }`, '2026-01-15 12:00', true],
    [`countWithin: { event: ${own}, atLeast: 2, window: P28D }`, second, false],
    [`countUpToLast: { event: ${own}, atLeast: 1, window: P1D, within: stay }`, second, true],
    [`countUpToLast: { event: ${own}, atLeast: 2, window: P28D, within: stay }`, second, false],
    [`lastOf: { event: ${own}, last: 1, atLeast: 1, where: { staffId: S1 }, within: stay }`, second, true],
    [`seen: { event: ${own}, within: { during: { from: AcctOpened, until: AcctClosed } } }`, second, true],
    [`unansweredFor: { ask: KeyWorkerAllocated, answer: { event: session, where: { staffId: S2 } } }`, second, false],
  ])('changes nothing: %s', (yaml, when, expected) => {
    const told = given(yaml).when(arrival, allocated, session(first), happens('AcctOpened', first), other(second));
    expect(told.at(when)).toBe(expected);
  });

  it('closes nothing and makes no pair', () => {
    const raised = '2026-01-06 00:00';
    const one = given(`sinceRaised: { event: ${own} }`).when(arrival, other(first));
    expect(one.at(second, raised)).toBe(false);
    const pair = given(`sinceRaised: { event: ${own}, pairWithin: P1D }`);
    expect(pair.when(arrival, session(first), other(second)).at(second, raised)).toBe(false);
    expect(pair.when(arrival, session(first), session(second)).at(second, raised)).toBe(true);
  });

  it('is no meeting, and no review', () => {
    const never = given(
      `neverMet: { holder: key-worker, event: { event: session, where: { minutes: 30 } }, for: P1D }`,
    );
    expect(never.when(arrival, allocated, session(first)).at('2026-01-08 00:00')).toBe(true);
    const due = given(
      'dueBy: { event: { event: AcctCaseReviewHeld, where: { nextReviewDue: 2026-01-20 } }, field: nextReviewDue, otherwise: P1D, within: acct-open }',
    );
    const review = (when: string, nextReviewDue: string) => happens('AcctCaseReviewHeld', when, { nextReviewDue });
    const told = due.when(arrival, opened, review(first, '2026-01-20'), review(second, '2026-01-09'));
    expect(told.at('2026-01-10 00:00')).toBe(false);
    expect(told.at('2026-01-21 00:00')).toBe(true);
  });
});

describe('once something is due', () => {
  it.each([
    'absentFor: { event: session, within: stay, for: P1D }',
    'heldFor: { condition: stay, for: P1D }',
    'neverMet: { holder: key-worker, event: session, for: P1D }',
    'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, first: P1D, otherwise: P1D, within: stay }',
    'unansweredFor: { ask: AcctOpened, answer: session, for: P1D }',
    'noneWithin: { event: session, window: P1D }',
  ])('nothing changes by itself any more: %s', (yaml) => {
    const told = given(yaml).when(arrival, allocated, opened);
    expect([told.at('2026-01-08 00:00'), told.nextFlip('2026-01-08 00:00')]).toEqual([true, 'never']);
  });

  it.each(['2026-01-07', '2026-01-06T12:00:00Z'])('also what is due by what an event carries: %s', (carried) => {
    const told = given(
      'dueBy: { event: AcctCaseReviewHeld, field: nextReviewDue, otherwise: P1D, within: acct-open }',
    ).when(arrival, opened, happens('AcctCaseReviewHeld', '2026-01-06 11:00', { nextReviewDue: carried }));
    expect([told.at('2026-01-08 00:00'), told.nextFlip('2026-01-08 00:00')]).toEqual([true, 'never']);
  });
});

describe('a state of the stay', () => {
  const segregated = given('during: { from: SegregationStarted, until: SegregationEnded, within: stay }');
  const started = (when: string) => happens('SegregationStarted', when);
  const gone = released('2026-01-10 09:00', 'RELEASED');

  it('ends with it, and does not begin between two', () => {
    expect(segregated.when(arrival, started('2026-01-06 10:00'), gone).at('2026-01-10 10:00')).toBe(false);
    expect(segregated.when(arrival, gone, started('2026-01-10 10:00')).at('2026-01-10 11:00')).toBe(false);
  });

  it('ends with a new one in the same prison', () => {
    const again = received('2026-02-01 09:00', 'RECALL');
    const told = segregated.when(arrival, started('2026-01-06 10:00'), again);
    expect(told.explain('2026-02-01 09:00')).toEqual({ op: 'during', holds: false, cites: [] });
  });
});

describe('what was typed before the arrival', () => {
  it('does not hide what came after it', () => {
    const unseen = given('noneWithin: { event: session, window: P14D }');
    const early = { ...session('2026-01-20 23:30'), prisonId: 'XYM' };
    const moved = [released('2026-01-20 23:00', 'TRANSFERRED'), early, session('2026-01-21 00:30')];
    const told = unseen.when(arrival, ...moved, received('2026-01-21 01:00', 'TRANSFERRED', 'XYM'));
    expect([told.at('2026-02-04 23:59'), told.at('2026-02-05 00:00')]).toEqual([false, true]);
  });
});
