import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../occurrence.js';
import type { Rule } from '../rule.js';
import { definitionalOpening } from './reading.js';
import { lookedAtFrom, type Situation } from './situation.js';
import { standing } from './standing.js';
import { truthOf } from './truth-of.js';
import { whereabouts } from './whereabouts.js';

/** The situation that these events, known by `t`, make. Limits do not pause unless a rule says so. */
export const situationOf = (
  known: readonly Occurrence[],
  t: Instant,
  days: LocalDays,
  rules: readonly Rule[],
  silent: ReadonlySet<string> = new Set(),
): Situation => {
  const events = standing(known);
  const openingOf: Situation['openingOf'] = (id) => {
    const rule = rules.find((candidate) => candidate.id === id);
    if (!rule) throw new Error(`There is no rule "${id}" to refer to. Give it among the rules.`);
    return { condition: definitionalOpening(rule), pauses: rule.pauses };
  };
  const all: Situation = {
    ...whereabouts(events),
    ...{ t, days, events, silent, openingOf, truthOf, pauses: false, found: new Map() },
  };
  return lookedAtFrom(t, all);
};
