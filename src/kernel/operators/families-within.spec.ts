import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens } from '../../../test/kernel-kit.js';

describe('familiesWithin', () => {
  const two = given('familiesWithin: { atLeast: 2, window: P28D }');
  const arrival = arrives('2026-01-05 09:00');
  const selfHarm = happens('SelfHarmReported', '2026-01-06 10:00');

  it('counts families, not events', () => {
    expect(two.when(arrival, selfHarm, happens('AcctOpened', '2026-01-07 10:00')).at('2026-01-08 00:00')).toBe(false);
    const told = two.when(arrival, selfHarm, happens('SubstanceMisuseIndicated', '2026-01-07 10:00'));
    expect(told.at('2026-01-07 10:00')).toBe(true);
    expect(told.explain('2026-01-07 10:00').count).toBe(2);
  });

  it('ends at the local midnight at which one of them has left the window', () => {
    const told = two.when(arrival, selfHarm, happens('SubstanceMisuseIndicated', '2026-01-07 10:00'));
    expect(told.nextFlip('2026-01-07 10:00')).toBe('2026-02-03 00:00 +00:00');
    expect(told.at('2026-02-03 00:00')).toBe(false);
  });

  it('names the families that it counts, and cites their events', () => {
    const [opened, misuse] = [
      happens('AcctOpened', '2026-01-07 10:00'),
      happens('SubstanceMisuseIndicated', '2026-01-08 10:00'),
    ];
    expect(two.when(arrival, selfHarm, opened, misuse).explain('2026-01-08 10:00')).toEqual({
      op: 'familiesWithin',
      holds: true,
      count: 2,
      families: ['SUBSTANCE', 'HARM'],
      cites: [misuse, selfHarm, opened],
    });
  });

  it('goes on as long as a later event of the family is in the window', () => {
    const misuse = happens('SubstanceMisuseIndicated', '2026-01-20 10:00');
    const told = two.when(arrival, selfHarm, happens('AcctOpened', '2026-01-10 10:00'), misuse);
    expect(told.at('2026-02-06 23:59')).toBe(true);
    expect(told.at('2026-02-07 00:00')).toBe(false);
  });
});
