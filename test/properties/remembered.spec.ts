import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replay } from '../../src/kernel/replay.js';
import { inOrder, knownAt, type Occurrence } from '../../src/kernel/occurrence.js';
import type { Plan } from '../../src/kernel/plan.js';
import type { PersonMemory } from '../../src/kernel/remembered-person.js';
import type { Transition } from '../../src/kernel/transition.js';
import { Watchlist, type WatchlistMemory } from '../../src/kernel/watchlist.js';
import { days, runs, type History } from './arbitraries.js';
import { peopleInPrison } from './arbitrary-custody-events.js';
import { anybody, ruleSets } from './arbitrary-rules.js';
import { catalogue } from './catalogue.js';
import { planned } from './told.js';

const SOMEBODY = 'A0001AA';

const eachOnce = (history: readonly Occurrence[]): Occurrence[] => {
  const sorted = [...history].sort((a, b) => knownAt(a) - knownAt(b) || inOrder(a, b));
  return sorted.filter(({ id }, index) => sorted.findIndex((other) => other.id === id) === index);
};

/** The same people in another process, as they were written down at `t`. */
const written = (people: Watchlist, plan: Plan, t: number): Watchlist => {
  const next = new Watchlist(plan, days);
  next.recall(JSON.parse(JSON.stringify(people.memory)) as WatchlistMemory, t);
  for (const [prisonNumber, person] of people.everybody())
    next.remember(prisonNumber, JSON.parse(JSON.stringify(person.memory)) as PersonMemory);
  return next;
};

/** Lives a history, written down before whatever `isWrittenDown` says, counted from 0. */
const lived = (plan: Plan, { history, until }: History, isWrittenDown: (step: number) => boolean): Transition[] => {
  let people = new Watchlist(plan, days);
  let step = 0;
  const transitions: Transition[] = [];
  const known: Occurrence[] = [];
  const pause = (t: number): void => {
    if (isWrittenDown(step++)) people = written(people, plan, t);
  };
  const settleThrough = (t: number): void => {
    for (let due = people.due(t); due; due = people.due(t)) {
      transitions.push(...people.settle(due, due.needsHistory ? known : undefined));
      pause(due.at);
    }
  };
  for (const event of eachOnce(history)) {
    const t = knownAt(event);
    if (t > until) break;
    settleThrough(t - 1);
    known.push(event);
    people.learn(SOMEBODY, event, t);
    pause(t);
  }
  settleThrough(until);
  return transitions;
};

const expectTheSame = (plan: Plan, history: History, steps: readonly boolean[]): void => {
  const undisturbed = replay(plan, days, history.history, history.until);
  expect(lived(plan, history, () => true)).toEqual(undisturbed);
  expect(lived(plan, history, (step) => steps[step % steps.length] ?? true)).toEqual(undisturbed);
};

const steps = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });

describe('a person who is written down and worked out again, at any moments', () => {
  it('has the same decided about them, on the same grounds, by random rules', () => {
    fc.assert(
      fc.property(ruleSets, anybody, steps, (rules, history, moments) => {
        expectTheSame(planned(rules), history, moments);
      }),
      { numRuns: runs(5_000, 500) },
    );
  }, 300_000);

  it('has the same decided about them, on the same grounds, by the rules of the catalogue', () => {
    const plan = planned(catalogue());
    fc.assert(
      fc.property(peopleInPrison, steps, (history, moments) => {
        expectTheSame(plan, history, moments);
      }),
      { numRuns: runs(1_000, 100) },
    );
  }, 300_000);

  it('is written down without anything that events say', () => {
    const plan = planned(catalogue());
    fc.assert(
      fc.property(peopleInPrison, ({ history, until }) => {
        const people = new Watchlist(plan, days);
        const telling = history.map((event) => ({
          ...event,
          data: { ...event.data, reasonText: 'Tells of her mother' },
        }));
        for (const event of eachOnce(telling)) people.learn(SOMEBODY, event, until);
        people.settle({ prisonNumber: SOMEBODY, at: until, needsHistory: true, numbers: [SOMEBODY] }, telling);
        expect(JSON.stringify(people.person(SOMEBODY)?.memory)).not.toContain('mother');
      }),
      { numRuns: runs(500, 50) },
    );
  });
});
