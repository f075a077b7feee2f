import { describe, expect } from '@jest/globals';
import { join } from 'node:path';
import { occurrenceOf, type CustodyEvent } from '../../src/custody/custody-event.js';
import { definitionalReplay } from '../../src/kernel/definitional.js';
import { toIso } from '../../src/prison/instant.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { rulesIn } from '../../src/watch/rule-folder.js';
import { eventsOf, expectedOf, inOneLine } from './cases.js';
import { eachCase } from './each-case.js';

const days = new LocalDays();
const rules = rulesIn(join(import.meta.dirname, '../../config/rules')).map(({ rule }) => rule);

const defined = (events: readonly CustodyEvent[]): string[] => {
  const until = Math.max(...events.map(({ recordedAtMs, occurredAtMs }) => Math.max(recordedAtMs, occurredAtMs)));
  const ofPeople = events.filter(({ prisonNumber }) => prisonNumber !== undefined);
  return definitionalReplay(rules, days, ofPeople.map(occurrenceOf), until).map((transition) =>
    inOneLine({ ...transition, at: toIso(transition.at) }),
  );
};

describe('the definitional evaluator', () => {
  eachCase('says the same of every history: %s', (name) => {
    expect(defined(eventsOf(name)).sort()).toEqual([...expectedOf(name)].sort());
  });
});
