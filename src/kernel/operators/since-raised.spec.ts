import { describe, expect, it } from '@jest/globals';
import { arrives, given, session } from '../../../test/kernel-kit.js';

describe('sinceRaised', () => {
  const arrival = arrives('2026-01-01 09:00');
  const raised = '2026-01-20 00:00';

  it('counts an event at the very instant at which the alert was raised, and none before', () => {
    const one = given('sinceRaised: { event: session }');
    expect(one.when(arrival, session('2026-01-19 23:59')).at('2026-01-21 00:00', raised)).toBe(false);
    expect(one.when(arrival, session('2026-01-20 00:00')).at('2026-01-21 00:00', raised)).toBe(true);
  });

  it('counts an arrival, though what belongs to the stay from before it is taken in after it', () => {
    const one = given('sinceRaised: { event: [PrisonerReceived, session] }');
    const early = one.when(session('2026-01-19 20:00'), arrives('2026-01-20 00:00'));
    expect(early.at('2026-01-21 00:00', raised)).toBe(true);
  });

  it('is false where nothing has been raised', () => {
    expect(given('sinceRaised: { event: session }').when(arrival, session('2026-01-20 00:00')).at(raised)).toBe(false);
  });

  const pair = given('sinceRaised: { event: session, pairWithin: P14D }');

  it.each([
    ['14 days apart by date, whatever the hour', '2026-01-21 09:00', '2026-02-04 17:00', true],
    ['15 days apart', '2026-01-21 17:00', '2026-02-05 09:00', false],
    ['the first of them before the alert', '2026-01-19 10:00', '2026-01-22 10:00', false],
  ])('a pair: %s', (_, first, second, closes) => {
    expect(pair.when(arrival, session(first), session(second)).at('2026-02-10 00:00', raised)).toBe(closes);
  });

  it('a pair is of consecutive events', () => {
    const told = pair.when(
      arrival,
      session('2026-01-21 10:00'),
      session('2026-02-06 10:00'),
      session('2026-02-10 10:00'),
    );
    expect(told.at('2026-02-10 10:00', raised)).toBe(true);
  });

  it('cites the last one since then, also where it takes a second', () => {
    const [before, since] = [session('2026-01-19 10:00'), session('2026-01-22 10:00')];
    const told = pair.when(arrival, before, since);
    expect(told.explain('2026-01-23 00:00', raised)).toEqual({ op: 'sinceRaised', holds: false, cites: [since] });
    expect(pair.when(arrival, before).explain('2026-01-23 00:00', raised).cites).toEqual([]);
    expect(told.explain('2026-01-23 00:00').cites).toEqual([]);
  });

  it('cites one at the very instant at which the alert was raised', () => {
    const held = session('2026-01-20 00:00');
    expect(pair.when(arrival, held).explain('2026-01-21 00:00', raised).cites).toEqual([held]);
  });
});
