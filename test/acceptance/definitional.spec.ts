import { describe, expect } from '@jest/globals';
import { eventsOf, expectedOf, isLife } from './cases.js';
import { eachCase } from './each-case.js';
import { defined } from './played.js';

describe('the definitional evaluator', () => {
  eachCase(
    'says the same of every history: %s',
    (name) => {
      expect(defined(eventsOf(name))).toEqual(expectedOf(name).sort());
    },
    isLife,
  );
});
