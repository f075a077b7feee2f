import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { inTheOrderKnown, knownAt, type Occurrence } from './occurrence.js';
import { Companies } from './companies.js';
import { subjectIn, type SubjectKind } from '../prison/alert-subject.js';
import { replayPrisons, type ShareChange } from './prison-watchlist.js';
import { feedWatchlist } from './feed-watchlist.js';
import { type AllocationChange, replayKeyWorkers } from './key-worker-watchlist.js';
import { Person } from './person.js';
import { Records } from './records.js';
import type { Rulebook } from './rulebook.js';
import { Silences } from './silences.js';
import type { Transition, TransitionOf } from './transition.js';
import { Watchlist } from './watchlist.js';

/**
 * Plays one person's history through the rules with a virtual clock: every event becomes known when it was recorded,
 * every deadline falls due in between. The order of `history` does not matter; of equal ids the first known counts.
 * @param silences all that there were until then, of the feeds that tell of them
 * @param settled is told when something became known, and was decided on
 */
export const replay = (
  rulebook: Rulebook,
  days: LocalDays,
  history: readonly Occurrence[],
  until: Instant,
  silences = new Silences(),
  settled: (person: Person, t: Instant) => void = () => undefined,
): Transition[] => {
  const person = new Person(rulebook, days, silences);
  const records = new Records();
  const known = inTheOrderKnown(silences.counted(history));
  const transitions: Transition[] = [];
  let next = 0;
  const settle = (t: Instant): void => {
    const told = person.needsHistory ? { own: known.slice(0, next), elsewhere: [] } : undefined;
    transitions.push(...person.settle(t, told));
  };
  while (next < known.length) {
    const t = knownAt(known[next] as Occurrence);
    if (t > until) break;
    while (person.nextFlip < t) settle(person.nextFlip);
    for (; next < known.length && knownAt(known[next] as Occurrence) === t; next++) {
      const occurrence = known[next] as Occurrence;
      person.learn(occurrence, t, records.note('', occurrence) !== undefined);
    }
    settle(t);
    settled(person, t);
  }
  while (person.nextFlip <= until) settle(person.nextFlip);
  return transitions;
};

/**
 * Plays the histories of many people in the same way; together those whose records are or were merged, or of whom the
 * same record of a source was told. Then those of their key workers, of the prisons, and of the feeds. Transitions are made as they are asked for: all of
 * them at once, with what they rest on, would take more memory than the histories.
 * @param histories by the number that each event was told under; what is told of a key worker or a feed, by the text that names it
 * @param silences as for {@link replay}
 */
export function* replayAll(
  rulebook: Rulebook,
  days: LocalDays,
  histories: ReadonlyMap<string, readonly Occurrence[]>,
  until: Instant,
  silences = new Silences(),
): Generator<TransitionOf> {
  const ofSubjects = new Map([...histories].filter(([number]) => subjectIn(number) !== undefined));
  const ofPeople =
    ofSubjects.size > 0 ? new Map([...histories].filter(([number]) => !ofSubjects.has(number))) : histories;
  const ofKind = (kind: SubjectKind) => new Map([...ofSubjects].filter(([text]) => subjectIn(text)?.kind === kind));
  const changes = new AllocationChanges();
  const shares = new ShareChanges();
  for (const numbers of groupsOf(ofPeople)) {
    const [only, ...others] = numbers;
    if (only !== undefined && others.length === 0) {
      const settled = ({ allocation, sessions, weekShares }: Person, at: Instant): void => {
        changes.note({ prisonNumber: only, allocation, sessions, at });
        shares.note({ prisonNumber: only, shares: weekShares, at });
      };
      for (const made of replay(rulebook, days, ofPeople.get(only) ?? [], until, silences, settled))
        yield { ...made, prisonNumber: only };
    } else {
      const theirs = new Map(Array.from(numbers, (number) => [number, ofPeople.get(number) ?? []]));
      const people = new Watchlist(rulebook, days, undefined, silences);
      yield* people.play(theirs, until, ({ prisonNumber, at }) => {
        const person = people.person(prisonNumber);
        const { allocation, sessions = [], weekShares = [] } = person instanceof Person ? person : {};
        changes.note({ prisonNumber, allocation, sessions, at });
        shares.note({ prisonNumber, shares: weekShares, at });
      });
    }
  }
  const told = [...ofKind('key-worker').values()].flatMap(inTheOrderKnown);
  if (rulebook.about('key-worker')) yield* replayKeyWorkers(rulebook, days, told, changes.all, until, silences);
  if (rulebook.about('prison')) yield* replayPrisons(rulebook, days, shares.all, until, silences);
  if (rulebook.about('feed')) yield* feedWatchlist(rulebook, days, silences).play(ofKind('feed'), until);
}

/** Who had whom as their key worker, and talked with whom, when. */
class AllocationChanges {
  readonly all: AllocationChange[] = [];
  private readonly present = new Map<string, Pick<AllocationChange, 'allocation' | 'sessions'>>();

  /** Keeps only what changes anything for that person. */
  note(change: AllocationChange): void {
    const { prisonNumber, allocation, sessions } = change;
    const { allocation: allocated, sessions: held = [] } = this.present.get(prisonNumber) ?? {};
    if (allocated?.id === allocation?.id && (held === sessions || held.length + sessions.length === 0)) return;
    this.present.set(prisonNumber, { allocation, sessions });
    this.all.push(change);
  }
}

/** What people added to the key work of prisons, when. */
class ShareChanges {
  readonly all: ShareChange[] = [];
  private readonly present = new Map<string, ShareChange['shares']>();

  /** Keeps only what changes anything for that person. */
  note(change: ShareChange): void {
    const { prisonNumber, shares } = change;
    if (this.present.get(prisonNumber) === shares) return;
    this.present.set(prisonNumber, shares);
    this.all.push(change);
  }
}

/**
 * The numbers that have to do with each other: by a merge, taken back or not, or by a record. Every other number stands
 * alone.
 */
const groupsOf = (histories: ReadonlyMap<string, readonly Occurrence[]>): Set<ReadonlySet<string>> => {
  const companies = new Companies();
  for (const [prisonNumber, history] of histories)
    for (const occurrence of history) companies.note(prisonNumber, occurrence);
  return companies.among(histories.keys());
};
