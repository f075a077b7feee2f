import { describe, expect, it } from '@jest/globals';
import { arrives, at, given, goesToCourt, happens, returns, session, transfers } from '../../../test/kernel-kit.js';

describe('absentFor', () => {
  const since = given('absentFor: { event: session, within: stay, then: P7D }');

  it('falls due at the end of the last local day', () => {
    const told = since.when(arrives('2026-01-05 09:00'), session('2026-01-07 10:05'));
    expect(told.at('2026-01-14 23:59')).toBe(false);
    expect(told.at('2026-01-15 00:00')).toBe(true);
    expect(told.nextFlip('2026-01-10 00:00')).toBe('2026-01-15 00:00 +00:00');
  });

  it.each([
    ['forward', '2026-03-25 10:00', '2026-04-02 00:00 +01:00'],
    ['back', '2026-10-21 10:00', '2026-10-29 00:00 +00:00'],
  ])('counts calendar days where the clocks go %s', (_, held, due) => {
    const told = since.when(arrives('2026-01-05 09:00'), session(held));
    expect(told.nextFlip(held)).toBe(due);
  });

  it('counts from the last event', () => {
    const told = since.when(arrives('2026-01-05 09:00'), session('2026-01-07 10:00'), session('2026-01-14 10:00'));
    expect(told.at('2026-01-21 23:59')).toBe(false);
    expect(told.explain('2026-01-22 00:00')).toMatchObject({
      holds: true,
      cites: [{ id: 'KeyWorkerSessionHeld 2026-01-14 10:00' }],
    });
  });

  it('without "first" does not wait for the first event', () => {
    expect(since.when(arrives('2026-01-05 09:00')).at('2026-06-01 00:00')).toBe(false);
  });

  it('without "then" is content with one event', () => {
    const first = given('absentFor: { event: session, within: stay, first: P5D }');
    expect(first.when(arrives('2026-01-05 09:00')).nextFlip('2026-01-05 09:00')).toBe('2026-01-11 00:00 +00:00');
    expect(first.when(arrives('2026-01-05 09:00'), session('2026-01-06 09:00')).at('2026-06-01 00:00')).toBe(false);
  });

  it('is not true outside its scope', () => {
    const within = given('absentFor: { event: session, within: acct-open, first: PT1H }');
    expect(within.when(arrives('2026-01-05 09:00')).at('2026-02-05 09:00')).toBe(false);
  });

  it('forgets the last event of an earlier stay', () => {
    const told = since.when(
      arrives('2026-01-05 09:00'),
      session('2026-01-07 10:00'),
      ...transfers('2026-01-10 09:00', '2026-01-10 12:00'),
    );
    expect(told.at('2026-02-01 00:00')).toBe(false);
  });

  it('waits while the person is away, where the rule pauses', () => {
    const history = [
      arrives('2026-01-05 09:00'),
      session('2026-01-07 10:00'),
      goesToCourt('2026-01-14 08:00'),
      returns('2026-01-15 17:00'),
    ];
    const pausing = given('absentFor: { event: session, within: stay, then: P7D }', { pauses: true });
    expect(pausing.when(...history).nextFlip('2026-01-15 17:00')).toBe('2026-01-16 00:00 +00:00');
    expect(since.when(...history).at('2026-01-15 17:00')).toBe(true);
  });

  it('"strictly" does not count one at the very instant at which the scope began', () => {
    const opened = happens('AcctOpened', '2026-01-10 10:00');
    const yaml = 'absentFor: { event: session, within: acct-open, first: PT24H, strictly: true }';
    const told = (held: string) => given(yaml).when(arrives('2026-01-05 09:00'), opened, session(held));
    expect(told('2026-01-10 10:00').at('2026-01-11 10:00')).toBe(true);
    expect(told('2026-01-10 10:01').at('2026-01-11 10:00')).toBe(false);
  });

  it('says when it falls due, and what the record says where an absence moved that', () => {
    const pausing = given('absentFor: { event: session, within: stay, for: P7D }', { pauses: true });
    const held = session('2026-01-07 10:00');
    const [left, back] = [goesToCourt('2026-01-14 08:00'), returns('2026-01-15 17:00')];
    const told = pausing.when(arrives('2026-01-05 09:00'), held, left, back);
    const [due, dueOnRecord] = [at('2026-01-16 00:00'), at('2026-01-15 00:00')];
    expect(told.explain('2026-01-15 17:00')).toMatchObject({ cites: [held], due, dueOnRecord });
    const first = pausing.when(arrives('2026-01-05 09:00')).explain('2026-01-06 00:00');
    expect(first).toMatchObject({ cites: [], due: at('2026-01-13 00:00'), of: [{ op: 'stay' }] });
    expect(first.dueOnRecord).toBeUndefined();
  });
});
