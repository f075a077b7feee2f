import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { anybody, anyCompany, ruleSets } from './arbitrary-rules.js';
import { asDefined, asReplayed, planned } from './told.js';

const PAIRS = runs(20_000, 1_500);
const MERGED = runs(5_000, 400);

describe('random rules about random histories', () => {
  it('come out of the operators as the definitions have them', () => {
    let telling = 0;
    fc.assert(
      fc.property(ruleSets, anybody, (rules, history) => {
        const defined = asDefined(rules, history);
        if (defined.length > 0) telling += 1;
        expect(asReplayed(planned(rules), history)).toEqual(defined);
      }),
      { numRuns: PAIRS },
    );
    expect(telling).toBeGreaterThan(PAIRS / 4);
  }, 300_000);

  it('come out of the operators as the definitions have them where records are merged', () => {
    fc.assert(
      fc.property(ruleSets, anyCompany, (rules, history) => {
        expect(asReplayed(planned(rules), history)).toEqual(asDefined(rules, history));
      }),
      { numRuns: MERGED },
    );
  }, 300_000);
});
