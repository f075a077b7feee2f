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

  describe('since the last of what undoes it', () => {
    const decided = given('seen: { event: session, within: stay, sinceLast: SelfHarmReported }');
    const harm = (when: string) => happens('SelfHarmReported', when);
    const [noon, later] = ['2026-01-10 12:00', '2026-01-10 13:00'];

    it('counts what comes after, or at that very instant', () => {
      expect(decided.when(arrival, harm(noon), session(later)).at(later)).toBe(true);
      expect(decided.when(arrival, harm(noon), session(noon)).at(noon)).toBe(true);
      expect(decided.when(arrival, session(noon), harm(noon)).at(noon)).toBe(true);
    });

    it('is not undone by one of the same type that is not meant', () => {
      const told = given(
        'seen: { event: { event: session, where: { staffId: S1 } }, within: stay, sinceLast: SelfHarmReported }',
      );
      expect(told.when(arrival, session(noon), session(later, 'S2')).at(later)).toBe(true);
      expect(told.when(arrival, session(noon, 'S2')).at(noon)).toBe(false);
    });

    it('does not count what came before, even if it came after an earlier one', () => {
      expect(decided.when(arrival, session(noon), harm(later)).at(later)).toBe(false);
      const between = [harm('2026-01-10 11:00'), session(noon), harm(later)];
      expect(decided.when(arrival, ...between).at(later)).toBe(false);
    });
  });

  it('names what is missing, or cites what was seen', () => {
    const told = talked.when(arrival, opened);
    expect(told.explain('2026-01-11 00:00')).toMatchObject({
      holds: false,
      cites: [],
      missing: { type: 'KeyWorkerSessionHeld' },
    });
    const before = talked.when(arrival, session('2026-01-10 09:59'), opened);
    expect(before.explain('2026-01-11 00:00')).toMatchObject({ cites: [], missing: { type: 'KeyWorkerSessionHeld' } });
    const held = session('2026-01-11 10:00');
    const seen = talked.when(arrival, opened, held).explain('2026-01-11 10:00');
    expect(seen).toMatchObject({ op: 'seen', holds: true, cites: [held], of: [{ op: 'during', holds: true }] });
    expect(seen.missing).toBeUndefined();
  });
});
