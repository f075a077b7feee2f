import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../occurrence.js';
import type { Rule } from '../rule.js';
import { lifeOf } from './life.js';
import { selectedBy } from './selection.js';
import { definitionalOpening } from './reading.js';
import { NOBODY_SILENT, type SilentAt } from './silence.js';
import { lookedAtFrom, nothingFound, type Situation } from './situation.js';
import { truthOf } from './truth-of.js';

/** What a situation rests on besides the events. */
interface SituationTerms {
  readonly days: LocalDays;
  readonly rules: readonly Rule[];
  readonly silentAt?: SilentAt | undefined;
}

/** The situation of somebody of whom these events stand. Limits do not pause unless a rule says so. */
export const situationOf = (
  events: readonly Occurrence[],
  t: Instant,
  { days, rules, silentAt = NOBODY_SILENT }: SituationTerms,
): Situation => {
  const openingOf: Situation['openingOf'] = (id) => {
    const rule = rules.find((candidate) => candidate.id === id);
    if (!rule) throw new Error(`There is no rule "${id}" to refer to. Give it among the rules.`);
    return { condition: definitionalOpening(rule), pauses: rule.pauses };
  };
  const all: Situation = {
    ...lifeOf(events),
    t,
    days,
    events,
    silentAt,
    openingOf,
    selectedBy,
    truthOf,
    pauses: false,
    found: nothingFound(),
  };
  return lookedAtFrom(t, all);
};
