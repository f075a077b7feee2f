import { describe, expect, it } from '@jest/globals';
import { arrives, given, session } from '../../../test/kernel-kit.js';

describe('noneWithin', () => {
  const unseen = given('noneWithin: { event: session, window: P14D }');
  const arrival = arrives('2026-01-05 09:00');

  it('looks one day further back than a window, as a limit does', () => {
    const told = unseen.when(arrival, session('2026-01-06 10:00'));
    expect(told.at('2026-01-20 23:59')).toBe(false);
    expect(told.at('2026-01-21 00:00')).toBe(true);
    expect(told.nextFlip('2026-01-06 10:00')).toBe('2026-01-21 00:00 +00:00');
  });

  it('holds where there was never one', () => {
    expect(unseen.when(arrival).at('2026-01-05 09:00')).toBe(true);
  });

  it('counts from the last of several', () => {
    const told = unseen.when(arrival, session('2026-01-06 10:00'), session('2026-01-20 10:00'));
    expect(told.at('2026-02-03 23:59')).toBe(false);
    expect(told.at('2026-02-04 00:00')).toBe(true);
  });

  it('cites the last one', () => {
    const held = session('2026-01-06 10:00');
    const evidence = { op: 'noneWithin', holds: false };
    expect(unseen.when(arrival, held).explain('2026-01-07 00:00')).toEqual({ ...evidence, cites: [held] });
    expect(unseen.when(arrival).explain('2026-01-07 00:00')).toEqual({ ...evidence, holds: true, cites: [] });
  });
});
