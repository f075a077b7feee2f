import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { mergedInPrison, peopleInPrison, SPOKEN_TYPES } from './arbitrary-custody-events.js';
import { toldByFeeds } from './arbitrary-feeds.js';
import { anybody, anyCompany, ruleSets } from './arbitrary-rules.js';
import { KEY_WORKER, TYPES } from './arbitrary-scopes.js';
import { catalogueOfAllTimes, rulesAboutPeople } from './catalogue.js';
import { lived } from './remembered.js';
import { asDefined, asReplayed, inLines, planned } from './told.js';

const PAIRS = runs(20_000, 600);
const MERGED = runs(5_000, 300);
const HISTORIES = runs(1_000, 60);

const types = [...TYPES, KEY_WORKER.by, KEY_WORKER.until];
// These stories tell what happened to people, and not what feeds said of themselves.
const rules = catalogueOfAllTimes().filter(({ subject }) => subject !== 'feed');
const rulesOfPeople = rulesAboutPeople();
const rulebook = planned(rules);

describe('random histories, told by feeds that fall silent', () => {
  it('come out of the operators as the definitions have them', () => {
    let different = 0;
    fc.assert(
      fc.property(ruleSets, toldByFeeds(anybody, types), (some, { story, feeds }) => {
        const defined = asDefined(some, story, feeds);
        if (defined.join() !== asDefined(some, story).join()) different += 1;
        expect(asReplayed(planned(some), story, feeds)).toEqual(defined);
      }),
      { numRuns: PAIRS },
    );
    expect(different).toBeGreaterThan(PAIRS / 20);
  }, 300_000);

  it('come out as the definitions have them where records are merged', () => {
    fc.assert(
      fc.property(ruleSets, toldByFeeds(anyCompany, types), (some, { story, feeds }) => {
        expect(asReplayed(planned(some), story, feeds)).toEqual(asDefined(some, story, feeds));
      }),
      { numRuns: MERGED },
    );
  }, 300_000);

  it('come out as the definitions have them by the rules of the catalogue', () => {
    fc.assert(
      fc.property(toldByFeeds(fc.oneof(peopleInPrison, mergedInPrison), SPOKEN_TYPES), ({ story, feeds }) => {
        expect(asReplayed(rulebook, story, feeds)).toEqual(asDefined(rules, story, feeds));
      }),
      { numRuns: HISTORIES },
    );
  }, 300_000);
});

describe('people of whom feeds tell as it happens, written down and worked out again at any moments', () => {
  const moments = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });

  it('have the same decided about them as by definition, by random rules', () => {
    fc.assert(
      fc.property(
        ruleSets,
        toldByFeeds(fc.oneof(anybody, anyCompany), types),
        moments,
        (some, { story, feeds }, when) => {
          const isWrittenDown = (step: number): boolean => when[step % when.length] ?? false;
          expect(inLines(lived(planned(some), story, isWrittenDown, feeds))).toEqual(asDefined(some, story, feeds));
        },
      ),
      { numRuns: MERGED },
    );
  }, 300_000);

  it('have the same decided about them as by definition, by the rules of the catalogue', () => {
    fc.assert(
      fc.property(
        toldByFeeds(fc.oneof(peopleInPrison, mergedInPrison), SPOKEN_TYPES),
        moments,
        ({ story, feeds }, when) => {
          const isWrittenDown = (step: number): boolean => when[step % when.length] ?? false;
          const told = inLines(lived(rulebook, story, isWrittenDown, feeds));
          expect(told).toEqual(asDefined(rulesOfPeople, story, feeds));
        },
      ),
      { numRuns: HISTORIES },
    );
  }, 300_000);
});
