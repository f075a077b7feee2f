import type { KnownFeeds } from '../../src/kernel/definitional/silence.js';
import { type FeedRegister, type FeedReport, NO_FEEDS } from '../../src/kernel/feed-terms.js';
import { inOrder, type Occurrence } from '../../src/kernel/occurrence.js';
import type { Rulebook } from '../../src/kernel/rulebook.js';
import type { PersonMemory } from '../../src/kernel/remembered-person.js';
import { Silences } from '../../src/kernel/silences.js';
import type { TransitionOf } from '../../src/kernel/transition.js';
import { Watchlist, type Due, type WatchlistMemory } from '../../src/kernel/watchlist.js';
import { days, type History } from './arbitraries.js';

/** Everything told, the first told first, each line once. Some of it is told before it happens. */
export const eachOnce = (history: readonly Occurrence[]): Occurrence[] => {
  const sorted = [...history].sort((a, b) => a.recordedAt - b.recordedAt || inOrder(a, b));
  return [...new Map(sorted.map((event) => [`${event.prisonNumber ?? ''} ${event.id}`, event])).values()];
};

/** The same people in another process, as they were written down. */
const written = (people: Watchlist, rulebook: Rulebook, register?: FeedRegister): Watchlist => {
  const next = newWatchlist(rulebook, register);
  next.recall(JSON.parse(JSON.stringify(people.memory)) as WatchlistMemory);
  for (const [prisonNumber, person] of people.everybody())
    next.remember(prisonNumber, JSON.parse(JSON.stringify(person.memory)) as PersonMemory);
  return next;
};

const newWatchlist = (rulebook: Rulebook, register?: FeedRegister): Watchlist =>
  new Watchlist(rulebook, days, undefined, new Silences(register));

/** Lives a history, written down and recalled after those steps that `isWrittenDown` says, counted from 0. */
export const lived = (
  rulebook: Rulebook,
  { history, until }: History,
  isWrittenDown: (step: number) => boolean,
  { register, reports }: KnownFeeds = { register: NO_FEEDS, reports: [] },
): readonly TransitionOf[] => {
  let people = newWatchlist(rulebook, register);
  let step = 0;
  const transitions: TransitionOf[] = [];
  const known = new Map<string, Occurrence[]>();
  const pause = (): void => {
    if (isWrittenDown(step++)) people = written(people, rulebook, register);
  };
  const settle = (due: Due): void => {
    const { prisonNumber, numbers, needsHistory } = due;
    const told = needsHistory ? numbers.flatMap((number) => known.get(number) ?? []) : undefined;
    transitions.push(...people.settle(due, told).map((made) => ({ ...made, prisonNumber })));
  };
  const settleThrough = (t: number): void => {
    for (let first = people.due(t); first; first = people.due(t)) {
      for (let due: Due | undefined = first; due; due = people.due(first.at)) settle(due);
      pause();
    }
  };
  const waiting = [...reports].sort((a, b) => a.knownAt - b.knownAt);
  const reportThrough = (t: number): void => {
    while (waiting[0] && waiting[0].knownAt <= t) {
      const report = waiting.shift() as FeedReport;
      settleThrough(report.knownAt - 1);
      people.report(report, report.knownAt);
      pause();
    }
  };
  for (const event of eachOnce(history)) {
    const t = event.recordedAt;
    if (t > until) break;
    reportThrough(t - 1);
    settleThrough(t - 1);
    const { prisonNumber = '' } = event;
    known.set(prisonNumber, [...(known.get(prisonNumber) ?? []), event]);
    people.learn(prisonNumber, event, t);
    pause();
  }
  reportThrough(until);
  settleThrough(until);
  return transitions;
};
