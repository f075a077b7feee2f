import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { definitionalReading } from '../../src/kernel/definitional.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { Person } from '../../src/kernel/person.js';
import { Records } from '../../src/kernel/records.js';
import type { Plan } from '../../src/kernel/plan.js';
import { replay } from '../../src/kernel/replay.js';
import type { Rule } from '../../src/kernel/rule.js';
import { days, runs, type History } from './arbitraries.js';
import { peopleInPrison } from './arbitrary-custody-events.js';
import { anybody, ruleSets } from './arbitrary-rules.js';
import { catalogue } from './catalogue.js';
import { planned } from './told.js';

const shuffles = fc.array(fc.nat(10_000), { minLength: 64, maxLength: 64 });

const shuffled = (history: readonly Occurrence[], keys: readonly number[]): Occurrence[] =>
  history
    .map((event, index) => ({ event, key: keys[index] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);

const eachOnce = (history: readonly Occurrence[]): Occurrence[] => [
  ...new Map(history.map((event) => [event.id, event])).values(),
];

/** The rules whose alert is open after the events became known one by one, in this order, all of them after the fact. */
const openAfter = (plan: Plan, arriving: readonly Occurrence[], from: number): string[] => {
  const person = new Person(plan, days);
  const records = new Records();
  arriving.forEach((event, index) => {
    const t = from + index;
    while (person.nextFlip < t) person.settle(person.nextFlip);
    person.learn(event, t, records.note('', event) !== undefined);
    person.settle(t, person.needsHistory(t) ? { own: arriving.slice(0, index + 1), elsewhere: [] } : undefined);
  });
  return [...person.open.keys()];
};

const expectAnyOrder = (rules: readonly Rule[], { history, until }: History, keys: readonly number[]): void => {
  const levelled = rules.filter(({ closesWhen }) => !closesWhen);
  const events = eachOnce(history);
  const from = Math.max(until, ...events.map(({ at }) => at));
  const view = { history: events, t: from + events.length - 1, days, rules };
  const due = levelled.filter((rule) => definitionalReading(rule, view).opening === true).map(({ id }) => id);
  // A rule that another asks has to be compiled with it, latched or not.
  const open = openAfter(planned(rules), shuffled(events, keys), from);
  expect(open.filter((id) => levelled.some((rule) => rule.id === id))).toEqual(due);
};

const told = (plan: Plan, history: readonly Occurrence[], until: number) =>
  replay(plan, days, history, until).map(({ at, transition, rule, severity, outcome, evidence }) => ({
    at,
    transition,
    rule: rule.id,
    severity,
    outcome,
    evidence: evidence.map(({ id }) => id),
  }));

describe('once everything is known', () => {
  it('the same rules are true whatever order it arrived in', () => {
    fc.assert(
      fc.property(ruleSets, anybody, shuffles, (rules, history, keys) => {
        expectAnyOrder(rules, history, keys);
      }),
      { numRuns: runs(5_000, 500) },
    );
  }, 300_000);

  it('the same rules of the catalogue are true whatever order it arrived in', () => {
    const rules = catalogue();
    fc.assert(
      fc.property(peopleInPrison, shuffles, (history, keys) => {
        expectAnyOrder(rules, history, keys);
      }),
      { numRuns: runs(1_000, 100) },
    );
  }, 300_000);
});

describe('a history', () => {
  it('is told the same in any order of its lines, each of them once or twice', () => {
    fc.assert(
      fc.property(ruleSets, anybody, shuffles, (rules, { history, until }, keys) => {
        const plan = planned(rules);
        const doubled = shuffled([...history, ...history.map((event) => ({ ...event }))], keys);
        expect(told(plan, doubled, until)).toEqual(told(plan, eachOnce(history), until));
      }),
      { numRuns: runs(5_000, 500) },
    );
  }, 300_000);
});
