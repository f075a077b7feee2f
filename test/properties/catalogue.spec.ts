import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { mergedInPrison, peopleInPrison } from './arbitrary-custody-events.js';
import { catalogueOfAllTimes } from './catalogue.js';
import { asDefined, asReplayed, planned } from './told.js';

const HISTORIES = runs(1_000, 60);
const MERGED = runs(500, 30);

const rules = catalogueOfAllTimes();
const rulebook = planned(rules);

describe('the catalogue comes out of the operators as the definitions have it', () => {
  it('about random people in prison', () => {
    fc.assert(
      fc.property(peopleInPrison, (history) => {
        expect(asReplayed(rulebook, history)).toEqual(asDefined(rules, history));
      }),
      { numRuns: HISTORIES },
    );
  }, 300_000);

  it('about random people whose records are merged', () => {
    fc.assert(
      fc.property(mergedInPrison, (history) => {
        expect(asReplayed(rulebook, history)).toEqual(asDefined(rules, history));
      }),
      { numRuns: MERGED },
    );
  }, 300_000);
});
