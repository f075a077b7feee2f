import type { Instant } from '../../prison/instant.js';
import type { Rule } from '../rule.js';
import { isWorse, type Severity } from '../../prison/severity.js';
import { countedBy } from './counted-events.js';
import { definitionalOpening, readingOf, type DefinitionalReading } from './reading.js';
import { onRecord, type Situation } from './situation.js';
import { truthOf } from './truth-of.js';

/** A change of one rule's alert, as the definitions give it. */
export interface DefinitionalTransition {
  readonly at: Instant;
  readonly prisonNumber: string;
  readonly rule: string;
  readonly transition: 'raised' | 'escalated' | 'resolved' | 'expired';
  /** The highest reached. */
  readonly severity: Severity;
  /** Of one that closed because the person left, their number was merged into another, or the rules are others now. */
  readonly outcome?: 'left' | 'merged' | 'rule-changed';
}

/** One rule's alert about one person, as it has gone so far. */
export interface Story {
  readonly open?: {
    readonly raisedAt: Instant;
    /** What "since" counts from: the instant it was raised, or stood anew as if raised then. */
    readonly standsSince: Instant;
    readonly severity: Severity;
  };
  /** What a latched rule counted when it closed while still true: it opens again only on more than these. */
  readonly settled?: ReadonlySet<string>;
}

export type OpenStory = NonNullable<Story['open']>;

/** How the story goes on in a situation (docs/rules-meaning.md, "Stay", "Truth", "Severity", "Latched"). */
export const goOn = (rule: Rule, story: Story, situation: Situation): Story => {
  const at = { ...situation, pauses: rule.pauses };
  const reading = readingOf(rule, at);
  if (!reading.inStay) return {};
  if (story.open) return rule.closesWhen ? latchedOn(rule, story.open, reading, at) : heldOn(story.open, reading);
  if (reading.opening === false) return {};
  if (reading.severity === undefined || (story.settled && countsNothingNew(rule, story.settled, at))) return story;
  if (closes(rule, at.t, at)) return settledIn(rule, at);
  return { open: { raisedAt: at.t, standsSince: at.t, severity: reading.severity } };
};

/** What is told of a change, but for when and about whom. */
export type StoryChange = Omit<DefinitionalTransition, 'at' | 'prisonNumber' | 'rule'>;

/**
 * The change from one to the next, as it is told; nothing where there is none. "When the last stay has ended, every open
 * alert expires. Where no stay is left at all, they are resolved."
 */
export const changeBetween = (before: Story, after: Story, { stay, stays }: Situation): StoryChange | undefined => {
  if (!before.open) return after.open && { transition: 'raised', severity: after.open.severity };
  const { severity } = before.open;
  if (!after.open && !stay && stays.length > 0) return { transition: 'expired', severity, outcome: 'left' };
  if (!after.open) return { transition: 'resolved', severity };
  return isWorse(after.open.severity, severity)
    ? { transition: 'escalated', severity: after.open.severity }
    : undefined;
};

/** "An unknown rule neither raises nor resolves; what was open stays open." */
const heldOn = (open: OpenStory, { opening, severity }: DefinitionalReading): Story =>
  opening === false ? {} : { open: risen(open, severity) };

/**
 * "The closing condition is asked first, from the instant it stands on. Where it does not hold and the basis is gone, the
 * alert closes, unless the opening condition is true now: then it stands on that, as if raised now."
 */
const latchedOn = (rule: Rule, open: OpenStory, reading: DefinitionalReading, at: Situation): Story => {
  if (reading.applies === false) return {};
  const afterClosing = (): Story => (reading.opening === false ? {} : settledIn(rule, at));
  if (closes(rule, open.standsSince, at)) return afterClosing();
  if (!isBasisGone(rule, open, at)) return { open: risen(open, reading.severity) };
  if (reading.opening === false) return {};
  if (reading.opening === 'unknown') return { open };
  if (closes(rule, at.t, at)) return afterClosing();
  return { open: risen({ ...open, standsSince: at.t }, reading.severity) };
};

/**
 * "The opening condition, looked at again for the instant at which the alert was raised with what is known now, was not
 * true; or a new stay began since." Under the rules of that instant.
 */
const isBasisGone = (rule: Rule, { standsSince }: OpenStory, at: Situation): boolean => {
  if (at.stay !== undefined && at.stay.since > standsSince) return true;
  const then = onRecord(at.ruledAt(standsSince));
  const asThen = then.rules.find(({ id }) => id === rule.id) ?? rule;
  return truthOf(definitionalOpening(asThen), { ...then, pauses: asThen.pauses }) === false;
};

const closes = ({ closesWhen }: Rule, raisedAt: Instant, at: Situation): boolean =>
  closesWhen !== undefined && truthOf(closesWhen, { ...at, raisedAt }) === true;

/** "The rule opens again only once its opening condition has been false, or counts an event that it did not count." */
const settledIn = (rule: Rule, at: Situation): Story => ({ settled: new Set(countedOf(rule, at)) });

const countsNothingNew = (rule: Rule, settled: ReadonlySet<string>, at: Situation): boolean =>
  countedOf(rule, at).every((id) => settled.has(id));

/** What the first step counts: the others narrow it. */
const countedOf = ({ steps }: Rule, at: Situation): readonly string[] => (steps[0] ? countedBy(steps[0].when, at) : []);

/** "Severity is the highest step reached. It never falls while the alert is open." */
const risen = (open: OpenStory, severity: Severity | undefined): OpenStory =>
  severity !== undefined && isWorse(severity, open.severity) ? { ...open, severity } : open;
