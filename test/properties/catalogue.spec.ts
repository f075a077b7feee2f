import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { peopleInPrison } from './arbitrary-custody-events.js';
import { catalogue } from './catalogue.js';
import { asDefined, asReplayed, planned } from './told.js';

const HISTORIES = runs(2_500, 200);

describe('the catalogue about random people in prison', () => {
  it('comes out of the operators as the definitions have it', () => {
    const rules = catalogue();
    const plan = planned(rules);
    fc.assert(
      fc.property(peopleInPrison, (history) => {
        expect(asReplayed(plan, history)).toEqual(asDefined(rules, history));
      }),
      { numRuns: HISTORIES },
    );
  }, 300_000);
});
