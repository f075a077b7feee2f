import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../../src/kernel/condition.js';
import { definitionalTruth } from '../../src/kernel/definitional.js';
import { limitsIn, momentsOf } from '../../src/kernel/definitional/moments.js';
import { definitionalOpening } from '../../src/kernel/definitional/reading.js';
import { situationOf } from '../../src/kernel/definitional/situation-of.js';
import { standing } from '../../src/kernel/definitional/standing.js';
import { inTheOrderKnown } from '../../src/kernel/definitional/known-events.js';
import { Network } from '../../src/kernel/network.js';
import { NO_SILENCE } from '../../src/kernel/operator.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { appliesOf, type PlannedRule } from '../../src/kernel/plan.js';
import type { Rule } from '../../src/kernel/rule.js';
import { days, runs } from './arbitraries.js';
import { anybody, ruleSets } from './arbitrary-rules.js';
import { TYPES } from './arbitrary-scopes.js';
import { planned } from './told.js';

const TRIES = runs(5_000, 500);

/** A set of rules, somebody's story, and an instant of it, in thousandths of the whole. */
const moments = {
  rules: ruleSets,
  story: anybody,
  thousandths: fc.nat(1000),
};

/** Everything that stands, once all of it is known. */
const standingOf = (known: readonly Occurrence[]): readonly Occurrence[] => standing(known).eventsOf('');

/** What was known at an instant at which something could change. */
const stopAt = (
  rules: readonly Rule[],
  history: readonly Occurrence[],
  until: number,
  thousandths: number,
): { readonly t: number; readonly known: Occurrence[]; readonly later: readonly number[] } => {
  const known = inTheOrderKnown(history);
  const beginnings = [...new Set(known.map(({ since }) => since))].filter((since) => since <= until);
  const from = beginnings[Math.floor((beginnings.length - 1) * (thousandths / 1000))] ?? until;
  const then = known.filter(({ since }) => since <= from).map(({ event }) => event);
  const all = momentsOf(
    limitsIn(rules),
    situationOf(standingOf(then), from, { days, rulesOf: () => rules }),
    from,
    until + 1,
  );
  const place = Math.floor((all.length - 1) * ((thousandths % 100) / 100));
  return { t: all[place] ?? until, known: then, later: all.slice(place + 1) };
};

const fed = (rules: readonly Rule[], known: readonly Occurrence[], silent: ReadonlySet<string> = new Set()) => {
  const { plan } = planned(rules).inForce(undefined, 0);
  const covers = (_: string, types: readonly string[]) => types.some((type) => silent.has(type));
  const network = Network.of(plan, days, { ...NO_SILENCE, covers }, standingOf(known));
  return { network, plan };
};

/** The conditions of a rule, and which operator answers each. Nothing is closed by its own condition out of a stay. */
const conditionsOf = (
  { rule, opening, applies, closing }: PlannedRule,
  inStay: boolean,
): (readonly [Condition, number])[] => [
  [definitionalOpening(rule), opening],
  [appliesOf(rule), applies],
  ...(rule.closesWhen && closing !== undefined && inStay ? [[rule.closesWhen, closing] as const] : []),
];

describe('the operators of one person', () => {
  it('say true, false and unknown as the definitions do, whatever source has gone quiet', () => {
    fc.assert(
      fc.property(
        fc.record({ ...moments, silent: fc.subarray(TYPES), ago: fc.nat(200) }),
        ({ rules, story, thousandths, silent, ago }) => {
          const { t, known } = stopAt(rules, story.history, story.until, thousandths);
          const view = { history: known, t, days, rules, silent: new Set(silent) };
          const { network, plan } = fed(rules, known, view.silent);
          const raisedAt = t - ago * 3_600_000;
          for (const one of plan.rules) {
            for (const [condition, operator] of conditionsOf(one, network.movements.stay !== undefined)) {
              const defined = definitionalTruth(condition, view, one.rule.pauses, raisedAt);
              expect(network.operator(operator).value(t, raisedAt)).toBe(defined);
            }
          }
        },
      ),
      { numRuns: TRIES },
    );
  }, 300_000);

  it('never name too late an instant at which their truth changes by itself', () => {
    fc.assert(
      fc.property(fc.record(moments), ({ rules, story, thousandths }) => {
        const { t, known, later } = stopAt(rules, story.history, story.until, thousandths);
        const { network, plan } = fed(rules, known);
        for (const { rule, opening } of plan.rules) {
          const flip = network.operator(opening).nextFlip(t);
          const truthAt = (at: number) =>
            definitionalTruth(definitionalOpening(rule), { history: known, t: at, days, rules }, rule.pauses);
          const now = truthAt(t);
          for (const at of later) if (at < flip) expect([at, truthAt(at)]).toEqual([at, now]);
        }
      }),
      { numRuns: TRIES },
    );
  }, 300_000);
});
