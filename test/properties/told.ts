import { definitionalReplay } from '../../src/kernel/definitional.js';
import { FeedSilence, type KnownFeeds } from '../../src/kernel/definitional/silence.js';
import { Silences } from '../../src/kernel/silences.js';
import { toIso } from '../../src/prison/instant.js';
import { planOf, type Plan } from '../../src/kernel/plan.js';
import { replayAll } from '../../src/kernel/replay.js';
import type { TransitionOf } from '../../src/kernel/transition.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import type { Rule } from '../../src/kernel/rule.js';
import { days, type History } from './arbitraries.js';

const line = (at: number, prisonNumber: string, rule: string, transition: string, severity: string): string =>
  [toIso(at), prisonNumber, rule, transition, severity].join(' ');

/** The alerts' changes as the operators tell them, a line each. */
export const asReplayed = (plan: Plan, { history, until }: History, feeds?: KnownFeeds): string[] =>
  inLines(replayAll(plan, days, byNumber(history), until, silencesOf(feeds, until)));

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
export const asDefined = (rules: readonly Rule[], { history, until }: History, feeds?: KnownFeeds): string[] =>
  definitionalReplay({ rules, days, feeds: feeds && new FeedSilence(feeds) }, history, until)
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
export const toldInFull = (plan: Plan, { history, until }: History) =>
  inFull(replayAll(plan, days, byNumber(history), until));

/** The rules, compiled in the calendar of all properties. */
export const planned = (rules: readonly Rule[]): Plan => planOf(rules, days);
