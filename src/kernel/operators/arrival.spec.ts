import { describe, expect, it } from '@jest/globals';
import {
  arrives,
  given,
  goesToCourt,
  happens,
  received,
  released,
  returns,
  session,
} from '../../../test/kernel-kit.js';

describe('arrival', () => {
  const arrival = arrives('2026-01-05 09:00');

  it('holds in a stay that began with an arrival, and in no other', () => {
    const clock = given('arrival');
    expect(clock.when(arrival).explain('2026-01-06 00:00')).toMatchObject({ op: 'arrival', cites: [arrival] });
    expect(clock.when(session('2026-01-05 09:00')).at('2026-01-06 00:00')).toBe(false);
    expect(clock.when(arrival, released('2026-01-06 09:00', 'RELEASED')).at('2026-01-06 09:00')).toBe(false);
  });

  describe('as what starts', () => {
    const arrived = given('countWithin: { event: { starts: arrival }, atLeast: 2, window: P28D }');

    it('is each arrival that begins a stay', () => {
      expect(arrived.when(arrival, received('2026-01-20 09:00', 'RECALL', 'XYM')).at('2026-01-20 09:00')).toBe(true);
    });

    it('is no arrival that is told again, and no return', () => {
      expect(arrived.when(arrival, received('2026-01-06 09:00', 'RECALL')).at('2026-01-06 09:00')).toBe(false);
      const back = [goesToCourt('2026-01-06 08:00'), returns('2026-01-06 17:00')];
      expect(arrived.when(arrival, ...back).at('2026-01-06 17:00')).toBe(false);
    });

    it('is presence after a transfer', () => {
      const gone = released('2026-01-20 09:00', 'TRANSFERRED');
      const there = happens('CellMoved', '2026-01-20 15:00', {}, 'XYM');
      expect(arrived.when(arrival, gone, there).at('2026-01-20 15:00')).toBe(true);
    });
  });
});
