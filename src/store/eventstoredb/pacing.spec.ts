import { describe, expect, it } from '@jest/globals';
import { PACING, pauseAfter } from './pacing.js';

describe('the pause after failures', () => {
  it('doubles with each, up to the longest', () => {
    const pauses = [1, 2, 3, 7, 1_000].map((failures) => pauseAfter(failures, PACING, 1));
    expect(pauses).toEqual([200, 400, 800, 10_000, 10_000]);
  });

  it('is spread, so that instances do not come back together', () => {
    expect([0, 0.5, 1].map((chance) => pauseAfter(1, PACING, chance))).toEqual([100, 150, 200]);
  });
});
