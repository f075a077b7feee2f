import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { Allocations } from './caseloads.js';
import { knownAt, type Occurrence } from './occurrence.js';
import { RememberedPerson } from './remembered-person.js';
import { Rulebook } from './rulebook.js';
import { Silences } from './silences.js';
import { playSteps } from './steps.js';
import type { TransitionOf } from './transition.js';
import { Watchlist } from './watchlist.js';

/**
 * From an instant on this allocation says who somebody's key worker is; nobody is, without one. And these are the sessions
 * with them that count, of the last two weeks.
 */
export interface AllocationChange {
  readonly prisonNumber: string;
  readonly allocation: Occurrence | undefined;
  readonly sessions: readonly Occurrence[];
  readonly at: Instant;
}

/**
 * The key workers whom the rules watch (decision 0042). What is told of them is learned as what is told of people is, each
 * under the word that names them; whom they have comes from what was decided about people. The caller decides on the people
 * of an instant first.
 */
export class KeyWorkerWatchlist {
  readonly watchlist: Watchlist;
  private readonly caseloads: Allocations;

  /**
   * @param rulebook of people; nothing is decided about key workers where no rule is about them
   * @param silences as for {@link Watchlist}
   */
  constructor(
    rulebook: Rulebook,
    days: LocalDays,
    readonly isWatched: (key: string) => boolean = () => true,
    silences = new Silences(),
  ) {
    this.caseloads = new Allocations(days);
    this.watchlist = new Watchlist(
      rulebook.about('key-worker') ?? new Rulebook([], days),
      days,
      isWatched,
      silences,
      this.caseloads,
    );
  }

  /** Prison numbers of those whom a key worker has now, whether the rules watch them here or not. */
  peopleOf(key: string): readonly string[] {
    return this.caseloads.of(key).people;
  }

  /** By prison number, to be written down. */
  get memory(): Allocations['memory'] {
    return this.caseloads.memory;
  }

  /** Takes up what was written down, before any key worker is. */
  recall(memory: KeyWorkerWatchlist['memory']): void {
    this.caseloads.recall(memory);
  }

  /** Somebody was decided about: from `t` on whoever is their key worker has them. */
  follow(people: Watchlist, prisonNumber: string, t: Instant): void {
    const person = people.person(prisonNumber);
    if (person instanceof RememberedPerson) return;
    this.take({ prisonNumber, allocation: person?.allocation, sessions: person?.sessions ?? [], at: t });
  }

  take({ prisonNumber, allocation, sessions, at }: AllocationChange): void {
    const { caseloads } = this;
    const keys = [...caseloads.allocate(prisonNumber, allocation), ...caseloads.hold(prisonNumber, sessions)];
    for (const key of new Set(keys)) if (this.isWatched(key)) this.watchlist.caseloadChanged(key, at);
  }
}

/**
 * Plays what is told of key workers, and who had them when, in the order in which it became known.
 * @param told each under the key worker's word
 * @param silences all that there were until then
 */
export const replayKeyWorkers = (
  rulebook: Rulebook,
  days: LocalDays,
  told: readonly Occurrence[],
  changes: readonly AllocationChange[],
  until: Instant,
  silences: Silences,
): TransitionOf[] => {
  const keyWorkers = new KeyWorkerWatchlist(rulebook, days, undefined, silences);
  const { watchlist } = keyWorkers;
  const known = new Map<string, Occurrence[]>();
  const steps = [
    ...told.map((occurrence) => ({ at: knownAt(occurrence), occurrence })),
    ...changes.map((change) => ({ at: change.at, change })),
  ].sort((a, b) => a.at - b.at);
  const take = (step: (typeof steps)[number]): void => {
    if ('change' in step) {
      keyWorkers.take(step.change);
      return;
    }
    const { prisonNumber: key = '' } = step.occurrence;
    known.set(key, [...(known.get(key) ?? []), step.occurrence]);
    watchlist.learn(key, step.occurrence, step.at);
  };
  return playSteps(steps, take, watchlist, known, until);
};
