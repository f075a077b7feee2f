import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Rule } from '../../src/kernel/rule.js';
import type { History } from '../properties/arbitraries.js';
import { mergedInPrison, peopleInPrison } from '../properties/arbitrary-custody-events.js';
import { anybody, anyCompany, ruleSets } from '../properties/arbitrary-rules.js';
import { catalogue } from '../properties/catalogue.js';
import { asDefined, asReplayed, planned } from '../properties/told.js';
import { AFTERWARDS_IT, isToldAsVerified, livesAsVerified } from './in-service.js';

/** What has to hold for every history, and how many of them are tried before the next play has its turn. */
export interface Play {
  readonly name: string;
  readonly property: fc.IRawProperty<unknown>;
  readonly histories: number;
}

const rules = catalogue();
const plan = planned(rules);

const comesOutAsDefined = (by: readonly Rule[], history: History, compiled = planned(by)): void => {
  assert.deepEqual(asReplayed(compiled, history), asDefined(by, history));
};

const people = fc.oneof({ weight: 2, arbitrary: peopleInPrison }, { weight: 1, arbitrary: mergedInPrison });
const afterwards = fc.array(fc.constantFrom(...AFTERWARDS_IT), { minLength: 1, maxLength: 12 });

export const PLAYS: readonly Play[] = [
  {
    name: 'random rules about somebody',
    property: fc.property(ruleSets, anybody, (some, history) => {
      comesOutAsDefined(some, history);
    }),
    histories: 200,
  },
  {
    name: 'random rules about people whose records are merged',
    property: fc.property(ruleSets, anyCompany, (some, history) => {
      comesOutAsDefined(some, history);
    }),
    histories: 100,
  },
  {
    name: 'the catalogue about somebody in prison',
    property: fc.property(peopleInPrison, (history) => {
      comesOutAsDefined(rules, history, plan);
    }),
    histories: 50,
  },
  {
    name: 'the catalogue about people in prison whose records are merged',
    property: fc.property(mergedInPrison, (history) => {
      comesOutAsDefined(rules, history, plan);
    }),
    histories: 25,
  },
  {
    name: 'a service that is told what happens, restarted and killed, and then verified',
    property: fc.asyncProperty(people, afterwards, livesAsVerified),
    histories: 5,
  },
  {
    name: 'a service that is told a whole history, and then verified',
    property: fc.asyncProperty(people, afterwards, isToldAsVerified),
    histories: 5,
  },
];
