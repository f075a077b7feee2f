import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { toldByFeeds } from './arbitrary-feeds.js';
import { anybody, ruleSets } from './arbitrary-rules.js';
import { KEY_WORKER, TYPES } from './arbitrary-scopes.js';
import { keyWorkUses, settingsOfPrisons } from './arbitrary-settings.js';
import { lived } from './remembered.js';
import { asDefined, asReplayed, inLines, planned } from './told.js';

const HISTORIES = runs(1_000, 60);

const localRules = fc.tuple(ruleSets, keyWorkUses).map(([rules, use]) => use(rules));
const stories = toldByFeeds(anybody, [...TYPES, KEY_WORKER.by, KEY_WORKER.until]);
const steps = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
const settings = fc.array(settingsOfPrisons, { minLength: 3, maxLength: 3 });

describe('random histories, in prisons whose settings change, told by feeds that fall silent', () => {
  it('come out of the operators as the definitions have them, also written down in between, whatever the settings', () => {
    let different = 0;
    fc.assert(
      fc.property(localRules, stories, settings, steps, (rules, { story, feeds }, settingsOf, when) => {
        const isWrittenDown = (step: number): boolean => when[step % when.length] ?? false;
        const alone = asDefined(rules, story, feeds).join();
        for (const settingsFor of settingsOf) {
          const own = settingsFor(rules, story);
          const rulebook = planned(rules, own);
          const defined = asDefined(rules, story, feeds, own);
          if (defined.join() !== alone) different += 1;
          expect(asReplayed(rulebook, story, feeds)).toEqual(defined);
          expect(inLines(lived(rulebook, story, isWrittenDown, feeds))).toEqual(defined);
        }
      }),
      { numRuns: HISTORIES },
    );
    expect(different).toBeGreaterThan(HISTORIES / 5);
  }, 300_000);
});
