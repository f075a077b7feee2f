import { describe, expect, it } from '@jest/globals';
import { arrives, given, goesToCourt, happens, returns, session } from '../../../test/kernel-kit.js';

describe('stay', () => {
  const stay = given('stay');
  const arrival = arrives('2026-01-05 09:00');

  it('goes on while the person is at court', () => {
    expect(stay.when(arrival, goesToCourt('2026-01-06 08:00')).at('2026-01-06 12:00')).toBe(true);
    const back = [goesToCourt('2026-01-06 08:00'), returns('2026-01-06 17:00')];
    expect(stay.when(arrival, ...back).explain('2026-01-07 00:00').cites).toMatchObject([{ id: arrival.id }]);
  });

  it('ends with a release', () => {
    const released = happens('PrisonerReleased', '2026-01-06 08:00', { reason: 'RELEASED' });
    expect(stay.when(arrival, released).at('2026-01-06 08:00')).toBe(false);
  });

  it('has begun for somebody first heard of through anything else', () => {
    expect(stay.when(session('2026-01-07 10:00')).at('2026-01-07 10:00')).toBe(true);
    expect(stay.when(happens('PersonDetailsChanged', '2026-01-07 10:00')).at('2026-01-07 10:00')).toBe(false);
  });

  it('rests on what began it, or on nothing', () => {
    expect(stay.when(arrival).explain('2026-01-06 00:00')).toEqual({
      ...{ op: 'stay', holds: true, since: arrival.at, cites: [arrival] },
    });
    expect(stay.when().explain('2026-01-06 00:00')).toEqual({ op: 'stay', holds: false, cites: [] });
  });
});
