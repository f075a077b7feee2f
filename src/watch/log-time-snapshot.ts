import { hash } from 'node:crypto';
import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { NO_FEEDS } from '../kernel/feed-terms.js';
import type { KeyWorkerWatchlist } from '../kernel/key-worker-watchlist.js';
import type { PrisonWatchlist } from '../kernel/prison-watchlist.js';
import type { Rulebook } from '../kernel/rulebook.js';
import type { PersonMemory } from '../kernel/remembered-person.js';
import type { WatchlistMemory } from '../kernel/watchlist.js';
import type { Json, Position } from '../store/event-store.js';
import type { HoldingEvent } from './parked-events.js';
import type { Snapshot } from '../store/snapshot-store.js';
import type { TellingsMemory } from '../custody/tellings/open-tellings.js';
import type { LogTime } from './log-time.js';
import { sayPartition, type Partition } from './partition.js';

/** What all decisions hang on besides the log and the program; a snapshot made under another one is not used. */
export const versionOf = (
  { catalogue: rules, settings }: Rulebook,
  days: LocalDays,
  partition: Partition,
  feeds = NO_FEEDS,
): string => {
  const terms = Array.from(feeds, ([name, { expectedOf, ...agreed }]) => ({
    name,
    ...agreed,
    expectedOf: [...expectedOf],
  }));
  return hash('sha256', JSON.stringify([rules, settings, days.zone, sayPartition(partition), terms]));
};

/** The first part; then everybody, one after another, people, key workers, prisons and feeds. */
interface FirstPart {
  readonly present: Instant;
  readonly settledUntil: Instant;
  readonly parked: readonly (readonly [Position, HoldingEvent])[];
  /** Which numbers are one person's, and of which records was told. */
  readonly together: WatchlistMemory;
  /** Which key workers told of the same records, and who had whom. */
  readonly keyWorkers: WatchlistMemory;
  readonly allocations: KeyWorkerWatchlist['memory'];
  readonly prisons: WatchlistMemory;
  /** What people add to the key work of prisons. */
  readonly shares: PrisonWatchlist['memory'];
  readonly feeds: WatchlistMemory;
  readonly tellings?: TellingsMemory;
  readonly completions?: readonly (readonly [string, Instant])[];
  readonly lateHistories?: readonly (readonly [string, Instant])[];
}

type PersonPart = PersonMemory & { readonly prisonNumber: string };

/** What has been made of the log, to be written down: some events at least, and all decisions on them are in the log. */
export function* partsOf(logTime: LogTime): Iterable<Json> {
  const { present, settledUntil, parked, tellings, completions, lateHistories, people, keyWorkers, prisons, feeds } =
    logTime;
  yield {
    present,
    settledUntil,
    parked: [...parked.all],
    together: people.memory,
    keyWorkers: keyWorkers.watchlist.memory,
    allocations: keyWorkers.memory,
    prisons: prisons.watchlist.memory,
    shares: prisons.memory,
    feeds: feeds.memory,
    tellings: tellings.memory,
    completions: [...completions],
    lateHistories: [...lateHistories],
  } satisfies FirstPart;
  for (const list of logTime.lists)
    for (const [prisonNumber, { memory }] of list.everybody()) yield { prisonNumber, ...memory } satisfies PersonPart;
}

/** Takes up what was written down, as if the log had been read up to there. */
export const takeUp = (logTime: LogTime, { upTo, parts }: Snapshot): void => {
  const [beginning, ...everybody] = parts as Iterable<unknown>;
  const { parked, tellings = [], completions = [], lateHistories = [], ...others } = beginning as FirstPart;
  const { together, keyWorkers, allocations, prisons, shares, feeds, ...instants } = others;
  logTime.goOnFrom({ ...instants, position: upTo.position });
  logTime.parked.remember(parked);
  logTime.tellings.recall(tellings);
  for (const [telling, instant] of completions) logTime.completions.set(telling, instant);
  for (const [prisonNumber, instant] of lateHistories) logTime.lateHistories.set(prisonNumber, instant);
  logTime.people.recall(together);
  logTime.keyWorkers.watchlist.recall(keyWorkers);
  logTime.keyWorkers.recall(allocations);
  logTime.prisons.watchlist.recall(prisons);
  logTime.prisons.recall(shares);
  logTime.feeds.recall(feeds);
  for (const { prisonNumber, ...memory } of everybody as PersonPart[])
    logTime.listOf(prisonNumber).remember(prisonNumber, memory);
};
