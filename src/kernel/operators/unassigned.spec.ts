import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, received, released, session } from '../../../test/kernel-kit.js';

describe('unassigned', () => {
  const nobody = given('heldFor: { condition: { not: key-worker }, for: P2D }');
  const arrival = arrives('2026-01-05 09:00');
  const allocated = happens('KeyWorkerAllocated', '2026-01-06 09:00', { staffId: 'S1' });

  it('counts from the beginning of the stay', () => {
    expect(nobody.when(arrival).nextFlip('2026-01-05 09:00')).toBe('2026-01-08 00:00 +00:00');
  });

  it('counts from the day the last one was taken away', () => {
    const taken = happens('KeyWorkerDeallocated', '2026-01-20 09:00', { staffId: 'S1' });
    expect(nobody.when(arrival, allocated, taken).nextFlip('2026-01-20 09:00')).toBe('2026-01-23 00:00 +00:00');
  });

  it('does not hold while somebody has the task', () => {
    expect(nobody.when(arrival, allocated).at('2026-03-01 00:00')).toBe(false);
  });

  it('counts from the arrival, where the prison took it before', () => {
    const there = { ...allocated, prisonId: 'XYM' };
    const taken = happens('KeyWorkerDeallocated', '2026-01-07 09:00', { staffId: 'S1' }, 'XYM');
    const moved = [released('2026-01-09 09:00', 'TRANSFERRED'), received('2026-01-09 12:00', 'TRANSFERRED', 'XYM')];
    const told = nobody.when(arrival, there, taken, ...moved);
    expect(told.nextFlip('2026-01-09 12:00')).toBe('2026-01-12 00:00 +00:00');
  });

  it('holds for nobody who is in no stay', () => {
    expect(nobody.when(arrival, released('2026-01-06 09:00', 'RELEASED')).at('2026-02-01 00:00')).toBe(false);
  });

  it('rests on the last one who had it, and on what took it, or on the arrival', () => {
    const taken = happens('KeyWorkerDeallocated', '2026-01-20 09:00', { staffId: 'S1' });
    const told = nobody.when(arrival, allocated, taken).explain('2026-01-21 00:00');
    expect(told.of).toMatchObject([{ op: 'unassigned', holds: true, since: taken.at, cites: [allocated, taken] }]);
    expect(nobody.when(arrival).explain('2026-01-06 00:00').of).toMatchObject([{ cites: [arrival] }]);
    expect(nobody.when(arrival, allocated).explain('2026-01-07 00:00').of).toMatchObject([{ holds: false, cites: [] }]);
  });

  it('covers what happened since, its instant included', () => {
    const seen = given('seen: { event: session, within: { not: key-worker } }');
    const taken = happens('KeyWorkerDeallocated', '2026-01-20 09:00', { staffId: 'S1' });
    expect(seen.when(arrival, allocated, taken, session('2026-01-20 09:00')).at('2026-01-20 09:00')).toBe(true);
    expect(seen.when(arrival, allocated, session('2026-01-20 08:59'), taken).at('2026-01-20 09:00')).toBe(false);
    expect(seen.when(arrival, allocated, session('2026-01-20 08:59')).at('2026-01-20 09:00')).toBe(false);
  });
});
