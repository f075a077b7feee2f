import { describe, expect, it } from '@jest/globals';
import { ALL_PRISONS } from '../../access/prisons.js';
import { prisonsLookedAt, stillChosen } from './location.js';

const caller = { prisons: new Set(['XYI', 'XYM']) };
const choices = ['XYI', 'XYM'];

describe('the prisons that somebody looks at', () => {
  it('are all of theirs, or the one that they chose', () => {
    const all = prisonsLookedAt(caller, { chosen: 'all', choices });
    expect(['XYI', 'XYM', 'XYO'].map((prison) => all.has(prison))).toEqual([true, true, false]);
    const one = prisonsLookedAt(caller, { chosen: 'XYM', choices });
    expect(['XYI', 'XYM', 'XYO'].map((prison) => one.has(prison))).toEqual([false, true, false]);
  });

  it('are never more than their own, whatever was chosen', () => {
    expect(prisonsLookedAt(caller, { chosen: 'XYO', choices: ['XYO'] }).has('XYO')).toBe(false);
  });

  it('are all there are, for whoever sees all: people whom nobody holds are theirs to see', () => {
    expect(prisonsLookedAt({ prisons: ALL_PRISONS }, { chosen: 'all', choices })).toBe(ALL_PRISONS);
  });
});

describe('the location of somebody', () => {
  it.each([
    ['XYM', choices, 'XYM'],
    ['XYO', choices, 'all'],
    [undefined, choices, 'all'],
    [undefined, [], 'all'],
    ['all', ['XYI'], 'XYI'],
  ])('%s of %j is %s', (chosen, among, location) => {
    expect(stillChosen(chosen, among)).toBe(location);
  });
});
