import type { Instant } from '../../prison/instant.js';
import type { Rule } from '../rule.js';
import { isWorse, type Severity } from '../../prison/severity.js';
import { countedBy } from './counted-by.js';
import { definitionalOpening, readingOf, type DefinitionalReading } from './reading.js';
import { lookedAtFrom, type Situation } from './situation.js';
import { truthOf } from './truth-of.js';

/** A change of one rule's alert, as the definitions give it. */
export interface DefinitionalTransition {
  readonly at: Instant;
  readonly rule: string;
  readonly transition: 'raised' | 'escalated' | 'resolved' | 'expired';
  /** The highest reached. */
  readonly severity: Severity;
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

type Open = NonNullable<Story['open']>;

/** How the story goes on in a situation (docs/rules.md, "The file"). */
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

/** The change from one to the next, as it is told; nothing where there is none. */
export const changeBetween = (
  before: Story,
  after: Story,
  situation: Situation,
): Pick<DefinitionalTransition, 'transition' | 'severity'> | undefined => {
  if (!before.open) return after.open && { transition: 'raised', severity: after.open.severity };
  const { severity } = before.open;
  if (!after.open) return { transition: situation.staySince === undefined ? 'expired' : 'resolved', severity };
  return isWorse(after.open.severity, severity)
    ? { transition: 'escalated', severity: after.open.severity }
    : undefined;
};

/** "An unknown rule neither raises nor resolves; what was open stays open." */
const heldOn = (open: Open, { opening, severity }: DefinitionalReading): Story =>
  opening === false ? {} : { open: risen(open, severity) };

/** "Latched rules stay open until their own closing condition holds." */
const latchedOn = (rule: Rule, open: Open, reading: DefinitionalReading, at: Situation): Story => {
  if (reading.applies === false) return {};
  const gone = isBasisGone(rule, open, at);
  if (gone && reading.opening === false) return {};
  const stands = gone && reading.opening === true ? { ...open, standsSince: at.t } : open;
  if (closes(rule, stands.standsSince, at)) return reading.opening === false ? {} : settledIn(rule, at);
  return { open: risen(stands, reading.severity) };
};

/**
 * "The opening condition, looked at again for the instant at which the alert was raised with what is known now, was not
 * true; or a new stay began since."
 */
const isBasisGone = (rule: Rule, { standsSince }: Open, at: Situation): boolean =>
  (at.staySince !== undefined && at.staySince > standsSince) ||
  truthOf(definitionalOpening(rule), lookedAtFrom(standsSince, at)) === false;

const closes = ({ closesWhen }: Rule, raisedAt: Instant, at: Situation): boolean =>
  closesWhen !== undefined && truthOf(closesWhen, { ...at, raisedAt }) === true;

/** "The rule opens again only once its opening condition has been false, or counts an event that it did not count." */
const settledIn = (rule: Rule, at: Situation): Story => ({ settled: new Set(countedOf(rule, at)) });

const countsNothingNew = (rule: Rule, settled: ReadonlySet<string>, at: Situation): boolean =>
  countedOf(rule, at).every((id) => settled.has(id));

/** What the first step counts: the others narrow it. */
const countedOf = ({ steps }: Rule, at: Situation): readonly string[] => (steps[0] ? countedBy(steps[0].when, at) : []);

/** "Severity is the highest step reached. It never falls while the alert is open." */
const risen = (open: Open, severity: Severity | undefined): Open =>
  severity !== undefined && isWorse(severity, open.severity) ? { ...open, severity } : open;
