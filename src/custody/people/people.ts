import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import type { Prisons } from '../../access/prisons.js';
import { HOLDERS, type Holders, readableBefore } from '../../access/holders.js';
import { prisonNumberOf } from '../../personal-data/key-ring.js';
import { comesToAge } from '../../prison/age.js';
import { type Instant, toIso } from '../../prison/instant.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { BrokenSeal } from '../../personal-data/errors.js';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../../store/event-store.js';
import { Waterline } from '../../store/waterline.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { CustodyEvent } from '../custody-event.js';
import { entryOf, type EventInStream, PersonStreams } from '../person-streams.js';
import { Sealing } from '../sealing.js';
import { OpenTellings } from '../tellings/open-tellings.js';
import { isOfTelling, tellingEventOf } from '../tellings/telling.js';
import { isPartly, openedFromLog } from '../stored-custody-event.js';
import { subjectOf } from '../streams.js';
import { type PersonGroup, PersonNumbers, type Regrouping } from '../whereabouts/person-numbers.js';
import { FollowedPerson } from './followed-person.js';
import type { LatestValue } from './latest.js';
import type { Lodging } from './lodging.js';
import type { PersonSummary } from './person.js';
import { searchFor, spell } from './search.js';
import { Staff } from './staff.js';

/** At most so many are found: whoever needs more has to say more. */
const MOST_FOUND = 100;

/** How fresh the answers are. */
export interface PeopleFreshness {
  readonly position: Position;
  /** When the log was last known to hold no more than this: milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number | undefined;
}

/**
 * Everybody the log ever heard of, for pages: local, in memory, rebuilt at each start. Names and cells are opened as they
 * come, since nobody can be found by a sealed name, and are gone from here as soon as the log says that they were erased.
 * What an import brings is known here once all of it has come.
 */
@Injectable()
export class People {
  /** With the position, names what this model holds; a new version is rebuilt from the start. */
  static readonly PROJECTION = 'people';
  static readonly VERSION = 3;

  /** How far the log has been read. */
  readonly read: Waterline;
  private readonly streams: PersonStreams;
  private readonly logger = new Logger(People.name);
  private readonly people = new Map<string, FollowedPerson>();
  private readonly staff = new Staff();
  private readonly toOpen = new Set<FollowedPerson>();
  private readonly staffToOpen = new Set<LatestValue<string>>();
  private readonly toReadAnew = new Set<string>();
  /** Numbers that were merged into others, and under which nobody is found any more. */
  private readonly toLeave = new Set<string>();
  private readonly numbers = new PersonNumbers();
  private readonly news = new Subject<ReadonlySet<string>>();
  /** Of whom something was told since the last settling, by number. */
  private toTell = new Set<string>();
  private readonly takenOver = new Set<string>();
  private readonly tellings = new OpenTellings();
  /** By number: the imports that are complete, and whose events are yet to be taken in. */
  private readonly toTakeIn = new Map<string, ReadonlySet<string>>();
  private heardAt: number | undefined;
  private lastKnownAt: number | undefined;

  /** @param holders who holds whom: decides who is found */
  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly sealing: Sealing,
    @Inject(HOLDERS) private readonly holders: Holders,
    @Optional() private readonly prisons: PrisonNames = new PrisonNames(),
  ) {
    this.read = new Waterline((a, b) => store.compare(a, b));
    this.streams = new PersonStreams(store, sealing.prefix);
  }

  /**
   * Somebody, by any number that was ever theirs; nothing for somebody the log never heard of. Says nothing of who may see
   * it.
   */
  person(prisonNumber: string): PersonSummary | undefined {
    const kept = this.numbers.keptFor(prisonNumber);
    return this.people.get(kept)?.as(kept);
  }

  /** Where somebody is, by any number that was ever theirs; nothing for somebody the log never heard of. */
  lodgingOf(prisonNumber: string): Lodging | undefined {
    const kept = this.numbers.keptFor(prisonNumber);
    return this.people.get(kept)?.lodging(kept);
  }

  /** Everybody in a stay in a prison. */
  *lodgedIn(prisonId: string): IterableIterator<Lodging> {
    for (const [prisonNumber, person] of this.people) {
      const lodging = person.lodging(prisonNumber);
      if (lodging.stay?.prisonId === prisonId) yield lodging;
    }
  }

  /** The numbers that concern the person whose this one is, or was before it was merged into another. */
  groupOf(prisonNumber: string): PersonGroup {
    return this.numbers.groupOf(prisonNumber);
  }

  /** The number under which the record that an event tells of may have been told before; its history says whether it was. */
  toldUnder(occurrence: Occurrence): string | undefined {
    return this.numbers.toldUnder(occurrence);
  }

  /**
   * What a member of staff is called by these prisons, or by others where they have no name for them; nothing where none was
   * ever told, was erased or cannot be read here.
   */
  staffName(staffId: string, prisons: Prisons): string | undefined {
    return this.staff.nameOf(staffId, prisons);
  }

  /** What people call a prison: its id where it has told no name. */
  prisonName(prisonId: string): string {
    return this.prisons.of(prisonId);
  }

  /**
   * Prison numbers of those of whom these prisons may read, by the beginning of the prison number or of any parts of the name:
   * `A12`, `smi`, `john smith`, `Smith, John`; also of a name or number that was theirs before. Whatever the case and
   * accents, in the order of names, at most 100; nobody for fewer than two letters.
   */
  find(text: string, prisons: Prisons): string[] {
    const matches = searchFor(text);
    if (!matches) return [];
    const found: { readonly prisonNumber: string; readonly order: string }[] = [];
    for (const [prisonNumber, { spelling, spellings, formerNumbers }] of this.people) {
      const isMeant =
        [prisonNumber, ...formerNumbers].some((number) => matches(number, undefined)) ||
        spellings.some((name) => matches(prisonNumber, name));
      if (!isMeant || readableBefore(prisons, prisonNumber, this.holders) === -Infinity) continue;
      found.push({ prisonNumber, order: `${spelling?.last ?? ''},${spelling?.first ?? ''},${prisonNumber}` });
    }
    found.sort((a, b) => (a.order < b.order ? -1 : 1));
    return found.slice(0, MOST_FOUND).map(({ prisonNumber }) => prisonNumber);
  }

  /** Those who arrived at a prison while another held them, as far as no departure from there has been told since. */
  get withoutDeparture(): readonly string[] {
    return [...this.takenOver];
  }

  /** Of whom something was told, by number, once it is to be seen here. The past is told again at each start. */
  get heard(): Observable<ReadonlySet<string>> {
    return this.news.asObservable();
  }

  /** When the log learned of the last custody event here: milliseconds since 1970-01-01T00:00:00Z. */
  get lastHeard(): number | undefined {
    return this.lastKnownAt;
  }

  get asOf(): PeopleFreshness {
    return { position: this.read.position, at: this.heardAt };
  }

  /** The log held no more at this instant than what was taken in. */
  isAsOf(now: number): void {
    this.heardAt = now;
  }

  /**
   * Takes in the next event of the streams of people, staff and tellings, in log order. To be seen after {@link settle}.
   * @throws UnreadableCustodyEvent, and stands as it was
   */
  apply(recorded: RecordedEvent): void {
    if (isOfTelling(this.sealing.prefix, recorded)) this.takeInNote(recorded);
    else this.takeIn(recorded);
  }

  private takeInNote(recorded: RecordedEvent): void {
    const note = tellingEventOf(this.sealing.prefix, recorded);
    const { ids, people = [] } = (note && this.tellings.on(note))?.imports ?? {};
    for (const number of people)
      this.toTakeIn.set(number, new Set([...(this.toTakeIn.get(number) ?? []), ...(ids ?? [])]));
  }

  private takeIn(recorded: RecordedEvent): void {
    const entry = entryOf(recorded);
    if (entry.kind === 'erasure') this.forget(prisonNumberOf(subjectOf(this.sealing.prefix, recorded.stream)));
    if (entry.kind === 'unreadable') throw entry.error;
    if (entry.kind !== 'event') return;
    const { telling, occurrence } = entry;
    const { prisonNumber, type } = entry.event;
    this.lastKnownAt = Math.max(this.lastKnownAt ?? -Infinity, entry.knownAt);
    if (type === 'StaffDetailsChanged') {
      const name = this.staff.learn(entry);
      if (name) this.staffToOpen.add(name);
    } else if (prisonNumber === undefined) return;
    else if (telling !== undefined && this.tellings.isImport(telling))
      this.tellings.note(telling, prisonNumber, occurrence);
    else this.learn(prisonNumber, entry);
  }

  /**
   * Opens what came sealed and counts anew what came late or was taken back, up to a position, which is that of the last
   * event applied or lies after it. @throws StoreUnavailable, StoreUnreadable: call it again, nothing is lost
   */
  async settle(position: Position): Promise<void> {
    for (const [prisonNumber, imports] of this.toTakeIn) await this.takeInImported(prisonNumber, imports, position);
    await Promise.all([...this.toReadAnew].map((prisonNumber) => this.readAnew(prisonNumber, position)));
    for (const prisonNumber of this.toLeave) this.people.delete(prisonNumber);
    await Promise.all([...this.toOpen].map((person) => this.openWords(person)));
    await Promise.all([...this.staffToOpen].map((name) => this.open(name, ({ data }) => String(data['name']))));
    this.toReadAnew.clear();
    this.toLeave.clear();
    this.toOpen.clear();
    this.staffToOpen.clear();
    this.read.rise(position);
    const told = this.toTell;
    this.toTell = new Set();
    this.noteTakeovers(told);
    if (told.size > 0) this.news.next(told);
  }

  private async takeInImported(prisonNumber: string, imports: ReadonlySet<string>, position: Position): Promise<void> {
    const events = await this.streams.eventsOf(prisonNumber, position);
    for (const event of events) if (imports.has(event.telling ?? '')) this.learn(prisonNumber, event);
    this.toTakeIn.delete(prisonNumber);
  }

  private noteTakeovers(prisonNumbers: Iterable<string>): void {
    for (const prisonNumber of prisonNumbers) {
      const kept = this.numbers.keptFor(prisonNumber);
      this.takenOver.delete(prisonNumber);
      if (this.people.get(kept)?.takeover) this.takenOver.add(kept);
      else this.takenOver.delete(kept);
    }
  }

  private learn(toldUnder: string, told: EventInStream): void {
    this.toTell.add(toldUnder);
    const regrouping = this.numbers.note(toldUnder, told.occurrence);
    if (regrouping) {
      this.regroup(regrouping);
      return;
    }
    const prisonNumber = this.numbers.keptFor(toldUnder);
    const person = this.people.get(prisonNumber) ?? FollowedPerson.unheardOf();
    this.people.set(prisonNumber, person);
    if (this.toReadAnew.has(prisonNumber)) return;
    if (person.needsHistory(told)) {
      this.toReadAnew.add(prisonNumber);
      return;
    }
    person.take(told);
    if (person.names.sealed.length > 0 || person.cell.sealed || person.born.sealed) this.toOpen.add(person);
  }

  private regroup({ before, after }: Regrouping): void {
    for (const { kept } of before) this.toLeave.add(kept);
    for (const { kept } of after) {
      this.toLeave.delete(kept);
      this.toReadAnew.add(kept);
    }
  }

  /** What is known under another number of theirs may still be read. */
  private forget(prisonNumber: string): void {
    const { kept, own } = this.numbers.groupOf(prisonNumber);
    this.people.get(kept)?.forget();
    if (own.length > 1) this.toReadAnew.add(kept);
  }

  private async readAnew(prisonNumber: string, position: Position): Promise<void> {
    const { own, elsewhere } = this.numbers.groupOf(prisonNumber);
    const [told, toldOfOthers] = await Promise.all(
      [own, elsewhere].map(async (numbers) =>
        (await this.streams.eventsUnder(numbers, position)).filter(({ telling }) => !this.tellings.isImport(telling)),
      ),
    );
    const person = FollowedPerson.through(own, told ?? [], toldOfOthers ?? []);
    await this.openWords(person);
    this.people.set(prisonNumber, person);
  }

  private async openWords({ names, cell, born }: FollowedPerson): Promise<void> {
    await this.open(born, ({ data, occurredAtMs }) => youngSince(data['dateOfBirth'], occurredAtMs));
    for (const name of names.sealed)
      await this.open(name, ({ data }) => {
        const recorded = { firstName: String(data['firstName']), lastName: String(data['lastName']) };
        return { name: recorded, spelling: spell(recorded) };
      });
    await this.open(cell, ({ data, prisonId, occurredAtMs: since }) => {
      return { location: String(data['location']), prisonId, since };
    });
  }

  private async open<T>(latest: LatestValue<T>, valueOf: (event: CustodyEvent) => T | undefined): Promise<void> {
    const { sealed } = latest;
    if (!sealed) return;
    const event = await this.opened(sealed);
    latest.open(event && valueOf(event));
  }

  /** Nothing where it cannot be read: erased, its key not here, or damaged. */
  private async opened(sealed: RecordedEvent): Promise<CustodyEvent | undefined> {
    try {
      const { event } = await openedFromLog(sealed, this.sealing);
      return isPartly(event) ? undefined : event;
    } catch (error) {
      if (!(error instanceof BrokenSeal)) throw error;
      this.logger.error(error.message);
      return undefined;
    }
  }
}

/** A date of birth, of who was under 21 by then; pages need no other. */
const youngSince = (dateOfBirth: unknown, toldAt: Instant): string | undefined =>
  toIso(toldAt) < (comesToAge(dateOfBirth, 21) ?? '') ? String(dateOfBirth) : undefined;
