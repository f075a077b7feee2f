import { describe, expect, it } from '@jest/globals';
import { arrives, at, DAYS, goesToCourt, happens, returns, session, transfers } from '../../../test/kernel-kit.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { keyWorkersOf } from './key-workers.js';

const NOW = at('2026-03-31 12:00');
const allocated = (when: string, staffId: string): Occurrence => happens('KeyWorkerAllocated', when, { staffId });
const deallocated = (when: string, staffId: string): Occurrence => happens('KeyWorkerDeallocated', when, { staffId });

/** Who, for how many days, how many days until they met. */
const told = (...events: Occurrence[]) =>
  keyWorkersOf(events, DAYS, NOW).map(({ staffId, days, daysUntilTheyMet }) => [staffId, days, daysUntilTheyMet]);

describe('the key workers of a person', () => {
  it('come in order, with the gaps between them', () => {
    expect(
      told(
        arrives('2026-03-02 15:00'),
        allocated('2026-03-04 09:00', 'S1'),
        session('2026-03-07 10:00', 'S1'),
        deallocated('2026-03-10 09:00', 'S1'),
        allocated('2026-03-20 09:00', 'S2'),
      ),
    ).toEqual([
      [undefined, 2, undefined],
      ['S1', 6, 3],
      [undefined, 10, undefined],
      ['S2', 11, undefined],
    ]);
  });

  it('have no gap when the new one is allocated before the old one is deallocated', () => {
    expect(
      told(
        arrives('2026-03-02 15:00'),
        allocated('2026-03-02 16:00', 'S1'),
        allocated('2026-03-10 09:00', 'S2'),
        deallocated('2026-03-10 09:05', 'S1'),
      ),
    ).toEqual([
      [undefined, 0, undefined],
      ['S1', 8, undefined],
      ['S2', 21, undefined],
    ]);
  });

  it('are not changed by the same allocation again', () => {
    const twice = [allocated('2026-03-02 15:00', 'S1'), allocated('2026-03-09 15:00', 'S1')];
    expect(told(arrives('2026-03-02 15:00'), ...twice)).toEqual([['S1', 29, undefined]]);
  });

  it('count the days until they met by the local calendar, also where the clocks change', () => {
    const lateAndEarly = [allocated('2026-03-28 23:30', 'S1'), session('2026-03-29 03:10', 'S1')];
    expect(told(arrives('2026-03-28 23:30'), ...lateAndEarly)).toEqual([['S1', 3, 1]]);
  });

  it('had met before when they saw the person earlier in this stay', () => {
    expect(
      told(arrives('2026-03-02 15:00'), session('2026-03-03 10:00', 'S1'), allocated('2026-03-05 09:00', 'S1')),
    ).toEqual([
      [undefined, 3, undefined],
      ['S1', 26, 0],
    ]);
  });

  it('have not met because somebody else saw the person', () => {
    const seen = session('2026-03-05 10:00', 'S2');
    expect(told(arrives('2026-03-02 15:00'), allocated('2026-03-02 15:00', 'S1'), seen)).toEqual([
      ['S1', 29, undefined],
    ]);
  });

  it('stay the same through a visit to court, and end with the stay', () => {
    expect(
      told(
        arrives('2026-03-02 15:00'),
        allocated('2026-03-02 15:00', 'S1'),
        goesToCourt('2026-03-05 08:00'),
        returns('2026-03-05 17:00'),
        ...transfers('2026-03-12 09:00', '2026-03-12 13:00'),
      ),
    ).toEqual([
      ['S1', 10, undefined],
      [undefined, 19, undefined],
    ]);
  });
});
