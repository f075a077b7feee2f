import { definitionalReplay } from '../../src/kernel/definitional.js';
import { FeedSilence, type KnownFeeds } from '../../src/kernel/definitional/silence.js';
import { Silences } from '../../src/kernel/silences.js';
import { toIso } from '../../src/prison/instant.js';
import type { PrisonSettings } from '../../src/kernel/prison-settings.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { replayAll } from '../../src/kernel/replay.js';
import type { TransitionOf } from '../../src/kernel/transition.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import type { Rule } from '../../src/kernel/rule.js';
import { days, type History } from './arbitraries.js';

const line = (at: number, prisonNumber: string, rule: string, transition: string, severity: string): string =>
  [toIso(at), prisonNumber, rule, transition, severity].join(' ');

/** The alerts' changes as the operators tell them, a line each. */
export const asReplayed = (rulebook: Rulebook, { history, until }: History, feeds?: KnownFeeds): string[] =>
  inLines(replayAll(rulebook, days, byNumber(history), until, silencesOf(feeds, until)));

const silencesOf = (feeds: KnownFeeds | undefined, until: number): Silences | undefined =>
  feeds && Silences.through(feeds.register, feeds.reports, until);

/** Transitions, a line each. Repeated asks are left out: the definitions do not tell of them. */
export const inLines = (transitions: Iterable<TransitionOf>): string[] =>
  [...transitions]
    .filter(({ transition }) => transition !== 'repeated')
    .map(({ at, prisonNumber, rule, transition, severity }) => line(at, prisonNumber, rule.id, transition, severity))
    .sort();

const byNumber = (history: readonly Occurrence[]): Map<string, Occurrence[]> =>
  Map.groupBy(history, ({ prisonNumber = '' }) => prisonNumber);

/** The same as the definitions tell them. */
export const asDefined = (
  rules: readonly Rule[],
  { history, until }: History,
  feeds?: KnownFeeds,
  settings: readonly PrisonSettings[] = [],
): string[] =>
  definitionalReplay({ rules, settings, days, feeds: feeds && new FeedSilence(feeds) }, history, until)
    .map(({ at, prisonNumber, rule, transition, severity }) => line(at, prisonNumber, rule, transition, severity))
    .sort();

/** With what outcome alerts closed as the operators tell it, by the line that tells of the close. */
export const outcomesOf = (rulebook: Rulebook, { history, until }: History): ReadonlyMap<string, string> =>
  new Map(
    [...replayAll(rulebook, days, byNumber(history), until)].flatMap(
      ({ at, prisonNumber, rule, transition, severity, outcome }) =>
        outcome === null ? [] : [[line(at, prisonNumber, rule.id, transition, severity), outcome]],
    ),
  );

/** What closed because the rules are others, as the definitions tell it: they know nothing of what alerts rest on. */
export const definedChangesOfRules = (
  rules: readonly Rule[],
  { history, until }: History,
  settings: readonly PrisonSettings[],
): string[] =>
  definitionalReplay({ rules, settings, days }, history, until)
    .filter(({ outcome }) => outcome === 'rule-changed')
    .map(({ at, prisonNumber, rule, transition, severity }) => line(at, prisonNumber, rule, transition, severity))
    .sort();

/** All that transitions say, by instant and prison number, with events by their ids. */
export const inFull = (transitions: Iterable<TransitionOf>) =>
  Array.from(transitions, ({ rule, evidence, ...transition }) => ({
    ...transition,
    rule: rule.id,
    evidence: evidence.map(({ id }) => id),
  })).sort((a, b) => a.at - b.at || (a.prisonNumber < b.prisonNumber ? -1 : Number(a.prisonNumber > b.prisonNumber)));

/** The alerts' changes as the operators tell them, in full. */
export const toldInFull = (rulebook: Rulebook, { history, until }: History) =>
  inFull(replayAll(rulebook, days, byNumber(history), until));

/** The rules, compiled in the calendar of all properties. */
export const planned = (rules: readonly Rule[], settings: readonly PrisonSettings[] = []): Rulebook =>
  new Rulebook(rules, days, settings);
