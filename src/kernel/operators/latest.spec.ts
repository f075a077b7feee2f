import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens } from '../../../test/kernel-kit.js';

const level = (when: string, to: string) => happens('ComplexityOfNeedChanged', when, { level: to });

describe('latest', () => {
  const complex = given('latest: { event: ComplexityOfNeedChanged, field: level, is: [HIGH, MEDIUM] }');
  const arrival = arrives('2026-01-05 09:00');

  it('is false until there is such an event', () => {
    expect(complex.when(arrival).at('2026-01-06 00:00')).toBe(false);
  });

  it('goes by the last event', () => {
    expect(complex.when(arrival, level('2026-01-06 10:00', 'HIGH')).at('2026-01-06 10:00')).toBe(true);
    const lowered = [level('2026-01-06 10:00', 'HIGH'), level('2026-01-07 10:00', 'LOW')];
    expect(complex.when(arrival, ...lowered).at('2026-01-07 10:00')).toBe(false);
  });
});
