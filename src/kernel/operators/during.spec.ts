import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, transfers } from '../../../test/kernel-kit.js';

const started = (when: string) => happens('SegregationStarted', when);
const ended = (when: string) => happens('SegregationEnded', when);

describe('during', () => {
  const segregated = given('during: { from: SegregationStarted, until: SegregationEnded }');
  const arrival = arrives('2026-01-05 09:00');

  it('holds from the start until the end', () => {
    const told = segregated.when(arrival, started('2026-01-10 10:00'));
    expect(told.at('2026-01-10 10:00')).toBe(true);
    expect(
      segregated.when(arrival, started('2026-01-10 10:00'), ended('2026-01-11 10:00')).at('2026-01-11 10:00'),
    ).toBe(false);
  });

  it('counts from the first start: a second changes nothing', () => {
    const told = segregated.when(arrival, started('2026-01-10 10:00'), started('2026-01-12 10:00'));
    expect(told.explain('2026-01-13 00:00').cites).toMatchObject([{ id: 'SegregationStarted 2026-01-10 10:00' }]);
  });

  it('an end while nothing has started changes nothing', () => {
    expect(segregated.when(arrival, ended('2026-01-10 10:00')).at('2026-01-11 00:00')).toBe(false);
  });

  it('goes on in the next stay, unless it belongs to one', () => {
    const moved = [arrival, started('2026-01-10 10:00'), ...transfers('2026-01-11 09:00', '2026-01-11 12:00')];
    const inStay = given('during: { from: SegregationStarted, until: SegregationEnded, within: stay }');
    expect(segregated.when(...moved).at('2026-01-12 00:00')).toBe(true);
    expect(inStay.when(...moved).at('2026-01-12 00:00')).toBe(false);
  });
});
