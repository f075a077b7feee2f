import { describe, expect, it } from '@jest/globals';
import { happens, session } from '../../test/kernel-kit.js';
import { Companies } from './companies.js';
import type { Occurrence } from './occurrence.js';

const [A, B, C, D] = ['A0001AA', 'B0002BB', 'C0003CC', 'D0004DD'] as const;

type Told = readonly [under: string, occurrence: Occurrence];

const merge = (removed: string, kept: string): Told => [
  kept,
  happens('PrisonerRecordsMerged', '2026-01-05 10:00', { removedPrisonNumber: removed }),
];
const note = (under: string, record: string): Told => [
  under,
  { ...session('2026-01-05 10:00'), source: { record, revision: 0 } },
];

const noted = (...told: readonly Told[]): Companies => {
  const companies = new Companies();
  for (const [number, occurrence] of told) companies.note(number, occurrence);
  return companies;
};
const groups = (companies: Companies): string[] =>
  Array.from(companies.among([A, B, C, D]), (company) => [...company].sort().join(' ')).sort();

describe('numbers have to do with each other', () => {
  it('by a merge, through others too, and not by anything else', () => {
    expect(groups(noted([A, session('2026-01-05 10:00')], [B, session('2026-01-05 10:00')]))).toEqual([A, B, C, D]);
    expect(groups(noted(merge(A, B)))).toEqual([`${A} ${B}`, C, D]);
    expect(groups(noted(merge(A, B), merge(C, D), merge(B, C)))).toEqual([`${A} ${B} ${C} ${D}`]);
  });

  it('by a record that was told under both', () => {
    expect(groups(noted(note(A, 'one'), note(A, 'one'), note(B, 'two')))).toEqual([A, B, C, D]);
    expect(groups(noted(note(A, 'one'), note(C, 'one')))).toEqual([`${A} ${C}`, B, D]);
  });

  it('also after they were written down', () => {
    const { memory } = noted(merge(A, B), note(C, 'one'));
    const companies = Companies.recall(JSON.parse(JSON.stringify(memory)) as Companies['memory']);
    expect(groups(companies)).toEqual([`${A} ${B}`, C, D]);
    companies.note(...note(D, 'one'));
    expect(groups(companies)).toEqual([`${A} ${B}`, `${C} ${D}`]);
  });

  it('as others say, too', () => {
    const companies = noted(merge(A, B));
    companies.add(noted(merge(B, C)));
    expect(groups(companies)).toEqual([`${A} ${B} ${C}`, D]);
  });
});
