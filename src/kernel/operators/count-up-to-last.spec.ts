import { describe, expect, it } from '@jest/globals';
import { arrives, given, session, transfers } from '../../../test/kernel-kit.js';

describe('countUpToLast', () => {
  const three = given('countUpToLast: { event: session, atLeast: 3, window: P14D, within: stay }');
  const arrival = arrives('2026-01-01 09:00');

  it('looks back from the last event, however long ago that was', () => {
    const told = three.when(
      arrival,
      session('2026-01-02 10:00'),
      session('2026-01-08 10:00'),
      session('2026-01-15 10:00'),
    );
    expect(told.at('2026-06-01 00:00')).toBe(true);
    expect(told.explain('2026-06-01 00:00').count).toBe(3);
  });

  it('leaves out what is as many days before the last one', () => {
    const told = three.when(
      arrival,
      session('2026-01-01 10:00'),
      session('2026-01-08 10:00'),
      session('2026-01-15 10:00'),
    );
    expect(told.at('2026-01-15 10:00')).toBe(false);
  });

  it('does not count what happened before the scope began', () => {
    const told = three.when(
      arrival,
      session('2026-01-02 10:00'),
      session('2026-01-03 10:00'),
      ...transfers('2026-01-05 09:00', '2026-01-05 12:00'),
      session('2026-01-06 10:00'),
    );
    expect(told.at('2026-01-06 10:00')).toBe(false);
  });

  it('cites what it counts', () => {
    const held = [session('2026-01-02 10:00'), session('2026-01-08 10:00')];
    const evidence = { op: 'countUpToLast', holds: false };
    expect(three.when(arrival, ...held).explain('2026-01-09 00:00')).toEqual({ ...evidence, count: 2, cites: held });
    expect(three.when(arrival).explain('2026-01-09 00:00')).toEqual({ ...evidence, count: 0, cites: [] });
  });
});
