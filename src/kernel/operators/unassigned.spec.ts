import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens } from '../../../test/kernel-kit.js';

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
});
