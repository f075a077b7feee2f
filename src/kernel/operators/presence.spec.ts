import { describe, expect, it } from '@jest/globals';
import { arrives, given, goesToCourt, happens, returns, session } from '../../../test/kernel-kit.js';

describe('presence', () => {
  const [arrival, left] = [arrives('2026-01-05 09:00'), goesToCourt('2026-01-06 08:00')];
  const shown = session('2026-01-06 12:00');

  it('holds from what shows that the person is back until the return is told', () => {
    const told = given('heldFor: { condition: presence, for: P2D }');
    expect(told.when(arrival, left, shown).nextFlip('2026-01-06 12:00')).toBe('2026-01-09 00:00 +00:00');
    expect(told.when(arrival, left, shown, returns('2026-01-07 17:00')).at('2026-01-09 00:00')).toBe(false);
  });

  it('rests on what showed it, and names the leaving', () => {
    const presence = given('presence');
    expect(presence.when(arrival, left, shown).explain('2026-01-06 12:00')).toEqual({
      ...{ op: 'presence', holds: true, since: shown.at, cites: [shown], left },
    });
    expect(presence.when(arrival, left).explain('2026-01-06 12:00')).toEqual({
      ...{ op: 'presence', holds: false, cites: [] },
    });
  });

  it('covers what happened since, its instant included', () => {
    const harmed = given('seen: { event: SelfHarmReported, within: presence }');
    const harm = (when: string) => happens('SelfHarmReported', when);
    expect(harmed.when(arrival, left, shown, harm('2026-01-06 12:00')).at('2026-01-06 12:00')).toBe(true);
    expect(harmed.when(arrival, left, harm('2026-01-06 11:59'), shown).at('2026-01-06 12:00')).toBe(false);
    expect(harmed.when(arrival, harm('2026-01-06 07:00')).at('2026-01-06 12:00')).toBe(false);
  });
});
