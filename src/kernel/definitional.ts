import type { Condition } from './condition.js';
import { readingOf, type DefinitionalReading } from './definitional/reading.js';
import { situationOf } from './definitional/situation-of.js';
import type { Situation } from './definitional/situation.js';
import { standing } from './definitional/standing.js';
import type { DefinitionalTransition } from './definitional/story.js';
import { type KeyWorkSpell, keyWorkSpells, tellOfKeyWorkers } from './definitional/key-worker-stories.js';
import { tellOfFeeds } from './definitional/feed-stories.js';
import { KeyWorkOfPrisons, tellOfPrisons } from './definitional/prison-stories.js';
import { type RuleStories, tell, type StoryTerms } from './definitional/rule-stories.js';
import {
  companies,
  type EventsByKnowledge,
  forOthers,
  inTheOrderKnown,
  numberOf,
} from './definitional/known-events.js';
import { truthOf } from './definitional/truth-of.js';
import { subjectIn, type SubjectKind } from '../prison/alert-subject.js';
import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';
import type { Rule } from './rule.js';
import type { Severity } from '../prison/severity.js';
import type { Truth } from './truth.js';

/** A person's events, and the instant from which they are looked at. */
export interface Viewpoint {
  /**
   * Everything known at `t` of the person and of those whose records are merged with theirs, in any order, withdrawals
   * included. What happens after `t` is left out.
   */
  readonly history: readonly Occurrence[];
  /** The person's number. May be left out where everything was told under one number. */
  readonly prisonNumber?: string;
  readonly t: Instant;
  readonly days: LocalDays;
  /** The rules that a condition may refer to. */
  readonly rules: readonly Rule[];
  /** The event types of which a silent feed tells, in whatever prison. */
  readonly silent?: ReadonlySet<string>;
}

/**
 * The truth of a condition at an instant, recomputed from the raw events: without state or cleverness, in the words of
 * the policy. It is kept apart from the operators on purpose: each is checked against the other.
 * @param raisedAt the instant that "since it was raised" counts from, in closing conditions
 * @throws Error when the condition refers to a rule that is not among `rules`
 */
export const definitionalTruth = (
  condition: Condition,
  viewpoint: Viewpoint,
  pauses: boolean,
  raisedAt?: Instant,
): Truth => truthOf(condition, { ...seenFrom(viewpoint), pauses, raisedAt });

/** What a rule says of a person at an instant: whether its alert is due, and how severe it is. */
export const definitionalReading = (rule: Rule, viewpoint: Viewpoint): DefinitionalReading =>
  readingOf(rule, seenFrom(viewpoint));

const seenFrom = ({ history, prisonNumber, t, days, rules, silent }: Viewpoint): Situation => {
  const known = inTheOrderKnown(history.filter(({ at }) => at <= t)).map(({ event }) => event);
  const number = prisonNumber ?? (history[0] ? numberOf(history[0]) : '');
  const silentAt = silent && (() => silent);
  return situationOf(standing(known).eventsOf(number), t, { days, rulesOf: () => rules, silentAt });
};

/**
 * Plays the history of people, of key workers, of prisons and of feeds, by brute force: every rule is looked at afresh at every instant at which
 * anything that it says could change. Gives the transitions that `replay` gives, by instant, prison number and rule, without
 * the repeated asks.
 */
export const definitionalReplay = (
  terms: StoryTerms,
  history: readonly Occurrence[],
  until: Instant,
): DefinitionalTransition[] => {
  const { rules, days } = terms;
  const [ofStaff = [], ofPeople = []] = (['key-worker', undefined] as const).map((kind) =>
    history.filter((event) => subjectIn(numberOf(event))?.kind === kind),
  );
  const known = companies(ofPeople).map((company) => inTheOrderKnown(company, countedFrom(terms)));
  const stories = known.flatMap((company) => tell({ ...terms, rules: about('person', rules) }, company, until));
  const spells = known.flatMap((company) => keyWorkSpells(company, days, until));
  const told = inTheOrderKnown(ofStaff, countedFrom(terms));
  const ofKeyWorkers = tellOfKeyWorkers({ ...terms, rules: about('key-worker', rules) }, { told, spells }, until);
  const ofFeeds = tellOfFeeds({ ...terms, rules: about('feed', rules) }, until);
  const ofPrisons = tellOfPrisons({ ...terms, rules: about('prison', rules) }, keyWorkIn(terms, known, until), until);
  return [...stories, ...ofKeyWorkers, ...ofPrisons, ...ofFeeds]
    .flatMap(({ transitions }) => transitions)
    .sort((a, b) => a.at - b.at || byText(a.prisonNumber, b.prisonNumber) || byText(a.rule, b.rule));
};

const keyWorkIn = (
  { rules, days }: StoryTerms,
  known: readonly EventsByKnowledge[],
  until: Instant,
): KeyWorkOfPrisons => {
  const keyWork = new KeyWorkOfPrisons(days);
  if (about('prison', rules).length > 0) for (const company of known) keyWork.add(company, until);
  return keyWork;
};

const whenRecorded = ({ recordedAt }: Occurrence): Instant => recordedAt;

/** From when on events count that became known then: later, where a feed was silent. */
const countedFrom =
  ({ feeds }: StoryTerms, knownAt = whenRecorded) =>
  (event: Occurrence): Instant => {
    const known = Math.max(event.at, knownAt(event));
    return feeds ? feeds.countsFrom(event, known) : known;
  };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const about = (whom: 'person' | SubjectKind, rules: readonly Rule[]): Rule[] =>
  rules.filter(({ subject = 'person' }) => subject === whom);

/** An alert that should be open. */
export interface ShouldBeOpen {
  /** Or the key worker, or the feed, that it is about. */
  readonly prisonNumber: string;
  readonly rule: string;
  readonly raisedAt: Instant;
  readonly severity: Severity;
}

/** Everything known of a person, and of all those whose records have to do with theirs ({@link companies}). */
export interface KnownByNow extends StoryTerms {
  readonly history: readonly Occurrence[];
  readonly now: Instant;
  /**
   * When an event became known: by default when its source recorded it. One that was known ahead of the instant it
   * happened counts from that instant.
   */
  readonly knownAt?: (event: Occurrence) => Instant;
}

/** The alerts about people that should be open at `now`, recomputed from everything known. */
export const shouldBeOpen = ({ history, now, knownAt, ...terms }: KnownByNow): ShouldBeOpen[] => {
  const rules = about('person', terms.rules);
  return openIn(tell({ ...terms, rules }, inTheOrderKnown(history, countedFrom(terms, knownAt)), now), rules);
};

/** The same, as it counts for key workers and prisons. */
export interface KeyWorkByNow extends KnownByNow {
  /**
   * They know of an event no earlier: what a history tells lies in the past of its people, and they are not decided about
   * backwards.
   */
  readonly countedAt: (event: Occurrence) => Instant;
}

const knownOfKeyWork = ({ history, knownAt, countedAt, ...terms }: KeyWorkByNow): EventsByKnowledge =>
  forOthers(inTheOrderKnown(history, countedFrom(terms, knownAt)), countedAt);

/** Who had whom as their key worker, and which sessions counted, up to `now`. */
export const keyWorkByNow = (known: KeyWorkByNow): KeyWorkSpell[] =>
  keyWorkSpells(knownOfKeyWork(known), known.days, known.now);

/** The alerts about key workers that should be open at `now`. @param history what is told of key workers themselves */
export const shouldBeOpenOfKeyWorkers = (
  { history, now, knownAt, ...terms }: KnownByNow,
  spells: readonly KeyWorkSpell[],
): ShouldBeOpen[] => {
  const rules = about('key-worker', terms.rules);
  const told = inTheOrderKnown(history, countedFrom(terms, knownAt));
  return openIn(tellOfKeyWorkers({ ...terms, rules }, { told, spells }, now), rules);
};

/** The alerts about feeds that should be open at `now`. */
export const shouldBeOpenOfFeeds = ({ now, ...terms }: StoryTerms & Pick<KnownByNow, 'now'>): ShouldBeOpen[] => {
  const rules = about('feed', terms.rules);
  return openIn(tellOfFeeds({ ...terms, rules }, now), rules);
};

/** What people who have to do with one another add to the key work of prisons, up to `now`, beside what others do. */
export const addKeyWorkByNow = (keyWork: KeyWorkOfPrisons, known: KeyWorkByNow): void => {
  if (about('prison', known.rules).length > 0) keyWork.add(knownOfKeyWork(known), known.now);
};

/** The alerts about prisons that should be open at `now`. */
export const shouldBeOpenOfPrisons = (
  { now, ...terms }: StoryTerms & Pick<KnownByNow, 'now'>,
  keyWork: KeyWorkOfPrisons,
): ShouldBeOpen[] => {
  const rules = about('prison', terms.rules);
  return openIn(tellOfPrisons({ ...terms, rules }, keyWork, now), rules);
};

const openIn = (ofRules: readonly RuleStories[], rules: readonly Rule[]): ShouldBeOpen[] =>
  ofRules.flatMap(({ stories }, index) =>
    [...stories].flatMap(([prisonNumber, { open }]) => {
      const rule = rules[index];
      if (!open || !rule) return [];
      return [{ prisonNumber, rule: rule.id, raisedAt: open.raisedAt, severity: open.severity }];
    }),
  );
