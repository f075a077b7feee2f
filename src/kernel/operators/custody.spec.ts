import { describe, expect, it } from '@jest/globals';
import { arrives, at, given, received, released, session, transfers } from '../../../test/kernel-kit.js';

describe('custody', () => {
  const arrival = arrives('2026-01-05 09:00');
  const recalled = [released('2026-02-01 09:00', 'RELEASED'), received('2026-02-10 15:00', 'RECALL')];
  const custody = given('custody');

  it('counts from its first stay, through transfers', () => {
    const told = custody.when(arrival, ...transfers('2026-01-10 09:00', '2026-01-10 12:00'));
    expect(told.explain('2026-01-11 00:00')).toEqual({
      op: 'custody',
      holds: true,
      cites: [],
      since: at('2026-01-05 09:00'),
    });
  });

  it('begins again with the stay that follows a release', () => {
    expect(custody.when(arrival, ...recalled).explain('2026-02-11 00:00').since).toBe(at('2026-02-10 15:00'));
  });

  it('is none where nobody was ever in one', () => {
    const told = custody.when(released('2026-01-05 09:00', 'RELEASED'));
    expect(told.at('2026-01-06 00:00')).toBe(false);
    expect(told.explain('2026-01-06 00:00')).toEqual({ op: 'custody', holds: false, cites: [] });
  });

  it('with "days" waits for so many local days', () => {
    const told = given('custody: { days: 28 }').when(arrival);
    expect(told.at('2026-02-01 23:59')).toBe(false);
    expect(told.nextFlip('2026-01-05 09:00')).toBe('2026-02-02 00:00 +00:00');
    expect(told.at('2026-02-02 00:00')).toBe(true);
    expect(told.nextFlip('2026-02-02 00:00')).toBe('never');
  });

  it('covers what happened in it, in whatever stay, and nothing from before', () => {
    const seen = given('seen: { event: session, within: custody }');
    const talked = [arrival, session('2026-01-06 10:00')];
    const moved = transfers('2026-01-10 09:00', '2026-01-10 12:00');
    expect(seen.when(...talked, ...moved).at('2026-01-11 00:00')).toBe(true);
    expect(seen.when(...talked, ...recalled).at('2026-02-11 00:00')).toBe(false);
  });

  it('with "days" covers what happened before they were over, but only then', () => {
    const told = given('seen: { event: session, within: { custody: { days: 28 } } }').when(
      arrival,
      session('2026-01-06 10:00'),
    );
    expect(told.nextFlip('2026-01-06 10:00')).toBe('2026-02-02 00:00 +00:00');
  });
});
