import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, received, released } from '../../../test/kernel-kit.js';

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

  it('within a scope goes by what was told in it', () => {
    const yaml = 'latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH, within: custody }';
    const told = level('2026-01-06 10:00', 'HIGH');
    const recalled = [released('2026-01-08 09:00', 'RELEASED'), received('2026-01-20 09:00', 'RECALL')];
    expect(given(yaml).when(arrival, told).at('2026-01-06 10:00')).toBe(true);
    expect(
      given(yaml)
        .when(arrival, told, ...recalled)
        .at('2026-01-20 09:00'),
    ).toBe(false);
    expect(complex.when(arrival, told, ...recalled).at('2026-01-20 09:00')).toBe(true);
  });

  it('cites the last event, whatever it says', () => {
    const low = level('2026-01-07 10:00', 'LOW');
    expect(complex.when(arrival, level('2026-01-06 10:00', 'HIGH'), low).explain('2026-01-07 10:00')).toEqual({
      ...{ op: 'latest', holds: false, cites: [low] },
    });
  });

  it('within a scope that begins later waits for it, and cites nothing where nothing was told', () => {
    const yaml =
      'latest: { event: ComplexityOfNeedChanged, field: level, is: HIGH, within: { custody: { days: 28 } } }';
    const told = given(yaml).when(arrival, level('2026-01-06 10:00', 'HIGH'));
    expect(told.nextFlip('2026-01-06 10:00')).toBe('2026-02-02 00:00 +00:00');
    expect(complex.when(arrival).explain('2026-01-06 00:00').cites).toEqual([]);
  });
});
