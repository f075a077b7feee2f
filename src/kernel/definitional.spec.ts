import { describe, expect, it } from '@jest/globals';
import { arrives, at, conditionOf, DAYS, happens, local, ruleOf, session } from '../../test/kernel-kit.js';
import { definitionalReading, definitionalReplay, definitionalTruth, shouldBeOpen } from './definitional.js';
import { companies } from './definitional/known-events.js';
import { limitsIn, momentsOf, withReferred } from './definitional/moments.js';
import { situationOf } from './definitional/situation-of.js';
import type { Occurrence } from './occurrence.js';

const arrival = arrives('2026-01-05 09:00');
const UNSEEN = ruleOf('absentFor: { event: session, within: stay, for: P7D }');
const under = (prisonNumber: string, ...events: readonly Occurrence[]): Occurrence[] =>
  events.map((event) => ({ ...event, id: `${event.id} of ${prisonNumber}`, prisonNumber }));

describe('by definition', () => {
  const view = { days: DAYS, rules: [] };

  it('what happens later is left out', () => {
    const seen = conditionOf('seen: { event: session, within: stay }');
    const history = [arrival, session('2026-01-07 10:00')];
    const seenAt = (when: string) => definitionalTruth(seen, { ...view, history, t: at(when) }, false);
    expect([seenAt('2026-01-07 09:59'), seenAt('2026-01-07 10:00')]).toEqual([false, true]);
  });

  it('a history is about the number it was told under, unless another is asked for', () => {
    const history = [...under('A0001AA', arrival), ...under('B0002BB', arrival, session('2026-01-10 10:00'))];
    const reading = (prisonNumber?: string) =>
      definitionalReading(UNSEEN, {
        ...{ ...view, history, t: at('2026-01-14 00:00') },
        ...(prisonNumber !== undefined && { prisonNumber }),
      });
    expect(reading()).toEqual({ inStay: true, applies: true, opening: true, severity: 'LOW' });
    expect(reading('A0001AA').opening).toBe(true);
    expect(reading('B0002BB')).toEqual({ inStay: true, applies: true, opening: false, severity: undefined });
    expect(reading('C0003CC')).toEqual({ inStay: false, applies: false, opening: false, severity: undefined });
  });

  it('of nobody nothing holds', () => {
    expect(definitionalReading(UNSEEN, { ...view, history: [], t: at('2026-01-14 00:00') }).inStay).toBe(false);
  });

  it('a rule that is referred to has to be given', () => {
    const asked = { ...view, history: [arrival], t: arrival.at };
    expect(() => definitionalTruth({ op: 'rule', id: 'KW-01' }, asked, false)).toThrow(
      'There is no rule "KW-01" to refer to. Give it among the rules.',
    );
  });

  it.each([
    'all: [acct-open, stay]',
    'any: [acct-open, not: stay]',
    'not: acct-open',
    'heldFor: { condition: acct-open, for: P1D }',
  ])('a condition is unknown while a source that it needs is quiet, and no other: %s', (yaml) => {
    const truth = (...silent: readonly string[]) =>
      definitionalTruth(
        conditionOf(yaml),
        { ...view, history: [arrival], t: arrival.at, silent: new Set(silent) },
        false,
      );
    expect(truth('AcctClosed')).toBe('unknown');
    expect(truth('KeyWorkerSessionHeld')).not.toBe('unknown');
  });
});

describe('by definition should be open', () => {
  const history = under('A0001AA', arrival);
  const known = { rules: [UNSEEN], days: DAYS, history };

  it('what was raised and has not closed by now', () => {
    const open = { prisonNumber: 'A0001AA', rule: 'TEST-01', raisedAt: at('2026-01-13 00:00'), severity: 'LOW' };
    expect(shouldBeOpen({ ...known, now: at('2026-01-13 00:00') })).toEqual([open]);
    expect(shouldBeOpen({ ...known, now: at('2026-01-12 23:59') })).toEqual([]);
    const talked = [...history, ...under('A0001AA', session('2026-01-14 10:00'))];
    expect(shouldBeOpen({ ...known, history: talked, now: at('2026-01-15 00:00') })).toEqual([]);
  });

  it('what was raised when its cause became known, and not before it happened', () => {
    const raisedAt = (known1: string) =>
      shouldBeOpen({ ...known, now: at('2026-02-01 00:00'), knownAt: () => at(known1) }).map((one) =>
        local(one.raisedAt),
      );
    expect(raisedAt('2026-01-20 10:00')).toEqual(['2026-01-20 10:00 +00:00']);
    expect(raisedAt('2026-01-01 10:00')).toEqual(['2026-01-13 00:00 +00:00']);
  });
});

describe('by definition alerts change', () => {
  it('by instant, then by number, then by rule', () => {
    const rules = [{ ...UNSEEN, id: 'TEST-02' }, UNSEEN];
    const history = [
      ...under('B0002BB', arrival),
      ...under('A0001AA', arrival),
      ...under('C0003CC', arrives('2026-01-04 09:00')),
    ];
    expect(
      definitionalReplay({ rules, days: DAYS }, history, at('2026-01-14 00:00')).map(({ at: t, prisonNumber, rule }) =>
        [local(t).slice(0, 10), prisonNumber, rule].join(' '),
      ),
    ).toEqual([
      '2026-01-12 C0003CC TEST-01',
      '2026-01-12 C0003CC TEST-02',
      '2026-01-13 A0001AA TEST-01',
      '2026-01-13 A0001AA TEST-02',
      '2026-01-13 B0002BB TEST-01',
      '2026-01-13 B0002BB TEST-02',
    ]);
  });

  it('at every local midnight, after every limit in hours, moved and not, and at every instant that an event carries', () => {
    const carried = happens('AcctCaseReviewHeld', '2026-01-05 12:00', {
      nextReviewDue: '2026-01-06T15:30:00Z',
      note: 'on 2026-01-06T16:00:00Z',
      day: '2026-01-06',
    });
    const away = [
      happens('PrisonerReleased', '2026-01-06 08:00', { reason: 'SENT_TO_COURT' }),
      happens('PrisonerReceived', '2026-01-06 18:00', { reason: 'RETURN_FROM_COURT' }),
    ];
    const events = [arrival, carried, ...away];
    const from = at('2026-01-06 08:30');
    const situation = situationOf(events, at('2026-01-06 18:00'), { days: DAYS, rulesOf: () => [] });
    const limits = limitsIn([ruleOf('heldFor: { condition: stay, for: PT24H }'), UNSEEN]);
    expect(momentsOf(limits, situation, from, at('2026-01-08 00:00')).map((t) => local(t).slice(0, 16))).toEqual([
      '2026-01-06 08:30',
      '2026-01-06 09:00',
      '2026-01-06 12:00',
      '2026-01-06 15:30',
      '2026-01-06 19:00',
      '2026-01-06 22:00',
      '2026-01-07 00:00',
      '2026-01-07 08:00',
      '2026-01-07 18:00',
    ]);
  });

  it('with the limits in hours of all their conditions, each once', () => {
    const rules = [
      ruleOf('unansweredFor: { ask: SelfHarmReported, answer: session, for: PT72H }'),
      ruleOf('any: [{ heldFor: { condition: acct-open, for: PT24H } }, { heldFor: { condition: stay, for: PT72H } }]'),
      UNSEEN,
    ];
    expect(limitsIn(rules).map(({ text }) => text)).toEqual(['PT72H', 'PT24H']);
  });

  it('with those of the rules that they refer to, through others too', () => {
    const [first, second, third] = ['rule: TEST-02', 'not: { rule: TEST-03 }', 'stay'].map((when, place) =>
      ruleOf(when, { id: `TEST-0${place + 1}` }),
    );
    const all = [first, second, third].flatMap((rule) => rule ?? []);
    expect(all.map((rule) => withReferred(rule, all).map(({ id }) => id))).toEqual([
      ['TEST-01', 'TEST-02', 'TEST-03'],
      ['TEST-02', 'TEST-03'],
      ['TEST-03'],
    ]);
  });
});

describe('by definition people have to do with one another', () => {
  const numbersOf = (...history: readonly Occurrence[]): string[] =>
    companies(history).map((company) => [...new Set(company.map(({ prisonNumber }) => prisonNumber))].sort().join(' '));
  const [a, b, c] = ['A0001AA', 'B0002BB', 'C0003CC'].map((number) => under(number, arrival)).flat() as [
    Occurrence,
    Occurrence,
    Occurrence,
  ];
  const merge = (removed: string, kept: string): Occurrence[] =>
    under(kept, happens('PrisonerRecordsMerged', '2026-01-06 10:00', { removedPrisonNumber: removed }));
  const note = (prisonNumber: string, record: string): Occurrence[] =>
    under(prisonNumber, { ...session('2026-01-06 10:00'), source: { record, revision: 0 } });

  it('by a merge, or by a record of both, through others too', () => {
    expect(numbersOf(a, b, c)).toEqual(['A0001AA', 'B0002BB', 'C0003CC']);
    expect(numbersOf(a, b, c, ...merge('A0001AA', 'B0002BB'))).toEqual(['A0001AA B0002BB', 'C0003CC']);
    expect(numbersOf(a, b, c, ...merge('A0001AA', 'B0002BB'), ...merge('B0002BB', 'C0003CC'))).toEqual([
      'A0001AA B0002BB C0003CC',
    ]);
    expect(numbersOf(a, b, c, ...note('A0001AA', 'one'), ...note('C0003CC', 'one'))).toEqual([
      'A0001AA C0003CC',
      'B0002BB',
    ]);
    expect(numbersOf(a, b, ...note('A0001AA', 'one'), ...note('B0002BB', 'two'))).toEqual(['A0001AA', 'B0002BB']);
  });
});
