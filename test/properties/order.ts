import fc from 'fast-check';
import { definitionalReading } from '../../src/kernel/definitional.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { Person } from '../../src/kernel/person.js';
import type { Rulebook } from '../../src/kernel/rulebook.js';
import { Records } from '../../src/kernel/records.js';
import type { Rule } from '../../src/kernel/rule.js';
import { days, type History } from './arbitraries.js';
import { planned } from './told.js';

/** What lines are put in another order by. */
export const shuffles = fc.array(fc.nat(10_000), { minLength: 64, maxLength: 64 });

const shuffled = (history: readonly Occurrence[], keys: readonly number[]): Occurrence[] =>
  history
    .map((event, index) => ({ event, key: keys[index] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);

/** The history in another order, each of its lines told once more. */
export const doubled = ({ history, until }: History, keys: readonly number[]): History => ({
  history: shuffled([...history, ...history.map((event) => ({ ...event }))], keys),
  until,
});

const eachOnce = (history: readonly Occurrence[]): Occurrence[] => [
  ...new Map(history.map((event) => [event.id, event])).values(),
];

/** The rules whose alert is open after the events became known one by one, in this order, all of them after the fact. */
const openAfter = (rulebook: Rulebook, arriving: readonly Occurrence[], from: number): string[] => {
  const person = new Person(rulebook, days);
  const records = new Records();
  arriving.forEach((event, index) => {
    const t = from + index;
    while (person.nextFlip < t) person.settle(person.nextFlip);
    person.learn(event, t, records.note('', event) !== undefined);
    person.settle(t, person.needsHistory ? { own: arriving.slice(0, index + 1), elsewhere: [] } : undefined);
  });
  return [...person.open.keys()];
};

/**
 * The rules without a latch whose alert is open once everything became known after the fact, in another order, and those
 * that are true by definition.
 */
export const openOnceKnown = (rules: readonly Rule[], { history, until }: History, keys: readonly number[]) => {
  const levelled = rules.filter(({ closesWhen }) => !closesWhen);
  const events = eachOnce(history);
  const from = Math.max(until, ...events.map(({ at }) => at));
  const view = { history: events, t: from + events.length - 1, days, rules };
  // A rule that another asks has to be compiled with it, latched or not.
  const open = openAfter(planned(rules), shuffled(events, keys), from);
  return {
    open: open.filter((id) => levelled.some((rule) => rule.id === id)),
    due: levelled.filter((rule) => definitionalReading(rule, view).opening === true).map(({ id }) => id),
  };
};
