import { describe, expect, it } from '@jest/globals';
import { arrives, at, given, happens, received, released, session, transfers } from '../../../test/kernel-kit.js';

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

  describe('in another prison', () => {
    const there = { ...allocated('2026-01-08 09:00', 'S2'), prisonId: 'XYM' };
    const moved = [released('2026-01-09 09:00', 'TRANSFERRED'), received('2026-01-09 12:00', 'TRANSFERRED', 'XYM')];

    it('waits for an arrival there, and counts from it', () => {
      expect(keyWorker.when(arrival, there).at('2026-01-08 10:00')).toBe(false);
      const told = keyWorker.when(arrival, there, ...moved).explain('2026-01-10 00:00');
      expect(told).toMatchObject({ holds: true, since: at('2026-01-09 12:00'), cites: [there] });
    });

    it('is not taken by a deallocation in this one', () => {
      const taken = deallocated('2026-01-08 10:00', 'S2');
      expect(keyWorker.when(arrival, there, taken, ...moved).at('2026-01-10 00:00')).toBe(true);
    });
  });

  it('ends with an arrival at another prison, and not with one at the same', () => {
    const given = allocated('2026-01-06 09:00', 'S1');
    const [elsewhere, back] = [received('2026-02-05 09:00', 'RECALL', 'XYM'), received('2026-02-06 09:00', 'RECALL')];
    expect(keyWorker.when(arrival, given, elsewhere, back).at('2026-02-07 00:00')).toBe(false);
    const again = keyWorker.when(arrival, given, back).explain('2026-02-07 00:00');
    expect(again).toMatchObject({ holds: true, since: at('2026-02-06 09:00') });
  });

  it('is not taken before it is given', () => {
    const told = keyWorker.when(arrival, deallocated('2026-01-06 09:00', 'S1'), allocated('2026-01-07 09:00', 'S1'));
    expect(told.at('2026-01-08 00:00')).toBe(true);
  });

  it('covers what happened since, its instant included', () => {
    const seen = given('seen: { event: session, within: key-worker }');
    const [noon, later] = ['2026-01-06 12:00', '2026-01-06 13:00'];
    expect(seen.when(arrival, allocated(noon, 'S1'), session(noon)).at(noon)).toBe(true);
    expect(seen.when(arrival, session(noon), allocated(later, 'S1')).at(later)).toBe(false);
    expect(seen.when(arrival, session(noon)).at(later)).toBe(false);
  });

  it('rests on the allocation that counts, or on nothing', () => {
    const [first, second] = [allocated('2026-01-06 09:00', 'S1'), allocated('2026-01-09 09:00', 'S2')];
    const told = keyWorker.when(arrival, first, second, deallocated('2026-01-09 09:05', 'S1'));
    expect(told.explain('2026-01-10 00:00')).toEqual({
      ...{ op: 'assigned', holds: true, since: second.at, cites: [second] },
    });
    const none = keyWorker.when(arrival, deallocated('2026-01-06 09:00', 'S1'));
    expect(none.explain('2026-01-10 00:00')).toEqual({ op: 'assigned', holds: false, cites: [] });
  });
});
