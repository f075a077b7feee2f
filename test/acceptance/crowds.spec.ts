import { describe, expect } from '@jest/globals';
import { eventsOf, expectedOf, isLife } from './cases.js';
import { eachCase } from './each-case.js';
import { defined, replayed } from './played.js';

/** Many people at once, with late, withdrawn and simultaneous records. */
const isCrowd = (name: string): boolean => !isLife(name);

describe('a crowd, played through the rules', () => {
  eachCase(
    '%s comes out exactly as expected',
    (name) => {
      expect(replayed(eventsOf(name))).toEqual(expectedOf(name).sort());
    },
    isCrowd,
  );

  eachCase(
    '%s comes out the same from any order of its lines, each twice',
    (name) => {
      const events = eventsOf(name);
      expect(replayed([...events, ...events.toReversed()])).toEqual(expectedOf(name).sort());
    },
    isCrowd,
  );

  eachCase(
    '%s comes out the same by definition',
    (name) => {
      expect(defined(eventsOf(name))).toEqual(expectedOf(name).sort());
    },
    isCrowd,
  );
});
