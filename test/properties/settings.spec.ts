import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from './arbitraries.js';
import { mergedInPrison, peopleInPrison } from './arbitrary-custody-events.js';
import { anybody, anyCompany, ruleSets } from './arbitrary-rules.js';
import { keyWorkUses, settingsOfPrisons } from './arbitrary-settings.js';
import { catalogue } from './catalogue.js';
import { lived } from './remembered.js';
import { asDefined, asReplayed, definedChangesOfRules, inFull, outcomesOf, planned, toldInFull } from './told.js';

const PAIRS = runs(3_000, 800);

const localRules = fc.tuple(ruleSets, keyWorkUses).map(([rules, use]) => use(rules));

describe('random rules, as prisons have them whose settings change, about random histories', () => {
  it('come out of the operators as the definitions have them', () => {
    let telling = 0;
    fc.assert(
      fc.property(localRules, anybody, settingsOfPrisons, (rules, history, settingsFor) => {
        const settings = settingsFor(rules, history);
        const defined = asDefined(rules, history, undefined, settings);
        if (defined.join() !== asDefined(rules, history).join()) telling += 1;
        expect(asReplayed(planned(rules, settings), history)).toEqual(defined);
      }),
      { numRuns: PAIRS },
    );
    expect(telling).toBeGreaterThan(PAIRS / 5);
  }, 300_000);

  it('come out of the operators as the definitions have them where records are merged', () => {
    fc.assert(
      fc.property(localRules, anyCompany, settingsOfPrisons, (rules, history, settingsFor) => {
        const settings = settingsFor(rules, history);
        expect(asReplayed(planned(rules, settings), history)).toEqual(asDefined(rules, history, undefined, settings));
      }),
      { numRuns: PAIRS / 4 },
    );
  }, 300_000);

  it('say of what closes whether it is the rules that have changed', () => {
    let changed = 0;
    fc.assert(
      fc.property(localRules, anybody, settingsOfPrisons, (rules, history, settingsFor) => {
        const settings = settingsFor(rules, history);
        const outcomes = outcomesOf(planned(rules, settings), history);
        const told = [...outcomes].filter(([, outcome]) => outcome === 'rule-changed').map(([line]) => line);
        const defined = definedChangesOfRules(rules, history, settings);
        // What an alert rested on may be withdrawn at the very instant.
        expect(told.sort()).toEqual(defined.filter((line) => outcomes.get(line) !== 'withdrawn'));
        changed += told.length;
      }),
      { numRuns: PAIRS / 4 },
    );
    expect(changed).toBeGreaterThan(PAIRS / 50);
  }, 300_000);

  it('come out the same whenever the people are written down and worked out again', () => {
    const steps = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(localRules, anybody, settingsOfPrisons, steps, (rules, history, settingsFor, moments) => {
        const rulebook = planned(rules, settingsFor(rules, history));
        const undisturbed = toldInFull(rulebook, history);
        expect(inFull(lived(rulebook, history, () => true))).toEqual(undisturbed);
        expect(inFull(lived(rulebook, history, (step) => moments[step % moments.length] ?? true))).toEqual(undisturbed);
      }),
      { numRuns: PAIRS / 4 },
    );
  }, 300_000);
});

describe('the catalogue, as prisons have it whose settings change', () => {
  const rules = catalogue();

  it.each([
    ['random people in prison', peopleInPrison],
    ['random people whose records are merged', mergedInPrison],
  ])(
    'comes out of the operators as the definitions have it about %s',
    (_, people) => {
      fc.assert(
        fc.property(people, settingsOfPrisons, (history, settingsFor) => {
          const settings = settingsFor(rules, history);
          expect(asReplayed(planned(rules, settings), history)).toEqual(asDefined(rules, history, undefined, settings));
        }),
        { numRuns: PAIRS / 100 },
      );
    },
    300_000,
  );
});
