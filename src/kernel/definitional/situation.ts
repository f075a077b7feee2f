import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Condition, Selector } from '../condition.js';
import type { Occurrence } from '../occurrence.js';
import type { PrisonWeek } from '../prison-week.js';
import type { Rule } from '../rule.js';
import type { Truth } from '../truth.js';
import { lifeOf, type LifeEvent, type Life } from './life.js';
import { NOBODY_SILENT, type SilentAt } from './silence.js';

/** A session, by the number under which the record of whom it was held with is kept. */
export interface Talk {
  readonly prisonNumber: string;
  readonly event: Occurrence;
}

/** What is known of a person, looked at from one instant. */
export interface Situation extends Life {
  readonly t: Instant;
  /** All that stands, in the order it happened. */
  readonly events: readonly Occurrence[];
  /** Of a key worker: the allocations by which people are theirs. */
  readonly caseload: readonly Occurrence[];
  /** Of a key worker: the sessions that they held, with whom; in no order. */
  readonly talks: readonly Talk[];
  readonly days: LocalDays;
  /** Limits wait for people who are away. */
  readonly pauses: boolean;
  /** Of a prison: how its key work went in the last so many weeks that were over at an instant. */
  readonly weeksBefore: (t: Instant, count: number) => readonly PrisonWeek[];
  /** From when "since" counts in the closing condition of a latched rule. */
  readonly raisedAt?: Instant | undefined;
  /** Of a feed: since when it is silent at an instant; nothing while it is not. */
  readonly silentSince: (t: Instant) => Instant | undefined;
  /** Of a key worker, a prison or a feed: the prison. */
  readonly prisonId: string | undefined;
  /** What a prison's feeds leave in the dark. */
  readonly silentAt: SilentAt;
  /** The rules that hold in it. */
  readonly rules: readonly Rule[];
  /** All that is known, under other rules. */
  readonly under: (rules: readonly Rule[]) => Situation;
  /** The same knowledge, looked at from an instant, under the rules of the prison that held the person then. */
  readonly ruledAt: (t: Instant) => Situation;
  /** What has to hold for the alert of the rule with this id to open. */
  readonly openingOf: (id: string) => { readonly condition: Condition; readonly pauses: boolean };
  /** What a selector means of all that happened. */
  readonly selectedBy: (selector: Selector, situation: Situation) => readonly LifeEvent[];
  /** The truth of a condition in a situation. */
  readonly truthOf: (condition: Condition, situation: Situation) => Truth;
  /** What was found out among these events and does not change while only time goes by: with limits that pause, or not. */
  readonly found: SituationCache;
}

interface SituationCache {
  readonly pausing: Map<unknown, unknown>;
  readonly going: Map<unknown, unknown>;
}

export const nothingFound = (): SituationCache => ({ pausing: new Map(), going: new Map() });

/** What was found out by `find` before, or is now. */
export const foundOnce = <T>(key: unknown, { found, pauses }: Situation, find: () => T): T => {
  const known = pauses ? found.pausing : found.going;
  if (!known.has(key)) known.set(key, find());
  return known.get(key) as T;
};

/** The situation at another instant, with the same knowledge: what happens later has not happened yet. */
export const lookedAtFrom = (t: Instant, situation: Situation): Situation => {
  if ((situation.events.at(-1)?.at ?? t) <= t) return { ...situation, t };
  return foundOnce(t, situation, () => {
    const events = situation.events.filter(({ at }) => at <= t);
    return { ...situation, ...lifeOf(events), t, events, found: nothingFound() };
  });
};

/** As things stood when the one at this place had not been taken in yet; where it begins a stay, in that stay. */
export const justBefore = (place: number, situation: Situation): Situation =>
  amid(situation.happened[place], situation.happened.slice(0, place), situation);

/** As things stood once all that happened up to its instant was taken in. */
export const onceTakenIn = (happening: LifeEvent, situation: Situation): Situation =>
  amid(
    happening,
    situation.happened.filter(({ event }) => event.at <= happening.event.at),
    situation,
  );

/** By the record alone: what events mean, and what alerts stand on, does not wait for feeds. */
export const onRecord = (situation: Situation): Situation => ({ ...situation, silentAt: NOBODY_SILENT });

const amid = (happening: LifeEvent | undefined, happened: readonly LifeEvent[], situation: Situation): Situation => ({
  ...onRecord(situation),
  happened,
  t: happening?.event.at ?? situation.t,
  raisedAt: undefined,
  found: nothingFound(),
  stay: happening?.stay,
  custody: happening?.custody ?? -1,
  awayBy: happening?.awayBy,
  presence: happening?.presence,
});
