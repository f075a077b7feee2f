import { definitionalReplay } from '../../src/kernel/definitional.js';
import { toIso } from '../../src/prison/instant.js';
import { planOf, type Plan } from '../../src/kernel/plan.js';
import { replay } from '../../src/kernel/replay.js';
import type { Rule } from '../../src/kernel/rule.js';
import { days, type History } from './arbitraries.js';

const line = (at: number, rule: string, transition: string, severity: string): string =>
  `${toIso(at)} ${rule} ${transition} ${severity}`;

/** The alerts' changes as the operators tell them, a line each. */
export const asReplayed = (plan: Plan, { history, until }: History): string[] =>
  replay(plan, days, history, until)
    .filter(({ transition }) => transition !== 'repeated')
    .map(({ at, rule, transition, severity }) => line(at, rule.id, transition, severity));

/** The same as the definitions tell them. */
export const asDefined = (rules: readonly Rule[], { history, until }: History): string[] =>
  definitionalReplay(rules, days, history, until).map(({ at, rule, transition, severity }) =>
    line(at, rule, transition, severity),
  );

/** The rules, compiled in the calendar of all properties. */
export const planned = (rules: readonly Rule[]): Plan => planOf(rules, days);
