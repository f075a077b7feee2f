import type { ExpectedFeeds } from '../../custody/feeds.js';
import { isCustodyEvent } from '../../custody/person-erased.js';
import type { PersonStreams } from '../../custody/person-streams.js';
import { fromLog, knownOccurrence } from '../../custody/stored-custody-event.js';
import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { EventStore, Json, Position, RecordedEvent } from '../../store/event-store.js';
import type { Snapshot } from '../../store/snapshot-store.js';
import { Waterline } from '../../store/waterline.js';
import { Sources, type SourcesMemory } from '../sources.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import { Bands } from './bands.js';
import { type PersonNumbersMemory, PersonNumbers, type Regrouping } from '../../custody/whereabouts/person-numbers.js';
import { CountedPerson, type CountedPersonMemory } from './counted-person.js';
import { Ledger, type LedgerMemory } from './ledger.js';
import type { KeyWorkLimits } from './limits.js';
import { SessionTotals, type SessionTotalsMemory } from './session-totals.js';
import { Unseen } from './unseen.js';

/** What the figures of a prison are told from. */
export interface FigureSources {
  readonly figures: Pick<KeyWorkFigures, 'ledger' | 'peopleIn' | 'bands'>;
  readonly days: LocalDays;
  readonly now: Instant;
}

/** What is counted, to be written down. */
interface CountedMemory {
  readonly ledger: LedgerMemory;
  readonly totals: SessionTotalsMemory;
  readonly sources: SourcesMemory;
  readonly prisons: readonly string[];
  readonly passedTo: Instant;
  readonly numbers: PersonNumbersMemory;
}

type RememberedCount = CountedPersonMemory & { readonly prisonNumber: string };

export interface KeyWorkFiguresOptions {
  readonly streams: Pick<PersonStreams, 'knownOf'>;
  readonly days: LocalDays;
  readonly compare: EventStore['compare'];
  readonly limits: KeyWorkLimits;
  readonly expected?: ExpectedFeeds;
}

/**
 * Key work in every prison, as the log tells it: local, in memory, rebuilt at each start. Holds how each person stands and
 * counts by day; a late, withdrawn or quashed event has that one person counted anew, from their stream.
 */
export class KeyWorkFigures {
  /** With the position, names what this model holds; a new version is rebuilt from the start. */
  static readonly PROJECTION = 'key-work';
  static readonly VERSION = 5;

  /** How far the log has been read. */
  readonly read: Waterline;
  readonly ledger = new Ledger();
  readonly totals = new SessionTotals();
  readonly sources: Sources;
  readonly unseen: Unseen;
  private readonly people = new Map<string, CountedPerson>();
  private numbers = new PersonNumbers();
  private readonly prisons = new Set<string>();

  readonly bands: Bands;
  private readonly streams: KeyWorkFiguresOptions['streams'];
  private readonly days: LocalDays;

  constructor({ streams, days, compare, limits, expected }: KeyWorkFiguresOptions) {
    this.streams = streams;
    this.days = days;
    this.bands = new Bands(limits, days);
    this.sources = new Sources(expected);
    this.unseen = new Unseen((prisonNumber) => this.people.get(prisonNumber)?.whereabouts.prisonId, this.bands);
    this.read = new Waterline(compare);
  }

  /** Every prison in which anybody was ever heard of. */
  get everyPrison(): ReadonlySet<string> {
    return this.prisons;
  }

  /** The people whom a prison holds or last held. */
  peopleIn(prisonId: string): Whereabouts[] {
    return [...this.everybody()].filter((one) => one.prisonId === prisonId);
  }

  /** Everybody in the log. */
  *everybody(): IterableIterator<Whereabouts> {
    for (const { whereabouts } of this.people.values()) yield whereabouts;
  }

  /** Where somebody is and how they stand, by any number that is or was theirs; nothing for whom the log never heard of. */
  whereaboutsOf(prisonNumber: string): Whereabouts | undefined {
    return this.people.get(this.numbers.keptFor(prisonNumber))?.whereabouts;
  }

  /** Every number that is or was somebody's, the one that was kept first. */
  numbersOf(prisonNumber: string): readonly string[] {
    return this.numbers.groupOf(prisonNumber).own;
  }

  /** What the figures hang on besides the log. */
  get version(): string {
    return `${KeyWorkFigures.VERSION} ${this.days.zone}`;
  }

  /** Everything, to be written down: the counts, then everybody. */
  *memory(): Iterable<Json> {
    const [ledger, totals, sources] = [this.ledger.memory, this.totals.memory, this.sources.memory];
    yield {
      ledger,
      totals,
      sources,
      prisons: [...this.prisons],
      passedTo: this.unseen.upTo,
      numbers: this.numbers.memory,
    } satisfies CountedMemory;
    for (const [prisonNumber, { memory }] of this.people) yield { prisonNumber, ...memory } satisfies RememberedCount;
  }

  /** Takes up what was written down, as if the log had been read up to there. */
  recall({ upTo, parts }: Snapshot): void {
    const [counts, ...everybody] = parts as Iterable<unknown>;
    const { ledger, totals, sources, prisons, passedTo, numbers } = counts as CountedMemory;
    this.numbers = PersonNumbers.recall(numbers);
    this.ledger.recall(ledger);
    this.totals.recall(totals);
    this.sources.recall(sources);
    for (const prison of prisons) this.prisons.add(prison);
    for (const { prisonNumber, ...memory } of everybody as RememberedCount[]) {
      const person = CountedPerson.recall(memory, this.days);
      this.people.set(prisonNumber, person);
      this.unseen.note(prisonNumber, person.whereabouts);
    }
    this.unseen.pass(passedTo);
    this.read.rise(upTo.position);
  }

  /** Takes in the next event of the custody streams, in log order. @throws UnreadableCustodyEvent, StoreUnavailable; it stands as it was */
  async apply(recorded: RecordedEvent): Promise<void> {
    if (isCustodyEvent(recorded)) await this.takeIn(recorded);
    this.read.rise(recorded.position);
  }

  private async takeIn(recorded: RecordedEvent): Promise<void> {
    const stored = fromLog(recorded);
    const { event, knownAtMs } = stored;
    const { prisonNumber } = event;
    if (prisonNumber !== undefined) await this.learn(prisonNumber, knownOccurrence(stored), recorded.position);
    this.unseen.pass(knownAtMs);
    this.sources.take(event, knownAtMs);
  }

  private async learn(prisonNumber: string, occurrence: Occurrence, position: Position): Promise<void> {
    const regrouping = this.numbers.note(prisonNumber, occurrence);
    const kept = this.numbers.keptFor(prisonNumber);
    const person = this.people.get(kept) ?? new CountedPerson(this.days);
    if (regrouping) await this.countAnew(regrouping, occurrence, position);
    else if (person.needsHistory(occurrence)) {
      const groups = [this.numbers.groupOf(kept)];
      await this.countAnew({ before: groups, after: groups }, occurrence, position);
    } else {
      for (const posting of person.take(occurrence)) this.ledger.post(posting);
      this.set(kept, person);
    }
    this.prisons.add(occurrence.prisonId);
    this.totals.count(occurrence);
  }

  private set(prisonNumber: string, person: CountedPerson): void {
    this.people.set(prisonNumber, person);
    this.unseen.note(prisonNumber, person.whereabouts);
  }

  /** Nobody is counted under a number that was merged into another. */
  private leave(prisonNumber: string): void {
    this.people.delete(prisonNumber);
    this.unseen.forget(prisonNumber);
  }

  /** Takes back what people's histories had added without this event, and adds what they do with it. */
  private async countAnew({ before, after }: Regrouping, fresh: Occurrence, position: Position): Promise<void> {
    const [then, now] = await Promise.all(
      [before, after].map((groups) => Promise.all(groups.map((group) => this.streams.knownOf(group, position)))),
    );
    const without = (told: readonly Occurrence[]) =>
      told.filter(({ id, prisonNumber }) => id !== fresh.id || prisonNumber !== fresh.prisonNumber);
    for (const { own, elsewhere } of then ?? []) {
      const { postings } = CountedPerson.through({ own: without(own), elsewhere: without(elsewhere) }, this.days);
      for (const { amount, ...where } of postings) this.ledger.post({ ...where, amount: -amount });
    }
    for (const { kept } of before) this.leave(kept);
    (now ?? []).forEach((history, index) => {
      const { person, postings } = CountedPerson.through(history, this.days);
      for (const posting of postings) this.ledger.post(posting);
      this.set(after[index]?.kept ?? '', person);
    });
  }
}
