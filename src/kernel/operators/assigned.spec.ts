import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, transfers } from '../../../test/kernel-kit.js';

const allocated = (when: string, staffId: string) => happens('KeyWorkerAllocated', when, { staffId });
const deallocated = (when: string, staffId: string) => happens('KeyWorkerDeallocated', when, { staffId });

describe('assigned', () => {
  const keyWorker = given('assigned: { by: KeyWorkerAllocated, until: KeyWorkerDeallocated, field: staffId }');
  const arrival = arrives('2026-01-05 09:00');

  it('holds from the allocation', () => {
    expect(keyWorker.when(arrival).at('2026-01-05 10:00')).toBe(false);
    expect(keyWorker.when(arrival, allocated('2026-01-06 09:00', 'S1')).at('2026-01-06 09:00')).toBe(true);
  });

  it('still counts from the first time when given to the same again', () => {
    const told = keyWorker.when(arrival, allocated('2026-01-06 09:00', 'S1'), allocated('2026-01-09 09:00', 'S1'));
    expect(told.explain('2026-01-10 00:00').cites).toMatchObject([{ id: 'KeyWorkerAllocated 2026-01-06 09:00' }]);
  });

  it('is not taken by a deallocation that names an earlier key worker', () => {
    const told = keyWorker.when(
      arrival,
      allocated('2026-01-06 09:00', 'S1'),
      allocated('2026-01-09 09:00', 'S2'),
      deallocated('2026-01-09 09:05', 'S1'),
    );
    expect(told.at('2026-01-10 00:00')).toBe(true);
  });

  it('ends with a deallocation that names the present one, and with the stay', () => {
    const given = allocated('2026-01-06 09:00', 'S1');
    expect(keyWorker.when(arrival, given, deallocated('2026-01-09 09:00', 'S1')).at('2026-01-10 00:00')).toBe(false);
    const moved = transfers('2026-01-09 09:00', '2026-01-09 12:00');
    expect(keyWorker.when(arrival, given, ...moved).at('2026-01-10 00:00')).toBe(false);
  });
});
