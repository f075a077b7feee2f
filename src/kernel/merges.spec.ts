import { describe, expect, it } from '@jest/globals';
import { at, happens } from '../../test/kernel-kit.js';
import { keptFor } from './definitional/merges.js';
import { Merges } from './merges.js';
import type { Occurrence } from './occurrence.js';

const [A, B, C] = ['A0001AA', 'B0002BB', 'C0003CC'] as const;

interface Told {
  readonly under: string;
  readonly occurrence: Occurrence;
}

const merge = (removed: string, kept: string, when: string): Told => ({
  under: kept,
  occurrence: { ...happens('PrisonerRecordsMerged', when, { removedPrisonNumber: removed }), id: `${removed}>${kept}` },
});
const withdraw = (id: string, under: string, when: string): Told => ({
  under,
  occurrence: happens('EventWithdrawn', when, { withdraws: id, reason: 'mistaken' }),
});

const known = (...all: readonly Told[]): Merges => {
  const merges = new Merges();
  for (const { under, occurrence } of all) {
    merges.learn(under, occurrence);
    merges.advance();
  }
  const defined = keptFor(all.map(({ under, occurrence }) => ({ ...occurrence, prisonNumber: under })));
  expect(kept({ keptFor: defined })).toBe(kept(merges));
  return merges;
};

const kept = (merges: Pick<Merges, 'keptFor'>): string => [A, B, C].map((number) => merges.keptFor(number)[0]).join('');

describe('merged records', () => {
  it('count under the number that was kept', () => {
    const merges = known(merge(A, B, '2026-01-05 10:00'));
    expect(kept(merges)).toBe('BBC');
    expect(merges.numbersOf(B)).toEqual([B, A]);
  });

  it('chain', () => {
    const merges = known(merge(A, B, '2026-01-05 10:00'), merge(B, C, '2026-01-06 10:00'));
    expect(kept(merges)).toBe('CCC');
    expect(kept(known(merge(B, C, '2026-01-05 10:00'), merge(A, B, '2026-01-06 10:00')))).toBe('CCC');
  });

  it('part again when the merge is withdrawn, under any number that it joins, before it is known or after', () => {
    const told = merge(A, B, '2026-01-05 10:00');
    for (const number of [A, B]) {
      expect(kept(known(told, withdraw(`${A}>${B}`, number, '2026-01-06 10:00')))).toBe('ABC');
      expect(kept(known(withdraw(`${A}>${B}`, number, '2026-01-04 10:00'), told))).toBe('ABC');
    }
    expect(kept(known(told, withdraw(`${A}>${B}`, C, '2026-01-06 10:00')))).toBe('BBC');
    const chained = [merge(B, C, '2026-01-05 11:00'), withdraw(`${A}>${B}`, C, '2026-01-06 10:00')];
    expect(kept(known(told, ...chained))).toBe('ACC');
  });

  it('a number merged twice follows the last in order, whenever that became known', () => {
    const [first, second] = [merge(A, B, '2026-01-05 10:00'), merge(A, C, '2026-01-06 10:00')];
    expect(kept(known(first, second))).toBe('CBC');
    expect(kept(known(second, first))).toBe('CBC');
    expect(kept(known(first, second, withdraw(`${A}>${C}`, A, '2026-01-07 10:00')))).toBe('BBC');
  });

  it('of a circle the last in order counts as not told', () => {
    const circle = [merge(A, B, '2026-01-05 10:00'), merge(B, C, '2026-01-06 10:00'), merge(C, A, '2026-01-07 10:00')];
    expect(kept(known(...circle))).toBe('CCC');
    expect(kept(known(...circle.toReversed()))).toBe('CCC');
    expect(kept(known(merge(A, A, '2026-01-05 10:00')))).toBe('ABC');
    expect(kept(known(merge(A, B, '2026-01-05 10:00'), merge(B, A, '2026-01-06 10:00')))).toBe('BBC');
  });

  it('count from the instant at which they became known, also after they were written down', () => {
    const { under, occurrence } = merge(A, B, '2026-01-05 10:00');
    const merges = new Merges();
    merges.learn(under, occurrence, at('2026-01-05 10:02'));
    for (const one of [Merges.recall(JSON.parse(JSON.stringify(merges.memory)) as Merges['memory']), merges]) {
      expect(one.hasComing(at('2026-01-05 10:01'))).toBe(false);
      expect(one.advance(at('2026-01-05 10:01'))).toEqual([]);
      expect(kept(one)).toBe('ABC');
      expect(one.hasComing(at('2026-01-05 10:02'))).toBe(true);
      expect(one.advance(at('2026-01-05 10:02')).map(({ prisonNumber }) => prisonNumber)).toEqual([A]);
    }
  });

  it('are the same after they were written down, and once somebody is forgotten their part is', () => {
    const merges = known(merge(A, B, '2026-01-05 10:00'), merge(B, C, '2026-01-06 10:00'));
    const written = JSON.parse(JSON.stringify(merges.memory)) as Merges['memory'];
    const recalled = Merges.recall(written);
    expect(kept(recalled)).toBe('CCC');
    recalled.forget(C);
    expect(kept(recalled)).toBe('BBC');
  });
});
