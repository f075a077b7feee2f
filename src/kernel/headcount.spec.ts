import { describe, expect, it } from '@jest/globals';
import { ruleOf } from '../../test/kernel-kit.js';
import { Headcount } from './headcount.js';

const RULES = [ruleOf('stay'), ruleOf('acct-open', { id: 'TEST-02' })];

const somebody = (prisonId: string | undefined, inStay: boolean, armed: readonly number[] = []) => ({
  prisonId,
  inStay,
  addArmed: (counts: number[], amount: 1 | -1): void => {
    for (const place of armed) counts[place] = (counts[place] ?? 0) + amount;
  },
});

describe('a headcount', () => {
  it('is of people in a stay, by the prison that holds them; 0 where it held somebody once', () => {
    const headcount = new Headcount(RULES);
    headcount.count(somebody('XYI', true), 1);
    headcount.count(somebody('XYI', true), 1);
    headcount.count(somebody('XYI', false), 1);
    headcount.count(somebody('XYM', true), 1);
    headcount.count(somebody('XYM', true), -1);
    headcount.count(somebody(undefined, true), 1);
    expect([...headcount.byPrison]).toEqual([
      ['XYI', 2],
      ['XYM', 0],
    ]);
  });

  it('says for how many each rule has to be looked at again', () => {
    const headcount = new Headcount(RULES);
    expect([...headcount.armedByRule]).toEqual([
      ['TEST-01', 0],
      ['TEST-02', 0],
    ]);
    headcount.count(somebody('XYI', true, [0, 1]), 1);
    headcount.count(somebody('XYI', true, [1]), 1);
    headcount.count(somebody('XYI', true, [0, 1]), -1);
    expect([...headcount.armedByRule]).toEqual([
      ['TEST-01', 0],
      ['TEST-02', 1],
    ]);
  });
});
