import { describe, expect, it } from '@jest/globals';
import { given, happens, received, released, session } from '../../test/kernel-kit.js';
import type { Occurrence } from './occurrence.js';

const arrival = received('2026-01-05 15:00', 'NEW_ADMISSION');
const gone = released('2026-01-20 09:00', 'TRANSFERRED');
const there = received('2026-01-20 11:00', 'TRANSFERRED', 'XYM');
const at = (occurrence: Occurrence, prisonId: string): Occurrence => ({ ...occurrence, prisonId });

describe('what was told before the arrival was', () => {
  const seen = given('seen: { event: session, within: stay }');

  it('belongs to the stay, if it names its prison and happened at most a day before', () => {
    const early = at(session('2026-01-20 10:00'), 'XYM');
    expect(seen.when(arrival, gone, early, there).at('2026-01-20 11:00')).toBe(true);
    expect(seen.when(arrival, gone, at(early, 'XYI'), there).at('2026-01-20 11:00')).toBe(false);
    const before = at(session('2026-01-19 10:59'), 'XYM');
    expect(seen.when(arrival, before, gone, there).at('2026-01-20 11:00')).toBe(false);
    expect(seen.when(arrival, at(session('2026-01-19 11:00'), 'XYM'), gone, there).at('2026-01-20 11:00')).toBe(true);
  });

  it('belongs to no other stay than the one that was open there', () => {
    const again = received('2026-01-20 11:00', 'NEW_ADMISSION');
    expect(seen.when(arrival, session('2026-01-20 08:00'), gone, again).at('2026-01-20 11:00')).toBe(false);
  });

  it('begins what it begins in the new stay, at its own instant', () => {
    const segregated = given('{ during: { from: SegregationStarted, until: SegregationEnded, within: stay } }');
    const started = at(happens('SegregationStarted', '2026-01-20 09:40'), 'XYM');
    const told = segregated.when(arrival, gone, started, there);
    expect(told.explain('2026-01-20 12:00').since).toBe(started.at);
  });

  it('hangs on how the person stood at its own instant, whatever the old prison tells of what came between', () => {
    const asks = given(
      'unansweredFor: { ask: SelfHarmReported, while: acct-open, answer: AcctCaseReviewHeld, within: stay }',
    );
    const early = at(happens('SelfHarmReported', '2026-01-20 10:00'), 'XYM');
    const opened = happens('AcctOpened', '2026-01-20 10:15');
    const closed = happens('AcctClosed', '2026-01-20 10:15');
    expect(asks.when(arrival, gone, early, opened, there).at('2026-01-20 11:00')).toBe(false);
    const onAcct = [arrival, happens('AcctOpened', '2026-01-19 10:00'), gone, early];
    expect(asks.when(...onAcct, closed, there).at('2026-01-20 11:00')).toBe(true);
  });

  it('belongs to the first of two stays', () => {
    const released1 = released('2026-01-20 09:00', 'RELEASED');
    const early = at(session('2026-01-20 10:00'), 'XYM');
    const first = received('2026-01-20 11:00', 'HOSPITAL_RETURN', 'XYM');
    const second = received('2026-01-20 12:00', 'NEW_ADMISSION', 'XYM');
    expect(seen.when(arrival, released1, early, first).at('2026-01-20 11:00')).toBe(true);
    expect(seen.when(arrival, released1, early, first, second).at('2026-01-20 12:00')).toBe(false);
  });
});

describe('what was told before the arrival, by custody', () => {
  const inCustody = given('seen: { event: session, within: custody }');
  const inStay = given('seen: { event: session, within: stay }');
  const freed = released('2026-01-19 09:00', 'RELEASED');
  const early = at(session('2026-01-20 10:00'), 'XYM');

  it('belongs to the custody that its stay begins', () => {
    const recalled = received('2026-01-20 11:00', 'RECALL', 'XYM');
    expect(inCustody.when(arrival, freed, early, recalled).at('2026-01-20 11:00')).toBe(true);
    expect(inCustody.when(arrival, freed, at(early, 'XYI'), recalled).at('2026-01-20 11:00')).toBe(false);
  });

  it('belongs to no custody that had begun meanwhile with another stay', () => {
    const recalled = received('2026-01-20 11:00', 'RECALL');
    const moved = received('2026-01-20 15:00', 'TRANSFERRED', 'XYM');
    const history = [arrival, freed, early, recalled, moved];
    expect(inStay.when(...history).at('2026-01-20 15:00')).toBe(true);
    expect(inCustody.when(...history).at('2026-01-20 15:00')).toBe(false);
  });

  it('counts once where it was the first that was heard of the person', () => {
    const admitted = received('2026-01-20 11:00', 'NEW_ADMISSION', 'XYM');
    const count = (atLeast: number) =>
      given(`countWithin: { event: session, atLeast: ${atLeast}, window: P7D, within: stay }`).when(early, admitted);
    expect([count(1).at('2026-01-20 11:00'), count(2).at('2026-01-20 11:00')]).toEqual([true, false]);
  });

  it('belongs to a stay that presence begins, too', () => {
    const shown = happens('CellMoved', '2026-01-20 15:00', {}, 'XYM');
    expect(inStay.when(arrival, gone, early, shown).at('2026-01-20 15:00')).toBe(true);
  });

  it('belongs to no state that began after it', () => {
    const segregated = given(
      'seen: { event: session, within: { during: { from: SegregationStarted, until: SegregationEnded, within: stay } } }',
    );
    const started = at(happens('SegregationStarted', '2026-01-20 12:00'), 'XYM');
    expect(segregated.when(arrival, gone, early, there, started).at('2026-01-20 12:00')).toBe(false);
  });
});

describe('a presence that begins a stay', () => {
  it('is an arrival too, and itself', () => {
    const shown = at(happens('CellMoved', '2026-01-20 15:00', { segregationUnit: true }), 'XYM');
    const told = given('seen: { event: session, within: stay }').when(arrival, gone, shown);
    expect(told.explain('2026-01-20 15:00').of?.[0]?.since).toBe(shown.at);
  });
});
