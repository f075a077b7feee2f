import { describe, expect, it } from '@jest/globals';
import { at, goesToCourt, happens, returns, session } from '../../test/kernel-kit.js';
import { allInTheOrderKnown, inOrder, inTheOrderKnown, knownAt, type Occurrence } from './occurrence.js';

const NOON = '2026-01-05 12:00';
const recorded = (event: Occurrence, when: string, id = event.id): Occurrence => ({
  ...event,
  id,
  recordedAt: at(when),
});
const ids = (events: readonly Occurrence[]): string[] => events.map(({ id }) => id);

describe('events', () => {
  it('come in the order they happened; at one instant a release, an arrival, then all else, as recorded, then by id and number', () => {
    const ordered = [
      session('2026-01-05 11:00'),
      recorded(goesToCourt(NOON), '2026-01-09 10:00'),
      recorded(returns(NOON), '2026-01-08 10:00'),
      recorded(session(NOON), '2026-01-06 10:00', 'b'),
      recorded(session(NOON), '2026-01-07 10:00', 'a'),
      { ...recorded(session(NOON), '2026-01-07 10:00', 'b'), prisonNumber: 'A0001AA' },
      { ...recorded(session(NOON), '2026-01-07 10:00', 'b'), prisonNumber: 'B0002BB' },
    ];
    expect(ordered.toReversed().sort(inOrder)).toEqual(ordered);
    for (const event of ordered) expect(inOrder(event, { ...event })).toBe(0);
  });

  it('become known when they are recorded, unless they say otherwise, and never before they happen', () => {
    const event = recorded(session(NOON), '2026-01-06 10:00');
    expect(knownAt(event)).toBe(at('2026-01-06 10:00'));
    expect(knownAt({ ...event, knownAt: at('2026-01-07 10:00') })).toBe(at('2026-01-07 10:00'));
    expect(knownAt({ ...event, knownAt: at('2026-01-01 10:00') })).toBe(at(NOON));
  });

  it('come in the order they became known, of one id the first', () => {
    const [early, late] = [happens('AcctOpened', '2026-01-05 10:00'), recorded(session(NOON), '2026-01-06 10:00', 'x')];
    const first = recorded(happens('AcctClosed', '2026-01-05 11:00'), '2026-01-05 13:00', 'x');
    expect(inTheOrderKnown([late, first, early])).toEqual([early, first]);
  });

  it('told under several numbers come in that order too, one id under each', () => {
    const [a, b] = [recorded(session(NOON), '2026-01-06 10:00', 'x'), recorded(session(NOON), '2026-01-05 13:00', 'x')];
    const known = allInTheOrderKnown(
      new Map([
        ['A0001AA', [a, a]],
        ['B0002BB', [b]],
      ]),
    );
    expect(known.map(({ prisonNumber }) => prisonNumber)).toEqual(['B0002BB', 'A0001AA']);
    expect(ids(known.map(({ occurrence }) => occurrence))).toEqual(['x', 'x']);
  });
});
