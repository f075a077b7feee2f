import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KnownFeeds } from '../../src/kernel/definitional/silence.js';
import type { Rule } from '../../src/kernel/rule.js';
import type { History } from '../properties/arbitraries.js';
import {
  mergedInPrison,
  peopleInPrison,
  peopleMoved,
  peopleRetold,
  SPOKEN_TYPES,
} from '../properties/arbitrary-custody-events.js';
import { toldByFeeds } from '../properties/arbitrary-feeds.js';
import { anybody, anyCompany, ruleSets } from '../properties/arbitrary-rules.js';
import { TYPES } from '../properties/arbitrary-scopes.js';
import { catalogueOfAllTimes } from '../properties/catalogue.js';
import { doubled, openOnceKnown, shuffles } from '../properties/order.js';
import { lived } from '../properties/remembered.js';
import { asDefined, asReplayed, inLines, planned, toldInFull } from '../properties/told.js';
import { AFTERWARDS_IT, isToldAsVerified, livesAsVerified } from './in-service.js';

/** What has to hold for every history, and how many of them are tried before the next play has its turn. */
export interface Play {
  readonly name: string;
  readonly property: fc.IRawProperty<unknown>;
  readonly histories: number;
}

// These stories tell what happened to people, and not what feeds said of themselves.
const rules = catalogueOfAllTimes().filter(({ subject }) => subject !== 'feed');
const rulebook = planned(rules);

const comesOutAsDefined = (by: readonly Rule[], history: History, compiled = planned(by)): void => {
  assert.deepEqual(asReplayed(compiled, history), asDefined(by, history));
};

/** Lived by clocks that are ahead, and written down at some moments. */
const livesAsDefined = (
  by: readonly Rule[],
  history: History,
  moments: readonly boolean[],
  compiled = planned(by),
  feeds?: KnownFeeds,
): void => {
  const isWrittenDown = (step: number): boolean => moments[step % moments.length] ?? false;
  assert.deepEqual(inLines(lived(compiled, history, isWrittenDown, feeds)), asDefined(by, history, feeds));
};

const people = fc.oneof(
  { weight: 3, arbitrary: peopleInPrison },
  { weight: 2, arbitrary: mergedInPrison },
  { weight: 1, arbitrary: peopleRetold },
  { weight: 1, arbitrary: peopleMoved },
);
const moments = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
const afterwards = fc.array(fc.constantFrom(...AFTERWARDS_IT), { minLength: 1, maxLength: 12 });
/** In minutes after what is told was recorded. A clock that is ahead has it recorded before it happens. */
const delays = fc.array(fc.constantFrom(0, 0, 0, 2, 10, 26 * 60), { minLength: 1, maxLength: 12 });

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
      comesOutAsDefined(rules, history, rulebook);
    }),
    histories: 50,
  },
  {
    name: 'the catalogue about people in prison whose records are merged',
    property: fc.property(mergedInPrison, (history) => {
      comesOutAsDefined(rules, history, rulebook);
    }),
    histories: 25,
  },
  {
    name: 'the catalogue about people of whom most is told again and again',
    property: fc.property(peopleRetold, (history) => {
      comesOutAsDefined(rules, history, rulebook);
    }),
    histories: 50,
  },
  {
    name: 'the catalogue about people of whom it is told where they are, and that it was not so',
    property: fc.property(peopleMoved, (history) => {
      comesOutAsDefined(rules, history, rulebook);
    }),
    histories: 50,
  },
  {
    name: 'random rules about somebody by clocks that are ahead, written down and worked out again',
    property: fc.property(ruleSets, anybody, moments, (some, history, when) => {
      livesAsDefined(some, history, when);
    }),
    histories: 100,
  },
  {
    name: 'random rules about merged records by clocks that are ahead, written down and worked out again',
    property: fc.property(ruleSets, anyCompany, moments, (some, history, when) => {
      livesAsDefined(some, history, when);
    }),
    histories: 100,
  },
  {
    name: 'the catalogue by clocks that are ahead, written down and worked out again',
    property: fc.property(people, moments, (history, when) => {
      livesAsDefined(rules, history, when, rulebook);
    }),
    histories: 25,
  },
  {
    name: 'random rules, once everything is known, in whatever order it came in',
    property: fc.property(ruleSets, anybody, shuffles, (some, history, keys) => {
      const { open, due } = openOnceKnown(some, history, keys);
      assert.deepEqual(open, due);
    }),
    histories: 50,
  },
  {
    name: 'the catalogue in any order of the lines, each of them twice',
    property: fc.property(people, shuffles, (history, keys) => {
      assert.deepEqual(toldInFull(rulebook, doubled(history, keys)), toldInFull(rulebook, history));
    }),
    histories: 25,
  },
  {
    name: 'random rules about somebody of whom feeds tell that fall silent, written down and worked out again',
    property: fc.property(
      ruleSets,
      toldByFeeds(fc.oneof(anybody, anyCompany), [...TYPES]),
      moments,
      (some, told, when) => {
        const { story, feeds } = told;
        assert.deepEqual(asReplayed(planned(some), story, feeds), asDefined(some, story, feeds));
        livesAsDefined(some, story, when, planned(some), feeds);
      },
    ),
    histories: 100,
  },
  {
    name: 'the catalogue about people of whom feeds tell that fall silent',
    property: fc.property(toldByFeeds(people, SPOKEN_TYPES), moments, ({ story, feeds }, when) => {
      livesAsDefined(rules, story, when, rulebook, feeds);
    }),
    histories: 25,
  },
  {
    name: 'a service that is told by feeds that fall silent, restarted and killed, and then verified',
    property: fc.asyncProperty(toldByFeeds(people, SPOKEN_TYPES), afterwards, delays, ({ story, feeds }, after, late) =>
      livesAsVerified(story, after, late, feeds),
    ),
    histories: 5,
  },
  {
    name: 'a service that is told what happens, restarted and killed, and then verified',
    property: fc.asyncProperty(people, afterwards, delays, (history, after, late) =>
      livesAsVerified(history, after, late),
    ),
    histories: 5,
  },
  {
    name: 'a service that is told a whole history, and then verified',
    property: fc.asyncProperty(people, afterwards, (history, after) => isToldAsVerified(history, after)),
    histories: 5,
  },
];
