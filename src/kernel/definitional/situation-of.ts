import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../occurrence.js';
import type { Rule } from '../rule.js';
import { lifeOf } from './life.js';
import type { RulesOfPrison } from './local-rules.js';
import { selectedBy } from './selection.js';
import { definitionalOpening } from './reading.js';
import { NOBODY_SILENT, type SilentAt } from './silence.js';
import { lookedAtFrom, nothingFound, type Situation, type Talk } from './situation.js';
import { truthOf } from './truth-of.js';

/** What a situation rests on besides the events. */
export interface SituationTerms {
  readonly days: LocalDays;
  readonly rulesOf: RulesOfPrison;
  readonly silentAt?: SilentAt | undefined;
  /** Of a key worker: the allocations by which people are theirs. */
  readonly caseload?: readonly Occurrence[];
  /** Of a key worker: the sessions that they held, with whom. */
  readonly talks?: readonly Talk[];
  /** Of a key worker or a feed: the prison in which it is that; of a prison: itself. */
  readonly prisonId?: string | undefined;
  /** Of a prison: its weeks. */
  readonly weeksBefore?: Situation['weeksBefore'] | undefined;
  /** Of a feed: since when it is silent. */
  readonly silentSince?: Situation['silentSince'] | undefined;
}

/**
 * The situation of somebody of whom these events stand, under the rules of the prison that holds them then. Limits do not
 * pause unless a rule says so.
 */
export const situationOf = (
  events: readonly Occurrence[],
  t: Instant,
  {
    days,
    rulesOf,
    silentAt = NOBODY_SILENT,
    caseload = [],
    talks = [],
    prisonId,
    silentSince = NEVER_SILENT,
    weeksBefore = NO_WEEKS,
  }: SituationTerms,
): Situation => {
  const life = lifeOf(events);
  const known = new Map<readonly Rule[], Situation>();
  const under = (rules: readonly Rule[]): Situation => {
    const situation = known.get(rules) ?? {
      ...life,
      ...{
        t,
        days,
        events,
        caseload,
        talks,
        prisonId,
        silentAt,
        silentSince,
        weeksBefore,
        rules,
        under,
        ruledAt,
        selectedBy,
        truthOf,
      },
      openingOf: (id) => openingIn(rules, id),
      pauses: false,
      found: nothingFound(),
    };
    known.set(rules, situation);
    return situation;
  };
  const ruledAt = (instant: Instant): Situation => {
    const { stay } = lookedAtFrom(instant, under(rulesOf(life.stay?.prisonId ?? prisonId, instant)));
    return lookedAtFrom(instant, under(rulesOf(stay?.prisonId ?? prisonId, instant)));
  };
  return ruledAt(t);
};

const NEVER_SILENT = (): undefined => undefined;
const NO_WEEKS = (): readonly [] => [];

const openingIn = (rules: readonly Rule[], id: string) => {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`There is no rule "${id}" to refer to. Give it among the rules.`);
  return { condition: definitionalOpening(rule), pauses: rule.pauses };
};
