import { describe, expect } from '@jest/globals';
import { eventsOf, expectedOf, isLife } from './cases.js';
import { eachCase } from './each-case.js';
import { replayed } from './played.js';

describe('a history, played through the rules', () => {
  eachCase(
    '%s comes out exactly as expected',
    (name) => {
      expect(replayed(eventsOf(name))).toEqual(expectedOf(name).sort());
    },
    isLife,
  );

  eachCase(
    '%s comes out the same from any order of its lines, each twice',
    (name) => {
      const events = eventsOf(name);
      expect(replayed([...events, ...events.toReversed()])).toEqual(expectedOf(name).sort());
    },
    isLife,
  );
});
