import { describe, expect, it } from '@jest/globals';
import { ALL_PRISONS } from '../access/prisons.js';
import { countedByKind, type KeptFinding, type RollChecked, toldTo } from './roll-checked.js';

const check = (...findings: KeptFinding[]): RollChecked => ({
  prisonId: 'XYI',
  asAt: '2026-12-05T06:00:00.000Z',
  checkedAt: '2026-12-05T06:01:00.000Z',
  by: 'custody-watch',
  people: 9,
  differences: countedByKind(findings),
  unlike: false,
  corrected: 0,
  findings,
});

const FOUND = check(
  { prisonNumber: 'A0001AA', kind: 'NEVER_HEARD_OF' },
  { prisonNumber: 'A0002AA', kind: 'OTHER_PRISON', heldBy: 'XYM' },
  { prisonNumber: 'A0003AA', kind: 'NOT_IN_CUSTODY', heldBy: 'XYM', onRoll: 'B0003BB' },
  { prisonNumber: 'A0004AA', kind: 'DIED', heldBy: 'XYM' },
  { prisonNumber: 'A0005AA', kind: 'NOT_IN_CUSTODY', heldBy: 'XYI' },
  { prisonNumber: 'A0006AA', kind: 'NOT_IN_CUSTODY' },
  { prisonNumber: 'A0007AA', kind: 'ONLY_HERE' },
);

describe('what a check is told as', () => {
  it('says to somebody of one prison nothing of who is or was in another, not even that there is such a record', () => {
    const told = toldTo(new Set(['XYI']), FOUND);
    expect(told.findings).toEqual([
      { prisonNumber: 'A0001AA', kind: 'NEVER_HEARD_OF' },
      { prisonNumber: 'A0002AA', kind: 'NEVER_HEARD_OF' },
      { prisonNumber: 'B0003BB', kind: 'NEVER_HEARD_OF' },
      { prisonNumber: 'A0004AA', kind: 'NEVER_HEARD_OF' },
      { prisonNumber: 'A0005AA', kind: 'NOT_IN_CUSTODY', heldBy: 'XYI' },
      { prisonNumber: 'A0006AA', kind: 'NEVER_HEARD_OF' },
      { prisonNumber: 'A0007AA', kind: 'ONLY_HERE' },
    ]);
    expect(told.differences).toEqual(countedByKind(told.findings));
  });

  it('says not in counts either how many of them there are: neither beyond the findings that are kept, nor by what was corrected', () => {
    const kept = FOUND.findings.slice(0, 2);
    const told = toldTo(new Set(['XYI']), { ...FOUND, corrected: 2, findings: kept });
    expect(told.differences).toEqual({ ...countedByKind([]), NEVER_HEARD_OF: 2 });
    expect(told).not.toHaveProperty('corrected');
    expect(toldTo(ALL_PRISONS, { ...FOUND, corrected: 2, findings: kept })).toMatchObject({
      differences: FOUND.differences,
      corrected: 2,
    });
  });

  it('says of whom another prison has later than the roll the same, and nothing to whoever may know of it', () => {
    const later = check({ prisonNumber: 'A0001AA', kind: 'OTHER_PRISON', heldBy: 'XYM', later: true });
    const told = toldTo(new Set(['XYI']), later);
    expect(told.findings).toEqual([{ prisonNumber: 'A0001AA', kind: 'NEVER_HEARD_OF' }]);
    expect(told.differences.NEVER_HEARD_OF).toBe(1);
    expect(toldTo(new Set(['XYI', 'XYM']), later).findings).toEqual([]);
    expect(toldTo(ALL_PRISONS, later)).toMatchObject({ findings: [], differences: { OTHER_PRISON: 0 } });
  });

  it('says of somebody never heard of the number that is on the roll, not one that another was merged into', () => {
    const merged = check({ prisonNumber: 'A0001AA', onRoll: 'B0001BB', kind: 'NEVER_HEARD_OF' });
    expect(toldTo(new Set(['XYI']), merged).findings).toEqual([{ prisonNumber: 'B0001BB', kind: 'NEVER_HEARD_OF' }]);
    expect(toldTo(ALL_PRISONS, merged).findings).toEqual([{ prisonNumber: 'A0001AA', kind: 'NEVER_HEARD_OF' }]);
  });

  it('says all to whoever sees all prisons', () => {
    const { findings, differences } = toldTo(ALL_PRISONS, FOUND);
    expect(differences).toEqual(FOUND.differences);
    expect(findings.map(({ kind }) => kind)).toEqual(FOUND.findings.map(({ kind }) => kind));
  });
});
