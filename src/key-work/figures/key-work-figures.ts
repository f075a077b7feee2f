import { isCustodyEvent } from '../../custody/person-erased.js';
import type { EventInStream, PersonStreams } from '../../custody/person-streams.js';
import { fromLog, knownOccurrence, type StoredCustodyEvent } from '../../custody/stored-custody-event.js';
import { type CompleteTellings, OpenTellings, type TellingsMemory } from '../../custody/tellings/open-tellings.js';
import { isOfTelling, tellingEventOf } from '../../custody/tellings/telling.js';
import type { Instant } from '../../prison/instant.js';
import { InTurns } from '../../prison/next-turn.js';
import type { FeedsNow } from '../../custody/feeds.js';
import type { LocalDays } from '../../prison/local-days.js';
import { knownAt, type Occurrence } from '../../kernel/occurrence.js';
import { markOf } from '../../kernel/strike-outs.js';
import type { EventStore, Json, Position, RecordedEvent } from '../../store/event-store.js';
import type { Snapshot } from '../../store/snapshot-store.js';
import { Waterline } from '../../store/waterline.js';
import { Sources, type SourcesMemory } from '../sources.js';
import type { KnownHistory } from '../../custody/whereabouts/trail.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import type { PrisonSettings } from '../../kernel/prison-settings.js';
import { Bands } from './bands.js';
import { Frequency } from './frequency.js';
import {
  type PersonGroup,
  type PersonNumbersMemory,
  PersonNumbers,
  type Regrouping,
} from '../../custody/whereabouts/person-numbers.js';
import { CountedPerson, type CountedPersonMemory } from './counted-person.js';
import { Ledger, type LedgerMemory } from './ledger.js';
import type { KeyWorkLimits } from './limits.js';
import { Recount } from './recount.js';
import { TimeForKeyWork, type TimeForKeyWorkMemory } from './time-for-key-work.js';
import { SessionTotals, type SessionTotalsMemory } from './session-totals.js';
import { Unseen } from './unseen.js';

/** What the figures of a prison are told from. */
export interface FigureSources {
  readonly figures: Pick<KeyWorkFigures, 'ledger' | 'peopleIn' | 'bandsIn' | 'frequency'>;
  readonly days: LocalDays;
  readonly now: Instant;
}

/** What is counted, to be written down. */
interface CountedMemory {
  readonly ledger: LedgerMemory;
  readonly totals: SessionTotalsMemory;
  readonly time: TimeForKeyWorkMemory;
  readonly sources: SourcesMemory;
  readonly prisons: readonly string[];
  readonly passedTo: Instant;
  readonly numbers: PersonNumbersMemory;
  readonly tellings: TellingsMemory;
}

/** What imports brought that are complete with a note of the log. */
interface Completion {
  readonly position: Position;
  readonly imports: CompleteTellings['imports'];
  /** What is not counted yet; missing until it has been read. */
  waiting?: Map<string, Occurrence>;
}

type RememberedCount = CountedPersonMemory & { readonly prisonNumber: string };

/** How many people are counted anew in one turn of the process. */
const COUNTED_IN_ONE_TURN = 10;

export interface KeyWorkFiguresOptions {
  readonly streams: Pick<PersonStreams, 'knownOf'>;
  readonly days: LocalDays;
  readonly compare: EventStore['compare'];
  /** With what the names of the service's streams begin. */
  readonly prefix: string;
  readonly limits: KeyWorkLimits;
  readonly feeds?: FeedsNow;
  /** What prisons say of key work for themselves. */
  readonly settings?: readonly PrisonSettings[];
}

/**
 * Key work in every prison, as the log tells it: local, in memory, rebuilt at each start. Holds how each person stands and
 * counts by day; late, withdrawn and quashed events have that one person counted anew, from their stream, once for all of
 * them. What an import brings counts once all of it has come.
 */
export class KeyWorkFigures {
  /** With the position, names what this model holds; a new version is rebuilt from the start. */
  static readonly PROJECTION = 'key-work';
  static readonly VERSION = 8;

  /** How far the log has been taken in. */
  readonly taken: Waterline;
  /** How far all of it is counted. */
  readonly read: Waterline;
  readonly ledger = new Ledger();
  readonly totals = new SessionTotals();
  readonly sources: Sources;
  private readonly time: TimeForKeyWork;
  readonly unseen: Unseen;
  private readonly people = new Map<string, CountedPerson>();
  private numbers = new PersonNumbers();
  private readonly prisons = new Set<string>();
  private readonly tellings = new OpenTellings();
  private completion: Completion | undefined;
  private readonly recount = new Recount();
  private readonly turns = new InTurns(COUNTED_IN_ONE_TURN);

  frequency: Frequency;
  private readonly bands: (weeks: number) => Bands;
  private readonly streams: KeyWorkFiguresOptions['streams'];
  private readonly days: LocalDays;
  private readonly prefix: string;

  constructor({ streams, days, compare, prefix, limits, feeds, settings = [] }: KeyWorkFiguresOptions) {
    this.streams = streams;
    this.prefix = prefix;
    this.days = days;
    const byWeeks = new Map<number, Bands>();
    this.bands = (weeks) => {
      const bands = byWeeks.get(weeks) ?? new Bands(limits, days, weeks);
      byWeeks.set(weeks, bands);
      return bands;
    };
    this.frequency = new Frequency(settings, days);
    this.sources = new Sources(feeds);
    this.time = new TimeForKeyWork(days);
    this.unseen = new Unseen(this);
    this.taken = new Waterline(compare);
    this.read = new Waterline(compare);
  }

  /** Every prison in which anybody was ever heard of. */
  get everyPrison(): ReadonlySet<string> {
    return this.prisons;
  }

  /** The ages by which people of a prison are sorted at an instant: it may be to see them less often than others. */
  bandsIn(prisonId: string | undefined, at: Instant): Bands {
    return this.bands((prisonId === undefined ? undefined : this.weeksAt(prisonId, at)) ?? 1);
  }

  /** In how many weeks a prison is to see everybody once, at an instant; nothing where it has no key work scheme. */
  weeksAt(prisonId: string, at: Instant): number | undefined {
    return this.frequency.weeksOn(prisonId, this.days.dayOf(at));
  }

  /** The people whom a prison holds or last held. */
  peopleIn(prisonId: string): Whereabouts[] {
    return [...this.everybody()].filter((one) => one.prisonId === prisonId);
  }

  /** Where everybody is and how they stand, by the number that was kept. */
  *everyWhereabouts(): IterableIterator<readonly [string, Whereabouts]> {
    for (const [prisonNumber, { whereabouts }] of this.people) yield [prisonNumber, whereabouts];
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
      time: this.time.memory,
      sources,
      prisons: [...this.prisons],
      passedTo: this.unseen.upTo,
      numbers: this.numbers.memory,
      tellings: this.tellings.memory,
    } satisfies CountedMemory;
    for (const [prisonNumber, { memory }] of this.people) yield { prisonNumber, ...memory } satisfies RememberedCount;
  }

  /** Takes up what was written down, as if the log had been read up to there. */
  recall({ upTo, parts }: Snapshot): void {
    const [counts, ...everybody] = parts as Iterable<unknown>;
    const { ledger, totals, time, sources, prisons, passedTo, numbers, tellings } = counts as CountedMemory;
    this.numbers = PersonNumbers.recall(numbers);
    this.tellings.recall(tellings);
    this.ledger.recall(ledger);
    this.totals.recall(totals);
    this.time.recall(time);
    this.sources.recall(sources);
    for (const prison of prisons) this.prisons.add(prison);
    for (const { prisonNumber, ...memory } of everybody as RememberedCount[]) {
      const person = CountedPerson.recall(memory, this.days);
      this.people.set(prisonNumber, person);
      this.unseen.note(prisonNumber, person.whereabouts);
    }
    this.unseen.pass(passedTo);
    this.taken.rise(upTo.position);
    this.read.rise(upTo.position);
  }

  /** Limits have become others, or what prisons say for themselves: who is overdue by them is counted anew. */
  goBy(settings: readonly PrisonSettings[]): void {
    this.frequency = new Frequency(settings, this.days);
    for (const [prisonNumber, { whereabouts }] of this.people) this.unseen.note(prisonNumber, whereabouts);
    this.unseen.pass(this.unseen.upTo);
  }

  /**
   * Takes in the next event of the streams of custody and of tellings, in log order. What came late is counted by
   * {@link settle}.
   * @throws UnreadableCustodyEvent, StoreUnavailable: the same event again goes on where it was
   */
  async apply(recorded: RecordedEvent): Promise<void> {
    if (isOfTelling(this.prefix, recorded)) await this.takeInNote(recorded);
    else if (isCustodyEvent(recorded)) await this.takeIn(recorded);
    this.taken.rise(recorded.position);
    if (this.recount.isEmpty) this.read.rise(recorded.position);
  }

  /**
   * Counts anew those of whom something came late or was taken back, up to a position, which is that of the last event
   * applied or lies after it. @throws StoreUnavailable, StoreUnreadable: call it again, nothing is lost
   */
  async settle(position: Position): Promise<void> {
    const { former, anew } = this.recount;
    for (const kept of anew) {
      const history = await this.streams.knownOf(this.numbers.groupOf(kept), position, (event) => this.isHere(event));
      this.takeBack(kept);
      const { person, postings } = CountedPerson.through(history, this.days);
      for (const posting of postings) this.ledger.post(posting);
      this.set(kept, person);
      anew.delete(kept);
      await this.turns.did();
    }
    for (const kept of former.keys()) this.takeBack(kept);
    this.unseen.pass(this.unseen.upTo);
    this.read.rise(position);
  }

  private async takeIn(recorded: RecordedEvent): Promise<void> {
    const stored = fromLog(recorded);
    const { event, knownAtMs } = stored;
    if (event.prisonNumber === undefined) this.takeInOfStaff(stored);
    else if (this.tellings.isImport(stored.telling)) this.hold(event.prisonNumber, stored);
    else await this.learn(event.prisonNumber, knownOccurrence(stored), recorded.position);
    this.unseen.pass(knownAtMs);
  }

  /** What is told of no person: of a member of staff, or by a feed of itself. */
  private takeInOfStaff(stored: StoredCustodyEvent): void {
    this.sources.take(stored.event, stored.knownAtMs);
    for (const posting of this.time.take(knownOccurrence(stored))) this.ledger.post(posting);
  }

  private hold(prisonNumber: string, stored: StoredCustodyEvent): void {
    if (stored.telling !== undefined) this.tellings.note(stored.telling, prisonNumber, knownOccurrence(stored));
  }

  /** With an import that is complete all that it brought counts. */
  private async takeInNote(recorded: RecordedEvent): Promise<void> {
    const { position } = recorded;
    const completion = this.completion?.position === position ? this.completion : this.completedBy(recorded);
    this.completion = completion;
    if (!completion) return;
    completion.waiting ??= await this.broughtBy(completion);
    for (const [key, occurrence] of completion.waiting) {
      await this.learn(occurrence.prisonNumber ?? '', occurrence, position);
      completion.waiting.delete(key);
    }
  }

  private completedBy(recorded: RecordedEvent): Completion | undefined {
    const note = tellingEventOf(this.prefix, recorded);
    const complete = note && this.tellings.on(note);
    return complete && { position: recorded.position, imports: complete.imports };
  }

  private async broughtBy({ position, imports: { ids, people } }: Completion): Promise<Map<string, Occurrence>> {
    const brought = new Map<string, Occurrence>();
    const isTheirs = ({ telling = '' }: EventInStream): boolean => ids.has(telling);
    for (const prisonNumber of people) {
      const { own } = await this.streams.knownOf({ own: [prisonNumber], elsewhere: [] }, position, isTheirs);
      for (const occurrence of own) brought.set(markOf(occurrence), occurrence);
    }
    return brought;
  }

  /** Whether an event in the log is counted, or is the one that is to be. */
  private counts({ occurrence, telling }: EventInStream, fresh: Occurrence): boolean {
    if (!this.isHere({ telling })) return false;
    return isSame(occurrence, fresh) || !this.completion?.waiting?.has(markOf(occurrence));
  }

  /** Whether all that came with an event is there. */
  private isHere({ telling }: Pick<EventInStream, 'telling'>): boolean {
    return !this.tellings.isImport(telling);
  }

  private async learn(prisonNumber: string, occurrence: Occurrence, position: Position): Promise<void> {
    const regrouping = this.numbers.note(prisonNumber, occurrence);
    const kept = this.numbers.keptFor(prisonNumber);
    if (regrouping) await this.outdate(regrouping, occurrence, position);
    else if (!this.recount.anew.has(kept)) await this.take(this.numbers.groupOf(kept), occurrence, position);
    this.prisons.add(occurrence.prisonId);
    this.totals.count(occurrence);
    this.sources.take(occurrence, knownAt(occurrence));
  }

  private async take(group: PersonGroup, occurrence: Occurrence, position: Position): Promise<void> {
    const person = this.people.get(group.kept) ?? new CountedPerson(this.days);
    if (person.needsHistory(occurrence)) {
      await this.outdate({ before: [group], after: [group] }, occurrence, position);
      return;
    }
    for (const posting of person.take(occurrence)) this.ledger.post(posting);
    this.set(group.kept, person);
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

  /** People are to be counted anew: what their histories have added without this event no longer stands. */
  private async outdate(regrouping: Regrouping, fresh: Occurrence, position: Position): Promise<void> {
    const counted = regrouping.before.filter(({ kept }) => !this.recount.anew.has(kept));
    const histories = await Promise.all(counted.map((group) => this.knownOf(group, fresh, position)));
    const without = (told: readonly Occurrence[]) => told.filter((one) => !isSame(one, fresh));
    const added = histories.map(({ own, elsewhere }) => {
      const { postings } = CountedPerson.through({ own: without(own), elsewhere: without(elsewhere) }, this.days);
      return postings;
    });
    this.recount.note(regrouping, new Map(counted.map(({ kept }, index) => [kept, added[index] ?? []])));
  }

  private takeBack(kept: string): void {
    const postings = this.recount.former.get(kept);
    if (!postings) return;
    for (const { amount, ...where } of postings) this.ledger.post({ ...where, amount: -amount });
    this.leave(kept);
    this.recount.former.delete(kept);
  }

  private knownOf(group: PersonGroup, fresh: Occurrence, position: Position): Promise<Required<KnownHistory>> {
    return this.streams.knownOf(group, position, (event) => this.counts(event, fresh));
  }
}

const isSame = (one: Occurrence, other: Occurrence): boolean => markOf(one) === markOf(other);
