import { describe, expect, it } from '@jest/globals';
import { happens, session } from '../../test/kernel-kit.js';
import { inTheOrderKnown } from './definitional/known-events.js';
import { standing } from './definitional/standing.js';
import { effective } from './strike-outs.js';
import type { Occurrence } from './occurrence.js';

/** What stands of a history; by definition it is the same. */
const stands = (...history: readonly Occurrence[]): string[] => {
  const ids = effective(history).occurrences.map(({ id }) => id);
  const known = inTheOrderKnown(history).map(({ event }) => event);
  expect(
    standing(known)
      .eventsOf('')
      .map(({ id }) => id),
  ).toEqual(ids);
  return ids;
};

const told = (id: string, when: string, revision = 0, recorded = when): Occurrence => ({
  ...session(when),
  id,
  recordedAt: session(recorded).at,
  source: { record: 'KeyWorkerSessionHeld case-notes 1', revision },
});
const withdrawal = (id: string): Occurrence =>
  happens('EventWithdrawn', '2026-01-20 10:00', { withdraws: id, reason: 'mistaken' });

describe('one record told several times', () => {
  it('is what its highest known revision says', () => {
    expect(
      stands(told('a', '2026-01-05 10:00'), told('c', '2026-01-07 10:00', 2), told('b', '2026-01-06 10:00', 1)),
    ).toEqual(['c']);
  });

  it('of equal revisions is what was known first, at one instant what comes first', () => {
    const late = told('a', '2026-01-05 10:00', 0, '2026-01-09 10:00');
    expect(stands(late, told('b', '2026-01-06 10:00'))).toEqual(['b']);
    const [x, y] = [
      told('x', '2026-01-05 10:00', 0, '2026-01-09 10:00'),
      told('y', '2026-01-06 10:00', 0, '2026-01-09 10:00'),
    ];
    expect(stands(y, x)).toEqual(['x']);
  });

  it('is not there once the revision that stands is withdrawn', () => {
    const [first, second] = [told('a', '2026-01-05 10:00'), told('b', '2026-01-06 10:00', 1)];
    expect(stands(first, second, withdrawal('b'))).toEqual([]);
    expect(stands(first, second, withdrawal('a'))).toEqual(['b']);
  });
});

describe('a quashed charge', () => {
  const charge = { chargeNumber: 'XYI-1' };
  const restricted = happens('SocialVisitsRestricted', '2026-01-05 10:00', { ...charge, days: 7 });
  const reported = happens('AdjudicationReported', '2026-01-04 10:00', charge);
  const quashed = happens('AdjudicationQuashed', '2026-01-10 10:00', charge);

  it('takes with it what rests on it up to then', () => {
    expect(stands(reported, restricted, quashed)).toEqual([quashed.id]);
    const later = happens('SocialVisitsRestricted', '2026-01-11 10:00', { ...charge, days: 7 });
    expect(stands(reported, quashed, later)).toEqual([quashed.id, later.id]);
  });

  it('leaves a restriction that rests on none', () => {
    const other = happens('SocialVisitsRestricted', '2026-01-05 10:00', { days: 7 });
    expect(stands(other, quashed)).toEqual([other.id, quashed.id]);
  });

  it('stands again when the quashing is withdrawn', () => {
    expect(stands(reported, restricted, quashed, withdrawal(quashed.id))).toEqual([reported.id, restricted.id]);
  });
});

describe('a withdrawal', () => {
  it('cannot itself be withdrawn', () => {
    const first = { ...withdrawal('a'), id: 'w' };
    expect(stands(told('a', '2026-01-05 10:00'), first, withdrawal('w'))).toEqual([]);
  });
});
