import { describe, expect, it } from '@jest/globals';
import { arrives, at, given, goesToCourt, happens, returns } from '../../../test/kernel-kit.js';

describe('heldFor', () => {
  const arrival = arrives('2026-01-05 09:00');

  it('holds once the condition has held for the limit', () => {
    const told = given('heldFor: { condition: acct-open, for: P2D }').when(
      arrival,
      happens('AcctOpened', '2026-01-10 10:00'),
    );
    expect(told.at('2026-01-12 23:59')).toBe(false);
    expect(told.at('2026-01-13 00:00')).toBe(true);
  });

  it.each([
    ['forward', '2026-03-28 12:00', '2026-03-29 13:00 +01:00'],
    ['back', '2026-10-24 12:00', '2026-10-25 11:00 +00:00'],
  ])('hours are elapsed time where the clocks go %s', (_, opened, due) => {
    const told = given('heldFor: { condition: acct-open, for: PT24H }').when(arrival, happens('AcctOpened', opened));
    expect(told.nextFlip(opened)).toBe(due);
  });

  it('starts again once the condition has been false', () => {
    const told = given('heldFor: { condition: acct-open, for: P2D }').when(
      arrival,
      happens('AcctOpened', '2026-01-10 10:00'),
      happens('AcctClosed', '2026-01-11 10:00'),
      happens('AcctOpened', '2026-01-12 10:00'),
    );
    expect(told.nextFlip('2026-01-12 10:00')).toBe('2026-01-15 00:00 +00:00');
  });

  it('says when it falls due, and what the record says where an absence moved that', () => {
    const opened = happens('AcctOpened', '2026-01-10 10:00');
    const pausing = given('heldFor: { condition: acct-open, for: P2D }', { pauses: true });
    const away = [goesToCourt('2026-01-12 08:00'), returns('2026-01-13 17:00')];
    expect(pausing.when(arrival, opened, ...away).explain('2026-01-13 17:00')).toMatchObject({
      holds: false,
      due: at('2026-01-14 00:00'),
      dueOnRecord: at('2026-01-13 00:00'),
      of: [{ op: 'during', cites: [opened] }],
    });
    const off = pausing.when(arrival).explain('2026-01-13 17:00');
    expect([off.due, off.dueOnRecord]).toEqual([undefined, undefined]);
  });
});
