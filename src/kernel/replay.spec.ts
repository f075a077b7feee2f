import { describe, expect, it } from '@jest/globals';
import {
  arrives,
  at,
  conditionOf,
  goesToCourt,
  happens,
  local,
  played,
  received,
  released,
  returns,
  ruleOf,
  session,
} from '../../test/kernel-kit.js';
import type { Occurrence } from './occurrence.js';
import type { Rule } from './rule.js';

/** What becomes of one rule's alert about one person, until the end of March. */
const told = (rule: Rule, ...history: readonly Occurrence[]): string[] =>
  played([rule], { A0001AA: history }, '2026-03-31 12:00')
    .filter(({ transition }) => transition !== 'repeated')
    .map(({ at: instant, transition, severity, outcome }) =>
      [local(instant).slice(0, 16), transition, severity, outcome].filter((part) => part !== null).join(' '),
    );

const arrival = arrives('2026-01-05 09:00');
const charged = (when: string, chargeNumber: string): Occurrence =>
  happens('AdjudicationReported', when, { chargeNumber });
const late = (event: Occurrence, recorded: string): Occurrence => ({ ...event, recordedAt: at(recorded) });
const withdrawn = ({ id }: Occurrence, when: string): Occurrence =>
  happens('EventWithdrawn', when, { withdraws: id, reason: 'mistaken' });

const SAFEGUARD = [{ type: 'KeyWorkerSessionHeld', where: [] }];
const UNSEEN = ruleOf('stay', {
  safeguard: SAFEGUARD,
  steps: [
    { level: 'LOW', when: conditionOf('absentFor: { event: session, within: stay, for: P7D }') },
    { level: 'HIGH', when: conditionOf('absentFor: { event: session, within: stay, for: P14D }') },
  ],
});

describe('an alert', () => {
  it('is raised when its first step falls due, and rises with the others', () => {
    expect(told(UNSEEN, arrival, session('2026-01-21 10:00'), released('2026-01-22 10:00', 'RELEASED'))).toEqual([
      '2026-01-13 00:00 raised LOW',
      '2026-01-20 00:00 escalated HIGH',
      '2026-01-21 10:00 resolved HIGH met',
    ]);
  });

  it('never falls while it is open, and is told no second time of a step that it reached', () => {
    const early = late(session('2026-01-08 10:00'), '2026-01-21 10:00');
    expect(told(UNSEEN, arrival, early, session('2026-01-24 10:00'), released('2026-01-25 10:00', 'RELEASED'))).toEqual(
      ['2026-01-13 00:00 raised LOW', '2026-01-20 00:00 escalated HIGH', '2026-01-24 10:00 resolved HIGH met'],
    );
  });

  it('is raised with the worst step that is due, where that becomes known late', () => {
    const history = [late(arrival, '2026-01-25 10:00'), released('2026-01-26 10:00', 'RELEASED')];
    expect(told(UNSEEN, ...history)).toEqual(['2026-01-25 10:00 raised HIGH', '2026-01-26 10:00 expired HIGH left']);
  });

  it('closes as delivered in time, where that is told late', () => {
    const inTime = late(session('2026-01-13 00:00'), '2026-01-15 10:00');
    expect(told(UNSEEN, arrival, inTime, released('2026-01-16 10:00', 'RELEASED'))).toEqual([
      '2026-01-13 00:00 raised LOW',
      '2026-01-15 10:00 resolved LOW recorded-late',
    ]);
  });

  it('is resolved where no stay is left at all, and expires where the last has ended', () => {
    expect(told(UNSEEN, arrival, withdrawn(arrival, '2026-01-14 10:00'))).toEqual([
      '2026-01-13 00:00 raised LOW',
      '2026-01-14 10:00 resolved LOW withdrawn',
    ]);
    expect(told(UNSEEN, arrival, released('2026-01-14 10:00', 'TRANSFERRED'))).toEqual([
      '2026-01-13 00:00 raised LOW',
      '2026-01-14 10:00 expired LOW left',
    ]);
  });

  it('is not raised before its rule is in force, but at that midnight', () => {
    const later = { ...UNSEEN, effectiveFrom: '2026-01-15' };
    expect(told(later, arrival, released('2026-01-16 10:00', 'RELEASED'))).toEqual([
      '2026-01-15 00:00 raised LOW',
      '2026-01-16 10:00 expired LOW left',
    ]);
  });

  it('is only about those whom the rule is about', () => {
    const condition = conditionOf('not: { latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH } }');
    const level = (when: string, to: string) => happens('ComplexityOfNeedChanged', when, { level: to });
    const eligible = { ...UNSEEN, appliesTo: { name: 'eligible', condition } };
    const history = [arrival, level('2026-01-14 10:00', 'HIGH'), level('2026-01-15 10:00', 'LOW')];
    expect(told(eligible, ...history, released('2026-01-16 10:00', 'RELEASED'))).toEqual([
      '2026-01-13 00:00 raised LOW',
      '2026-01-14 10:00 resolved LOW ended',
      '2026-01-15 10:00 raised LOW',
      '2026-01-16 10:00 expired LOW left',
    ]);
  });

  it('waits for people who are away, where its rule pauses, also where another rule asks for it', () => {
    const pausing = { ...UNSEEN, id: 'TEST-02', pauses: true };
    const asking = ruleOf('rule: TEST-02');
    const away = [arrival, goesToCourt('2026-01-12 08:00'), returns('2026-01-15 18:00')];
    const gone = released('2026-01-18 10:00', 'RELEASED');
    const changes = played([asking, pausing], { A0001AA: [...away, gone] }, '2026-03-31 12:00');
    expect(changes.map(({ at: t, rule, transition }) => `${local(t).slice(0, 16)} ${rule.id} ${transition}`)).toEqual([
      '2026-01-17 00:00 TEST-01 raised',
      '2026-01-17 00:00 TEST-02 raised',
      '2026-01-18 10:00 TEST-01 expired',
      '2026-01-18 10:00 TEST-02 expired',
    ]);
  });
});

describe('an alert that closes', () => {
  const record = { record: 'SelfHarmReported system 1', revision: 0 };
  const harm = { ...happens('SelfHarmReported', '2026-01-10 10:00'), source: record };
  const ASKED = ruleOf('unansweredFor: { ask: SelfHarmReported, answer: session, for: PT24H }', {
    safeguard: SAFEGUARD,
  });
  const closing = (...history: readonly Occurrence[]): string => {
    const [, closed] = played([ASKED], { A0001AA: [arrival, harm, ...history] }, '2026-01-31 12:00');
    const told = [closed?.transition, closed?.outcome, closed?.evidence.map(({ id }) => id).join(', ')];
    return told.join(' ');
  };
  const again = (revision: number, when: string): Occurrence =>
    late({ ...happens('SelfHarmReported', when), source: { ...record, revision } }, '2026-01-12 10:00');

  it('rests on what was delivered, in time or not', () => {
    const [met, inTime] = [session('2026-01-12 10:00'), late(session('2026-01-11 10:00'), '2026-01-12 10:00')];
    const other = happens('AcctOpened', '2026-01-12 10:00');
    expect(closing(met, other)).toBe(`resolved met ${met.id}`);
    expect(closing(inTime, other)).toBe(`resolved recorded-late ${inTime.id}`);
  });

  it('rests on what withdrew its cause, or told of it otherwise', () => {
    const withdrawal = withdrawn(harm, '2026-01-12 10:00');
    expect(closing(withdrawal, happens('AcctOpened', '2026-01-12 10:00'))).toBe(`resolved withdrawn ${withdrawal.id}`);
    const later = again(1, '2026-01-12 09:00');
    expect(closing(later)).toBe(`resolved withdrawn ${later.id}`);
  });

  it('rests on the leaving, where the person leaves', () => {
    const gone = released('2026-01-12 10:00', 'RELEASED');
    const [expired] = played([ASKED], { A0001AA: [arrival, harm, gone] }, '2026-01-31 12:00').slice(1);
    expect([expired?.outcome, expired?.evidence.map(({ id }) => id), expired?.prisonId]).toEqual([
      'left',
      [gone.id],
      'XYI',
    ]);
  });

  it('that told of a quashed charge is withdrawn', () => {
    const charge = { chargeNumber: 'A' };
    const reported = happens('AdjudicationReported', '2026-01-10 10:00', charge);
    const quashed = happens('AdjudicationQuashed', '2026-01-12 10:00', charge);
    const rule = ruleOf('countWithin: { event: AdjudicationReported, atLeast: 1, window: P28D }');
    expect(told(rule, arrival, reported, quashed)).toEqual([
      '2026-01-10 10:00 raised LOW',
      '2026-01-12 10:00 resolved LOW withdrawn',
    ]);
  });
});

describe('while an alert is open', () => {
  const repeated = (rule: Rule, ...history: readonly Occurrence[]): string[] =>
    played([rule], { A0001AA: history }, '2026-01-31 12:00')
      .filter(({ transition }) => transition === 'repeated')
      .map(({ at: instant, evidence }) => `${local(instant).slice(0, 16)} ${evidence.map(({ id }) => id).join(', ')}`);
  const harm = (when: string) => happens('SelfHarmReported', when);
  const opened = (when: string) => happens('AcctOpened', when);
  const gone = released('2026-01-25 10:00', 'RELEASED');

  it('a further event that is counted is recorded on it, late or not, and nothing else is', () => {
    const counting = 'countWithin: { event: AdjudicationReported, atLeast: 2, window: P28D, distinctBy: chargeNumber }';
    const rule = ruleOf(counting, { repeats: [conditionOf(counting)] });
    const [first, second, third] = ['A', 'B', 'C'].map((number, day) => charged(`2026-01-1${day} 10:00`, number));
    const before = late(charged('2026-01-09 10:00', 'D'), '2026-01-14 10:00');
    const history = [first, second, third, session('2026-01-13 10:00'), before].flatMap((event) => event ?? []);
    expect(repeated(rule, arrival, ...history, gone)).toEqual([
      '2026-01-12 10:00 AdjudicationReported 2026-01-12 10:00',
      '2026-01-14 10:00 AdjudicationReported 2026-01-09 10:00',
    ]);
  });

  it('a further sign of any risk family is', () => {
    const families = 'familiesWithin: { atLeast: 2, window: P7D }';
    const rule = ruleOf(families, { repeats: [conditionOf(families)] });
    const misuse = happens('SubstanceMisuseIndicated', '2026-01-11 10:00');
    const history = [harm('2026-01-10 10:00'), misuse, opened('2026-01-12 10:00'), session('2026-01-12 11:00')];
    const before = late(harm('2026-01-09 10:00'), '2026-01-13 10:00');
    const old = late(harm('2026-01-06 10:00'), '2026-01-13 11:00');
    expect(repeated(rule, arrival, ...history, before, old, gone)).toEqual([
      '2026-01-12 10:00 AcctOpened 2026-01-12 10:00',
      '2026-01-13 10:00 SelfHarmReported 2026-01-09 10:00',
    ]);
  });

  it('a further ask is, of whatever kind, unless it has its answer', () => {
    const asked =
      'unansweredFor: { asks: [{ event: SelfHarmReported }, { event: AcctOpened }], answer: session, within: stay }';
    const rule = ruleOf(asked, { repeats: [conditionOf(asked)] });
    const before = late(opened('2026-01-09 10:00'), '2026-01-13 10:00');
    const history = [harm('2026-01-10 10:00'), harm('2026-01-11 10:00'), opened('2026-01-12 10:00'), before];
    expect(repeated(rule, arrival, session('2026-01-08 10:00'), ...history, gone)).toEqual([
      '2026-01-11 10:00 SelfHarmReported 2026-01-11 10:00',
      '2026-01-12 10:00 AcctOpened 2026-01-12 10:00',
      '2026-01-13 10:00 AcctOpened 2026-01-09 10:00',
    ]);
    const answered = late(opened('2026-01-07 10:00'), '2026-01-13 10:00');
    const others = [harm('2026-01-10 10:00'), charged('2026-01-11 10:00', 'A'), answered];
    expect(repeated(rule, arrival, session('2026-01-08 10:00'), ...others, gone)).toEqual([]);
  });
});

describe('a latched alert', () => {
  const latched = (counting: string, otherwise: Partial<Rule> = {}): Rule =>
    ruleOf(`countWithin: { event: AdjudicationReported, atLeast: 2, window: P28D${counting} }`, {
      safeguard: SAFEGUARD,
      closesWhen: conditionOf('sinceRaised: { event: session }'),
      ...otherwise,
    });
  const CHARGES = latched(', distinctBy: chargeNumber');
  const [a, b, c] = [
    charged('2026-01-08 10:00', 'A'),
    charged('2026-01-09 10:00', 'B'),
    charged('2026-01-10 10:00', 'C'),
  ];
  const gone = released('2026-03-20 10:00', 'RELEASED');

  it('stays open until what closes it, though it would not open any longer', () => {
    expect(told(CHARGES, arrival, a, b, session('2026-02-20 10:00'), gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-02-20 10:00 resolved LOW met',
    ]);
  });

  it('having closed opens again only on more than it counted', () => {
    expect(
      told(CHARGES, arrival, a, b, session('2026-01-09 12:00'), charged('2026-01-10 09:00', 'A'), c, gone),
    ).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-09 12:00 resolved LOW met',
      '2026-01-10 10:00 raised LOW',
      '2026-03-20 10:00 expired LOW left',
    ]);
  });

  it('opens again on as many, once it would not have opened meanwhile', () => {
    const again = charged('2026-01-14 10:00', 'B');
    const history = [a, b, session('2026-01-11 10:00'), withdrawn(b, '2026-01-12 10:00'), again];
    expect(told(CHARGES, arrival, ...history, gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-11 10:00 resolved LOW met',
      '2026-01-14 10:00 raised LOW',
      '2026-03-20 10:00 expired LOW left',
    ]);
  });

  it('is not raised at an instant at which it would close, and counts as closed then', () => {
    expect(told(CHARGES, arrival, a, b, session('2026-01-09 10:00'), c, gone)).toEqual([
      '2026-01-10 10:00 raised LOW',
      '2026-03-20 10:00 expired LOW left',
    ]);
  });

  it('closes where what it stood on turns out not to be so', () => {
    expect(told(CHARGES, arrival, a, b, withdrawn(b, '2026-01-12 10:00'), gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-12 10:00 resolved LOW withdrawn',
    ]);
  });

  it('stands on what is so now, as if raised now, where it would open on that', () => {
    const before = late(session('2026-01-11 10:00'), '2026-01-13 10:00');
    const history = [a, b, c, withdrawn(b, '2026-01-12 10:00'), before, session('2026-01-14 10:00')];
    expect(told(CHARGES, arrival, ...history, gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-14 10:00 resolved LOW met',
    ]);
  });

  it('asks first what closes it, from the instant on which it stood', () => {
    const before = late(session('2026-01-11 10:00'), '2026-01-12 10:00');
    expect(told(CHARGES, arrival, a, b, c, withdrawn(b, '2026-01-12 10:00'), before, gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-12 10:00 resolved LOW withdrawn',
    ]);
  });

  it('has lost what it stood on with a new stay', () => {
    const there = received('2026-01-12 10:00', 'TRANSFERRED', 'XYM');
    const before = late(session('2026-01-11 10:00'), '2026-01-13 10:00');
    expect(told(CHARGES, arrival, a, b, there, before, { ...gone, prisonId: 'XYM' })).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-03-20 10:00 expired LOW left',
    ]);
    expect(told(latched(', within: stay'), arrival, a, b, there)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-12 10:00 resolved LOW ended',
    ]);
  });

  it('rises while it would still open', () => {
    const steps: Rule['steps'] = [2, 3].map((atLeast) => ({
      level: atLeast === 2 ? 'LOW' : 'HIGH',
      when: conditionOf(`countWithin: { event: AdjudicationReported, atLeast: ${atLeast}, window: P28D }`),
    }));
    expect(told(latched('', { steps }), arrival, a, b, c, session('2026-01-11 10:00'), gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-10 10:00 escalated HIGH',
      '2026-01-11 10:00 resolved HIGH met',
    ]);
  });

  it('closes once its rule is not about the person any longer, whatever closes it', () => {
    const condition = conditionOf('not: { latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH } }');
    const high = happens('ComplexityOfNeedChanged', '2026-01-14 10:00', { level: 'HIGH' });
    const rule = latched('', { appliesTo: { name: 'eligible', condition } });
    expect(told(rule, arrival, a, b, high, session('2026-01-15 10:00'), gone)).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-14 10:00 resolved LOW ended',
    ]);
  });

  it('that was raised as the stay began stands on that instant', () => {
    const moved = [released('2026-01-12 09:00', 'TRANSFERRED'), received('2026-01-12 12:00', 'TRANSFERRED', 'XYM')];
    const held = late(session('2026-01-13 10:00'), '2026-01-15 10:00');
    expect(told(CHARGES, arrival, a, b, ...moved, held, { ...gone, prisonId: 'XYM' })).toEqual([
      '2026-01-09 10:00 raised LOW',
      '2026-01-12 09:00 expired LOW left',
      '2026-01-12 12:00 raised LOW',
      '2026-01-15 10:00 resolved LOW met',
    ]);
  });

  const harm = (when: string): Occurrence => happens('SelfHarmReported', when);
  const misuse = (when: string): Occurrence => happens('SubstanceMisuseIndicated', when);

  it.each([
    ['familiesWithin: { atLeast: 2, window: P28D }', misuse('2026-01-10 10:00')],
    ['unansweredFor: { ask: SelfHarmReported, answer: AcctCaseReviewHeld }', harm('2026-01-10 10:00')],
    ['countUpToLast: { event: SelfHarmReported, atLeast: 1, window: P28D, within: stay }', harm('2026-01-10 10:00')],
    [
      'lastOf: { event: AdjudicationReported, last: 2, atLeast: 1, where: { chargeNumber: [A, B] }, within: stay }',
      charged('2026-01-10 10:00', 'B'),
    ],
    ['all: [stay, { countWithin: { event: SelfHarmReported, atLeast: 1, window: P28D } }]', harm('2026-01-10 10:00')],
    [
      'any: [{ countWithin: { event: AcctOpened, atLeast: 1, window: P28D } }, { countWithin: { event: SelfHarmReported, atLeast: 1, window: P28D } }]',
      happens('AcctOpened', '2026-01-10 10:00'),
    ],
  ])('counts what its opening condition counts, and opens again on one more: %s', (yaml, another) => {
    const rule = ruleOf(yaml, { safeguard: SAFEGUARD, closesWhen: conditionOf('sinceRaised: { event: session }') });
    const first = [charged('2026-01-08 10:00', 'A'), misuse('2026-01-08 10:00'), harm('2026-01-08 10:00')];
    const history = [arrival, ...first, session('2026-01-09 10:00'), session('2026-01-09 12:00')];
    expect(told(rule, ...history, another, session('2026-01-11 10:00'), gone)).toEqual([
      '2026-01-08 10:00 raised LOW',
      '2026-01-09 10:00 resolved LOW met',
      '2026-01-10 10:00 raised LOW',
      '2026-01-11 10:00 resolved LOW met',
    ]);
  });

  it('that counts nothing opens again only once it would not have opened', () => {
    const rule = ruleOf('acct-open', {
      safeguard: SAFEGUARD,
      closesWhen: conditionOf('sinceRaised: { event: session }'),
    });
    const opened = (when: string) => happens('AcctOpened', when);
    const history = [opened('2026-01-08 10:00'), session('2026-01-09 10:00'), opened('2026-01-10 10:00')];
    const closed = happens('AcctClosed', '2026-01-11 10:00');
    expect(told(rule, arrival, ...history, closed, opened('2026-01-12 10:00'), gone)).toEqual([
      '2026-01-08 10:00 raised LOW',
      '2026-01-09 10:00 resolved LOW met',
      '2026-01-12 10:00 raised LOW',
      '2026-03-20 10:00 expired LOW left',
    ]);
  });
});
