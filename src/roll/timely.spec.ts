import { describe, expect, it } from '@jest/globals';
import { ALL_PRISONS, type Prisons } from '../access/prisons.js';
import { HOUR } from '../prison/instant.js';
import { RollTooOld } from './errors.js';
import { refuseUntimely } from './timely.js';

const NOW = Date.parse('2026-12-05T06:00:00Z');
const sent = (prisons: Prisons, hoursAgo: number) => () => {
  refuseUntimely({ asAt: NOW - hoursAgo * HOUR }, prisons, NOW);
};

describe('an old roll', () => {
  it('is refused to a sender of some prisons from three days on, and not to whoever sees all', () => {
    expect(sent(new Set(['XYI']), 72)).not.toThrow();
    expect(sent(new Set(['XYI']), 73)).toThrow(RollTooOld);
    expect(sent(ALL_PRISONS, 9_000)).not.toThrow();
  });
});
