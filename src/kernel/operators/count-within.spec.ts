import { describe, expect, it } from '@jest/globals';
import { arrives, at, given, happens, transfers } from '../../../test/kernel-kit.js';

const charged = (when: string, chargeNumber: string) => happens('AdjudicationReported', when, { chargeNumber });

describe('countWithin', () => {
  const arrival = arrives('2026-01-01 09:00');
  const two = given('countWithin: { event: AdjudicationReported, atLeast: 2, window: P14D }');

  it('drops an event at the local midnight at which it has left the window', () => {
    const told = two.when(arrival, charged('2026-01-06 23:00', 'A'), charged('2026-01-10 10:00', 'B'));
    expect(told.at('2026-01-19 23:59')).toBe(true);
    expect(told.nextFlip('2026-01-10 10:00')).toBe('2026-01-20 00:00 +00:00');
    expect(told.at('2026-01-20 00:00')).toBe(false);
  });

  it.each([
    ['forward', '2026-03-20 10:00', '2026-03-21 10:00', '2026-04-03 00:00 +01:00'],
    ['back', '2026-10-20 10:00', '2026-10-21 10:00', '2026-11-03 00:00 +00:00'],
  ])('changes at local midnight where the clocks go %s', (_, first, second, change) => {
    const told = two.when(arrival, charged(first, 'A'), charged(second, 'B'));
    expect(told.nextFlip(second)).toBe(change);
  });

  it('"distinctBy" counts values, not events', () => {
    const different = given(
      'countWithin: { event: AdjudicationReported, atLeast: 2, window: P14D, distinctBy: chargeNumber }',
    );
    const same = [arrival, charged('2026-01-06 10:00', 'A'), charged('2026-01-07 10:00', 'A')];
    expect(different.when(...same).at('2026-01-08 00:00')).toBe(false);
    expect(different.when(...same, charged('2026-01-08 10:00', 'B')).at('2026-01-08 10:00')).toBe(true);
  });

  it('reaches back across stays, unless a scope says otherwise', () => {
    const history = [
      arrival,
      charged('2026-01-06 10:00', 'A'),
      ...transfers('2026-01-07 09:00', '2026-01-07 12:00'),
      charged('2026-01-08 10:00', 'B'),
    ];
    const within = given('countWithin: { event: AdjudicationReported, atLeast: 2, window: P14D, within: stay }');
    expect(two.when(...history).at('2026-01-08 10:00')).toBe(true);
    expect(within.when(...history).at('2026-01-08 10:00')).toBe(false);
  });

  it('"otherThan" leaves out what belongs to the run that is on, as long as it is', () => {
    const run =
      '{ from: CellularConfinementAwarded, until: CellularConfinementEnded, days: days, match: chargeNumber }';
    const others = given(
      `countWithin: { event: AdjudicationReported, atLeast: 1, window: P28D, otherThan: { field: chargeNumber, of: { running: ${run} } } }`,
    );
    const own = charged('2026-01-06 10:00', 'A');
    const award = happens('CellularConfinementAwarded', '2026-01-07 10:00', { chargeNumber: 'A', days: 7 });
    expect(others.when(arrival, own).at('2026-01-06 10:00')).toBe(true);
    const told = others.when(arrival, own, award);
    expect(told.at('2026-01-07 10:00')).toBe(false);
    expect(told.nextFlip('2026-01-07 10:00')).toBe('2026-01-15 00:00 +00:00');
    expect(others.when(arrival, own, award, charged('2026-01-08 10:00', 'B')).at('2026-01-08 10:00')).toBe(true);
  });

  it('says how many there are, and by value which', () => {
    const counted = two.when(arrival, charged('2026-01-06 10:00', 'A'), charged('2026-01-07 10:00', 'A'));
    const evidence = counted.explain('2026-01-08 00:00');
    expect(evidence).toMatchObject({ holds: true, count: 2, cites: [{ at: at('2026-01-06 10:00') }, {}] });
    expect(evidence.counts).toBeUndefined();
    const byCharge = given(
      'countWithin: { event: AdjudicationReported, atLeast: 2, window: P14D, distinctBy: chargeNumber }',
    ).when(arrival, charged('2026-01-06 10:00', 'A'), charged('2026-01-07 10:00', 'B'));
    expect(byCharge.explain('2026-01-08 00:00')).toMatchObject({ count: 2, counts: ['A', 'B'] });
  });
});
