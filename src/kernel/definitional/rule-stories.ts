import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Limit } from '../limit.js';
import type { PrisonSettings } from '../prison-settings.js';
import type { Rule } from '../rule.js';
import { limitsIn, momentsOf, withReferred } from './moments.js';
import { rulesOfPrisons } from './local-rules.js';
import type { FeedSilence } from './silence.js';
import { situationOf, type SituationTerms } from './situation-of.js';
import { lookedAtFrom, type Situation } from './situation.js';
import { standing, type StandingEvents } from './standing.js';
import {
  changeBetween,
  type DefinitionalTransition,
  goOn,
  type OpenStory,
  type Story,
  type StoryChange,
} from './story.js';
import { beginningsIn, type EventsByKnowledge } from './known-events.js';
import { worst } from '../../prison/severity.js';

/** What became of one rule's alerts about people: how they stand, by prison number, and how that came about. */
export interface RuleStories {
  readonly stories: ReadonlyMap<string, Story>;
  readonly transitions: readonly DefinitionalTransition[];
}

/** What is known from one instant until something more is. */
interface Chapter {
  readonly from: Instant;
  /** The next one's beginning. */
  readonly until: Instant;
  readonly standing: StandingEvents;
  /** Of every number that is not removed, at its beginning. */
  readonly situations: ReadonlyMap<string, Situation>;
}

/** What the stories of rules are told by. */
export interface StoryTerms {
  /** The catalogue. */
  readonly rules: readonly Rule[];
  /** Of those prisons that have any. */
  readonly settings?: readonly PrisonSettings[] | undefined;
  readonly days: LocalDays;
  /** Where feeds are expected. */
  readonly feeds?: FeedSilence | undefined;
}

/**
 * Tells what became of each rule's alerts about people who have to do with one another, looking at them afresh at every
 * instant at which they could change.
 */
export const tell = (terms: StoryTerms, known: EventsByKnowledge, until: Instant): RuleStories[] => {
  const { rules, settings = [], days, feeds } = terms;
  const chapters = chaptersOf(
    { rulesOf: rulesOfPrisons(rules, settings, days), days, silentAt: feeds?.silentAt },
    known,
    until,
  );
  return rules.map((rule, place) => {
    const involved = withReferred(rule, rules);
    const local = settings.flatMap((one) => one.rules.filter((own) => involved.some(({ id }) => id === own.rule)));
    return tellOne({ rule, place }, limitsIn([...involved, ...local]), chapters, terms);
  });
};

const chaptersOf = (terms: SituationTerms, known: EventsByKnowledge, until: Instant): Chapter[] => {
  const beginnings = beginningsIn(known, until);
  return beginnings.map((from, place) => {
    const stands = standing(known.filter(({ since }) => since <= from).map(({ event }) => event));
    const kept = stands.numbers.filter((number) => stands.keptFor(number) === number);
    const situations = kept.map((number) => [number, situationOf(stands.eventsOf(number), from, terms)] as const);
    return { from, until: beginnings[place + 1] ?? until + 1, standing: stands, situations: new Map(situations) };
  });
};

/** A rule of the catalogue: each prison has it in the same place. */
interface RuleInPlace {
  readonly rule: Rule;
  readonly place: number;
}

const tellOne = (
  { rule, place }: RuleInPlace,
  limits: readonly Limit[],
  chapters: readonly Chapter[],
  { days, feeds }: StoryTerms,
): RuleStories => {
  const inForceFrom = days.startOf(days.named(rule.effectiveFrom));
  const transitions: DefinitionalTransition[] = [];
  const stories = new Map<string, Story>();
  const ruledBy = new Map<string, readonly Rule[]>();
  for (const chapter of chapters) {
    const { carried, closes } = endMerged(rule, stories, chapter);
    transitions.push(...closes);
    for (const [number, situation] of chapter.situations) {
      const silence = situation.stay ? feeds?.momentsOf(situation.stay.prisonId) : undefined;
      for (const t of momentsOf(limits, situation, chapter.from, chapter.until, silence)) {
        if (t < inForceFrom) continue;
        const before = stories.get(number) ?? {};
        const at = situation.ruledAt(t);
        const here = at.rules[place] ?? rule;
        const next =
          t === chapter.from ? goOnWith(carried.get(number) ?? [], here, before, at) : [goOn(here, before, at)];
        const changes = changesAlong(before, next, at);
        const rulesBefore = ruledBy.get(number) ?? at.rules;
        const asBefore = () => lookedAtFrom(t, at.under(rulesBefore));
        const wasAsked = () => goOn(rulesBefore[place] ?? rule, before, asBefore()).open !== undefined;
        const told = rulesBefore === at.rules ? changes : changes.map((change) => asChanged(change, wasAsked));
        transitions.push(...told.map((change) => ({ at: t, prisonNumber: number, rule: rule.id, ...change })));
        stories.set(number, next.at(-1) ?? {});
        if (at.stay) ruledBy.set(number, at.rules);
      }
    }
  }
  return { stories, transitions };
};

/** "By the rules before, it would have stayed open": then it is they that have changed. */
const asChanged = (change: StoryChange, wasAsked: () => boolean): StoryChange =>
  change.transition === 'resolved' && wasAsked() ? { ...change, outcome: 'rule-changed' } : change;

/** What becomes of the alerts of numbers that are removed: all close, and the latched ones are carried to the kept number. */
interface EndOfNumbers {
  readonly closes: readonly DefinitionalTransition[];
  /** By the number that is kept. */
  readonly carried: ReadonlyMap<string, OpenStory[]>;
}

/** "Open alerts of the removed number are resolved with outcome `merged`." Their stories end. */
const endMerged = (rule: Rule, stories: Map<string, Story>, { from, standing: { keptFor } }: Chapter): EndOfNumbers => {
  const closes: DefinitionalTransition[] = [];
  const carried = new Map<string, OpenStory[]>();
  for (const [prisonNumber, { open }] of [...stories].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kept = keptFor(prisonNumber);
    if (kept === prisonNumber) continue;
    stories.delete(prisonNumber);
    if (!open) continue;
    const { severity } = open;
    closes.push({ at: from, prisonNumber, rule: rule.id, transition: 'resolved', severity, outcome: 'merged' });
    if (rule.closesWhen) carried.set(kept, [...(carried.get(kept) ?? []), open]);
  }
  return { closes, carried };
};

/** What changes from a story to the next, and on along the others. */
const changesAlong = (story: Story, next: readonly Story[], situation: Situation): StoryChange[] =>
  next.flatMap((after, place) => changeBetween(next[place - 1] ?? story, after, situation) ?? []);

/**
 * How the story under a kept number goes on where latched alerts were open under numbers that are removed at this
 * instant: "it is raised under the kept number, standing on the same instant as before, unless one is open there, or its
 * closing condition holds (then it counts as closed there), or its basis is gone and the opening condition is not true;
 * it is raised once, with the higher of its severity and the step that is due."
 */
const goOnWith = (carried: readonly OpenStory[], rule: Rule, story: Story, situation: Situation): Story[] => {
  const own = story.open && goOn(rule, story, situation);
  if (own?.open) return [own];
  const taken = takenOver(carried, rule, situation);
  if (!taken) return [own ?? goOn(rule, story, situation)];
  if (taken.open) return own ? [own, taken] : [taken];
  const settled = new Set([...(taken.settled ?? []), ...(own?.settled ?? story.settled ?? [])]);
  return [own ? { settled } : goOn(rule, { settled }, situation)];
};

/** Of several the one that has stood longest. */
const takenOver = (carried: readonly OpenStory[], rule: Rule, situation: Situation): Story | undefined => {
  const [first] = [...carried].sort((a, b) => a.standsSince - b.standsSince);
  if (!first) return undefined;
  const severity = worst(carried.map((open) => open.severity)) ?? first.severity;
  const story = goOn(rule, { open: { ...first, severity } }, situation);
  if (!story.open) return story.settled && story;
  return { open: { ...story.open, raisedAt: situation.t } };
};
