import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, session } from '../../../test/kernel-kit.js';

describe('seen', () => {
  const talked = given('seen: { event: session, within: acct-open }');
  const arrival = arrives('2026-01-05 09:00');
  const opened = happens('AcctOpened', '2026-01-10 10:00');

  it('counts an event at the instant at which the scope begins', () => {
    expect(talked.when(arrival, opened, session('2026-01-10 10:00')).at('2026-01-10 10:00')).toBe(true);
  });

  it('does not count what came before the scope', () => {
    expect(talked.when(arrival, session('2026-01-10 09:59'), opened).at('2026-01-11 00:00')).toBe(false);
  });

  it('is false once the scope has ended', () => {
    const told = talked.when(arrival, opened, session('2026-01-11 10:00'), happens('AcctClosed', '2026-01-12 10:00'));
    expect(told.at('2026-01-12 10:00')).toBe(false);
  });
});
