import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { mergedInPrison, peopleInPrison } from './arbitrary-custody-events.js';
import { anybody, ruleSets } from './arbitrary-rules.js';
import { catalogueOfAllTimes, rulesAboutPeople } from './catalogue.js';
import { doubled, openOnceKnown, shuffles } from './order.js';
import { planned, toldInFull } from './told.js';

describe('once everything is known', () => {
  it('the same rules are true whatever order it arrived in', () => {
    fc.assert(
      fc.property(ruleSets, anybody, shuffles, (rules, history, keys) => {
        const { open, due } = openOnceKnown(rules, history, keys);
        expect(open).toEqual(due);
      }),
      { numRuns: runs(3_000, 500) },
    );
  }, 300_000);

  it('the same rules of the catalogue are true whatever order it arrived in', () => {
    const rules = rulesAboutPeople();
    fc.assert(
      fc.property(peopleInPrison, shuffles, (history, keys) => {
        const { open, due } = openOnceKnown(rules, history, keys);
        expect(open).toEqual(due);
      }),
      { numRuns: runs(1_000, 100) },
    );
  }, 300_000);
});

describe('a history', () => {
  it('is told the same in any order of its lines, each of them once or twice', () => {
    fc.assert(
      fc.property(ruleSets, anybody, shuffles, (rules, history, keys) => {
        const rulebook = planned(rules);
        expect(toldInFull(rulebook, doubled(history, keys))).toEqual(toldInFull(rulebook, history));
      }),
      { numRuns: runs(3_000, 500) },
    );
  }, 300_000);

  it('is told the same by the rules of the catalogue, also of people whose records are merged', () => {
    const rulebook = planned(catalogueOfAllTimes());
    fc.assert(
      fc.property(mergedInPrison, shuffles, (history, keys) => {
        expect(toldInFull(rulebook, doubled(history, keys))).toEqual(toldInFull(rulebook, history));
      }),
      { numRuns: runs(1_000, 100) },
    );
  }, 300_000);
});
