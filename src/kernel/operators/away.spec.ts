import { describe, expect, it } from '@jest/globals';
import { arrives, given, goesToCourt, happens, released, returns } from '../../../test/kernel-kit.js';

describe('away', () => {
  const [arrival, court] = [arrives('2026-01-05 09:00'), goesToCourt('2026-01-06 08:00')];
  const hospital = released('2026-01-06 12:00', 'TAKEN_TO_HOSPITAL');
  const atCourt = given('away: { reasons: SENT_TO_COURT }');

  it('holds until the return, and rests on the leaving', () => {
    expect(atCourt.when(arrival, court).explain('2026-01-06 08:00')).toEqual({
      ...{ op: 'away', holds: true, since: court.at, cites: [court] },
    });
    const back = atCourt.when(arrival, court, returns('2026-01-06 17:00'));
    expect(back.explain('2026-01-06 17:00')).toEqual({ op: 'away', holds: false, cites: [] });
  });

  it('goes by the reason that was told last, from that telling on', () => {
    expect(atCourt.when(arrival, court, hospital).at('2026-01-06 12:00')).toBe(false);
    const either = given(
      'heldFor: { condition: { away: { reasons: [SENT_TO_COURT, TAKEN_TO_HOSPITAL] } }, for: PT24H }',
    );
    expect(either.when(arrival, court, hospital).nextFlip('2026-01-06 12:00')).toBe('2026-01-07 12:00 +00:00');
  });

  it('is silent between two stays', () => {
    expect(atCourt.when(arrival, court, released('2026-01-06 12:00', 'TRANSFERRED')).at('2026-01-06 12:00')).toBe(
      false,
    );
  });

  it('covers what happened since the leaving, its instant included', () => {
    const harmed = given('seen: { event: SelfHarmReported, within: { away: { reasons: SENT_TO_COURT } } }');
    const harm = (when: string) => happens('SelfHarmReported', when);
    expect(harmed.when(arrival, court, harm('2026-01-06 08:00')).at('2026-01-06 08:00')).toBe(true);
    expect(harmed.when(arrival, harm('2026-01-06 07:59'), court).at('2026-01-06 08:00')).toBe(false);
    expect(harmed.when(arrival, harm('2026-01-06 08:00')).at('2026-01-06 08:00')).toBe(false);
  });
});
