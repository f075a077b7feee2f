import { subjectIn } from '../prison/alert-subject.js';
import type { CaseloadRegister } from './caseloads.js';
import { DeadlineIndex } from './deadline-index.js';
import { type EventAheadMemory, EventsAhead } from './events-ahead.js';
import type { FeedReport } from './feed-terms.js';
import { Headcount } from './headcount.js';
import { type EventOnHoldMemory, HeldEvents } from './held-events.js';
import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { Merges, type MergesMemory, removedBy } from './merges.js';
import { allInTheOrderKnown, knownAt, type Occurrence } from './occurrence.js';
import { Person, type Heritage, type PersonHistory } from './person.js';
import { Records, type RecordsMemory } from './records.js';
import { RememberedPerson, type PersonMemory } from './remembered-person.js';
import { Rulebook } from './rulebook.js';
import { Silences, type SilencesMemory } from './silences.js';
import { playSteps } from './steps.js';
import type { Transition, TransitionOf } from './transition.js';

/** Somebody about whom something is to be decided at an instant. */
export interface Due {
  readonly prisonNumber: string;
  readonly at: Instant;
  /** {@link Watchlist.settle} wants all that is known of this person. */
  readonly needsHistory: boolean;
  /** The numbers under which that is known. */
  readonly numbers: readonly string[];
}

/** What is known of everybody together. Plain JSON, of numbers, ids, codes and instants. */
export interface WatchlistMemory {
  readonly silences: SilencesMemory;
  readonly held: readonly EventOnHoldMemory[];
  readonly merges: MergesMemory;
  readonly records: RecordsMemory;
  readonly companies: readonly (readonly string[])[];
  readonly ahead: readonly EventAheadMemory[];
}

/**
 * Everybody the rules watch, and the one index of when each has to be looked at next. The caller moves time on: it
 * settles what {@link due} says, in that order, before it lets anything later become known. Of numbers that were merged,
 * everything counts as the kept one's: events are learned under the number they were told under.
 */
export class Watchlist {
  private readonly people = new Map<string, Person | RememberedPerson>();
  private readonly index = new DeadlineIndex();
  /** Everybody of whom something was decided, as they are. */
  readonly headcount: Headcount;
  private readonly noRules: Rulebook;
  private merges = new Merges();
  private records = new Records();
  /** By number: those under which a record was told that was told under it, too. */
  private readonly companies = new Map<string, ReadonlySet<string>>();
  private readonly ahead = new EventsAhead();
  /** What waits for feeds that are silent. */
  readonly held: HeldEvents;
  /** Those of whom everything is learned anew, up to an instant that everybody else has reached. */
  private anew: { readonly people: ReadonlySet<string>; readonly until: Instant } = {
    people: new Set(),
    until: -Infinity,
  };
  /** Numbers that have just been merged into others, with those whose events counted as theirs. */
  private readonly leaving = new Map<string, readonly string[]>();
  /** By the number it goes on under. */
  private readonly heritages = new Map<string, Heritage[]>();
  /** Those for whom other numbers' events just came to count, or no longer do; with these numbers. */
  private readonly regrouped = new Map<string, readonly string[]>();

  /**
   * @param isWatched of the others only where they are is followed
   * @param silences of the feeds that tell of them; of this list alone, unless all that there were are known
   * @param caseloads of key workers or feeds, where it is they whom the rules watch: each stands for a number
   */
  constructor(
    private readonly rulebook: Rulebook,
    private readonly days: LocalDays,
    readonly isWatched: (prisonNumber: string) => boolean = () => true,
    readonly silences = new Silences(),
    private readonly caseloads?: CaseloadRegister,
  ) {
    this.headcount = new Headcount(rulebook.rules);
    this.held = new HeldEvents(silences);
    this.noRules = new Rulebook([], days);
  }

  /** Somebody by the number that was kept; nobody by one that was merged into another. */
  person(prisonNumber: string): Person | RememberedPerson | undefined {
    return this.people.get(prisonNumber);
  }

  everybody(): IterableIterator<[string, Person | RememberedPerson]> {
    return this.people.entries();
  }

  /** The number under which all that is known under this one counts: itself, unless it was merged into another. */
  keptFor(prisonNumber: string): string {
    return this.merges.keptFor(prisonNumber);
  }

  /** The numbers whose events count as this one's, itself first. */
  numbersOf(prisonNumber: string): readonly string[] {
    return this.merges.numbersOf(prisonNumber);
  }

  /** What has to be written down beside the people: which numbers are one person's, and of which records was told. */
  get memory(): WatchlistMemory {
    const companies = [...new Set(this.companies.values())].map((company) => [...company]);
    const { silences, held, merges, records, ahead } = this;
    const parts = { silences: silences.memory, held: held.memory, merges: merges.memory, records: records.memory };
    return { ...parts, companies, ahead: ahead.memory };
  }

  /** Takes up what was written down beside the people. */
  recall({ silences, held, merges, records, companies, ahead }: WatchlistMemory): void {
    this.silences.recall(silences);
    this.held.recall(held);
    this.merges = Merges.recall(merges);
    this.records = Records.recall(records);
    for (const company of companies) for (const number of company) this.companies.set(number, new Set(company));
    this.ahead.recall(ahead);
  }

  /** Takes up a person that was written down. */
  remember(prisonNumber: string, memory: PersonMemory): void {
    const person = new RememberedPerson(memory);
    this.people.set(prisonNumber, person);
    this.headcount.count(person, 1);
    this.index.set(prisonNumber, person.nextFlip);
  }

  /**
   * Somebody who is watched, worked out where they were only remembered.
   * @param known all that is known under the numbers that concern them
   */
  inFull(prisonNumber: string, known: readonly Occurrence[]): Person | undefined {
    const person = this.people.get(prisonNumber);
    if (!(person instanceof RememberedPerson)) return person;
    const told = this.toldOf(prisonNumber, known);
    const { silences, caseloads } = this;
    const rules = this.rulesFor(prisonNumber);
    return Person.recall(rules, this.days, person.memory, told, silences, caseloads?.of(prisonNumber));
  }

  /** Somebody whom the rules do not watch here, as they would stand at `t` if they did. @param known as for {@link inFull} */
  elsewhere(prisonNumber: string, known: readonly Occurrence[], t: Instant): Person | undefined {
    return this.playedFor(prisonNumber, known, t).watching.inFull(prisonNumber, known);
  }

  /** What would have been decided of somebody up to `t`, event by event. @param known as for {@link inFull} */
  transitionsOf(prisonNumber: string, known: readonly Occurrence[], t: Instant): Transition[] {
    const { transitions } = this.playedFor(prisonNumber, known, t);
    return transitions.filter((transition) => transition.prisonNumber === prisonNumber);
  }

  /** A list that watches them alone, up to `t`, and what it decided. */
  private playedFor(prisonNumber: string, known: readonly Occurrence[], t: Instant) {
    const watching = new Watchlist(this.rulebook, this.days, undefined, this.silences.copy(), this.caseloads);
    const histories = Map.groupBy(known, (occurrence) => occurrence.prisonNumber ?? prisonNumber);
    return { watching, transitions: watching.play(histories, t) };
  }

  /** The numbers that it takes to decide on somebody: theirs, and those under which their records were told, too. */
  concerning(prisonNumber: string): readonly string[] {
    return this.withCompany(this.numbersOf(prisonNumber));
  }

  /**
   * An event has become known at `t`. Its id must be new under this number. One that is said to happen later counts from
   * then on; one of a feed that is silent, from when that is heard again.
   */
  learn(prisonNumber: string, occurrence: Occurrence, t: Instant): void {
    const { id, at } = occurrence;
    const known = knownAt(occurrence);
    const from = this.silences.countsFrom(occurrence, known);
    const waitsUntil = from === known ? at : from;
    if (waitsUntil === NEVER) this.held.hold(prisonNumber, occurrence, known);
    else if (waitsUntil > t) this.ahead.add({ prisonNumber, id, at: waitsUntil, occurrence });
    else this.count(prisonNumber, from === known ? occurrence : { ...occurrence, knownAt: from }, t);
  }

  /** A feed has said, at `t`, how far it is complete. What it told while it was silent is known now, all of it together. */
  report(report: FeedReport, t: Instant): void {
    if (!this.silences.report({ ...report, knownAt: t })) return;
    const { prisonId } = report;
    this.lookAgainIn(prisonId, t);
    this.ahead.addAll(this.held.release(prisonId).map((event) => ({ ...event, at: t })));
  }

  private count(prisonNumber: string, occurrence: Occurrence, t: Instant): void {
    const before = this.records.note(prisonNumber, occurrence);
    const kept = this.merges.keptFor(prisonNumber);
    const from = this.earliestFor([prisonNumber, kept, removedBy(occurrence) ?? kept], t);
    this.merges.learn(prisonNumber, occurrence, from);
    const person = this.added(kept);
    person.learn(occurrence, from, before !== undefined);
    this.index.set(kept, Math.min(from, person.nextFlip));
    if (before !== undefined) this.lookBackAtOthers(before, prisonNumber, t);
  }

  /** A key worker has other people from `t` on. */
  caseloadChanged(key: string, t: Instant): void {
    const keyWorker = this.added(key);
    keyWorker.lookAgain(t);
    this.index.set(key, Math.min(t, keyWorker.nextFlip));
  }

  /**
   * Forgets people, and what was told of merges under their numbers: all of it will be learned anew, from its beginning up
   * to `present`. Everybody else has been decided on until then, and learns nothing earlier; so what was told of those who
   * were merged into somebody else meanwhile is learned at `present`, too.
   * @returns these, whose events become known only then
   */
  forget(people: ReadonlySet<string>, present: Instant): readonly string[] {
    for (const prisonNumber of people) this.forgetOne(prisonNumber);
    const { removed } = this.merges;
    const { true: late = [], false: inTime = [] } = Object.groupBy(people, (number) => String(removed.has(number)));
    this.anew = { people: new Set(inTime), until: present };
    return late;
  }

  private forgetOne(prisonNumber: string): void {
    const known = this.people.get(prisonNumber);
    if (known) this.headcount.count(known, -1);
    this.people.delete(prisonNumber);
    this.index.set(prisonNumber, NEVER);
    this.merges.forget(prisonNumber);
    this.ahead.forget(prisonNumber);
    this.held.forget(prisonNumber);
  }

  /**
   * Who is next, at or before `limit`: of whom something happens now that was known before, or of whom something is due.
   * Where a feed falls silent before that, it does.
   */
  due(limit: Instant): Due | undefined {
    for (let begins = this.silences.nextBeginning; begins <= limit; begins = this.silences.nextBeginning) {
      const due = this.dueAmidSilences(begins - 1);
      if (due) return due;
      for (const prisonId of this.silences.begin(begins)) this.lookAgainIn(prisonId, begins);
    }
    return this.dueAmidSilences(limit);
  }

  private dueAmidSilences(limit: Instant): Due | undefined {
    const happens = this.ahead.next;
    if (!happens || happens.at > limit) return this.dueBy(limit);
    const { prisonNumber, at, occurrence } = happens;
    return this.dueBy(at - 1) ?? { prisonNumber, at, needsHistory: !occurrence, numbers: [prisonNumber] };
  }

  private dueBy(limit: Instant): Due | undefined {
    let first = this.index.first(limit);
    if (first && this.merges.hasComing(first.at)) {
      this.regroup(first.at);
      first = this.index.first(limit);
    }
    if (!first) return undefined;
    const { at } = first;
    for (const [prisonNumber, own] of this.leaving)
      return { prisonNumber, at, needsHistory: true, numbers: this.withCompany(own) };
    const { key: prisonNumber } = first;
    const others = this.regrouped.get(prisonNumber);
    const needsHistory = others !== undefined || (this.people.get(prisonNumber)?.needsHistory ?? true);
    const numbers = this.withCompany([...this.numbersOf(prisonNumber), ...(others ?? [])]);
    return { prisonNumber, at, needsHistory, numbers };
  }

  /**
   * Takes in all that was told under these numbers, each event when it became known, and decides in between what falls due,
   * up to `until`: as if it were happening.
   * @param settled is told of whom something was decided, and when
   */
  play(
    histories: ReadonlyMap<string, readonly Occurrence[]>,
    until: Instant,
    settled: (due: Due) => void = () => undefined,
  ): TransitionOf[] {
    const known = new Map<string, Occurrence[]>(Array.from(histories.keys(), (number) => [number, []]));
    const steps = allInTheOrderKnown(histories).map((told) => ({ ...told, at: knownAt(told.occurrence) }));
    const take = ({ prisonNumber, occurrence, at }: (typeof steps)[number]): void => {
      known.get(prisonNumber)?.push(occurrence);
      this.learn(prisonNumber, occurrence, at);
    };
    return playSteps(steps, take, this, known, until, settled);
  }

  /**
   * Decides what is due at or before `t`, in order.
   * @param known by number, all that is known
   * @param settled as for {@link play}
   */
  *settleThrough(
    t: Instant,
    known: ReadonlyMap<string, readonly Occurrence[]>,
    settled: (due: Due) => void = () => undefined,
  ): Generator<TransitionOf> {
    for (let due = this.due(t); due; due = this.due(t)) {
      const { prisonNumber, numbers } = due;
      const told = numbers.flatMap((number) => known.get(number) ?? []);
      for (const made of this.settle(due, told)) yield { ...made, prisonNumber };
      settled(due);
    }
  }

  /** Decides what changed for somebody who is due. @param known all that is known under the numbers of {@link Due} */
  settle({ prisonNumber, at }: Due, known: readonly Occurrence[] = []): Transition[] {
    if (this.takeInAhead(prisonNumber, at, known)) return [];
    const before = this.people.get(prisonNumber);
    const person = this.inFull(prisonNumber, known);
    if (!before || !person) return [];
    this.headcount.count(before, -1);
    if (this.leaving.has(prisonNumber)) return this.takeLeave(prisonNumber, person, at, known);
    if (this.regrouped.has(prisonNumber)) person.regroup(at);
    for (const heritage of this.heritages.get(prisonNumber) ?? []) person.inherit(heritage, at);
    this.heritages.delete(prisonNumber);
    const transitions = person.settle(at, person.needsHistory ? this.toldOf(prisonNumber, known) : undefined);
    this.regrouped.delete(prisonNumber);
    this.people.set(prisonNumber, person);
    this.headcount.count(person, 1);
    this.index.set(prisonNumber, person.nextFlip);
    return transitions;
  }

  /** Everybody whom a prison holds, or who is its own, is looked at again, whatever was to be said of them next. */
  private lookAgainIn(prisonId: string, t: Instant): void {
    for (const [prisonNumber, person] of this.people) {
      const holder = person.inStay ? person.prisonId : this.caseloads && subjectIn(prisonNumber)?.prisonId;
      if (holder !== prisonId) continue;
      person.lookAgain(t);
      this.index.set(prisonNumber, person.nextFlip);
    }
  }

  /** What was known ahead, and happens now, becomes known. Whether anything does. */
  private takeInAhead(prisonNumber: string, t: Instant, known: readonly Occurrence[]): boolean {
    const happens = this.ahead.take(prisonNumber, t);
    if (!happens) return false;
    const occurrence = happens.occurrence ?? known.find(({ id }) => id === happens.id);
    if (occurrence) this.learn(prisonNumber, occurrence, t);
    return true;
  }

  /** A number that was merged into another: what was open under it closes, and goes on there where it is latched. */
  private takeLeave(prisonNumber: string, person: Person, at: Instant, known: readonly Occurrence[]): Transition[] {
    const { transitions, heritage: left } = person.merge(at, this.toldOf(prisonNumber, known));
    const kept = this.keptFor(prisonNumber);
    const wasElsewhere = this.isWatched(kept) && !this.isWatched(prisonNumber);
    const latched = wasElsewhere ? this.elsewhere(prisonNumber, known, at - 1)?.latched : undefined;
    const heritage = latched ? { ...left, latched } : left;
    this.heritages.set(kept, [...(this.heritages.get(kept) ?? []), heritage]);
    this.leaving.delete(prisonNumber);
    this.people.delete(prisonNumber);
    this.index.set(prisonNumber, NEVER);
    return transitions;
  }

  /** Other numbers are one person's from `t` on. */
  private regroup(t: Instant): void {
    for (const { prisonNumber, before, now, numbersBefore } of this.merges.advance(t)) {
      if (prisonNumber === before && this.people.has(prisonNumber)) this.leaving.set(prisonNumber, numbersBefore);
      for (const kept of [this.keptFor(before), now]) this.lookAgain(kept, prisonNumber, t);
    }
  }

  private lookAgain(prisonNumber: string, other: string, t: Instant): void {
    this.added(prisonNumber);
    this.regrouped.set(prisonNumber, [...(this.regrouped.get(prisonNumber) ?? []), other]);
    this.index.set(prisonNumber, t);
  }

  /** A record was told under one number, and again under this one: it may no longer stand where it was told before. */
  private lookBackAtOthers(before: string, prisonNumber: string, t: Instant): void {
    const company = new Set([...this.companyOf(before), ...this.companyOf(prisonNumber)]);
    if (company.size === 1) return;
    for (const number of company) {
      this.companies.set(number, company);
      const kept = this.keptFor(number);
      const person = this.people.get(kept);
      if (!person || kept === this.keptFor(prisonNumber)) continue;
      person.lookBack(this.earliestFor([kept], t));
      this.index.set(kept, person.nextFlip);
    }
  }

  /** When what becomes known at `t` of all these numbers can be learned. */
  private earliestFor(prisonNumbers: readonly string[], t: Instant): Instant {
    const { people, until } = this.anew;
    return prisonNumbers.every((number) => people.has(number)) ? t : Math.max(t, until);
  }

  /** These numbers, and those under which records were told that were told under these, too. */
  private withCompany(numbers: readonly string[]): readonly string[] {
    if (numbers.length === 1 && this.companies.size === 0) return numbers;
    return [...new Set([...numbers, ...numbers.flatMap((number) => [...this.companyOf(number)])])];
  }

  private companyOf(prisonNumber: string): Iterable<string> {
    return this.companies.get(prisonNumber) ?? [prisonNumber];
  }

  /** Of what is known and has happened, what is theirs, and what was told of others. */
  private toldOf(prisonNumber: string, told: readonly Occurrence[]): PersonHistory {
    const known = this.ahead.without(this.silences.counted(told), prisonNumber);
    if (this.companies.size === 0 && !this.regrouped.has(prisonNumber)) return { own: known, elsewhere: [] };
    const numbers = new Set(this.leaving.get(prisonNumber) ?? this.numbersOf(prisonNumber));
    const isOwn = (occurrence: Occurrence): boolean => numbers.has(occurrence.prisonNumber ?? prisonNumber);
    return { own: known.filter(isOwn), elsewhere: known.filter((occurrence) => !isOwn(occurrence)) };
  }

  private added(prisonNumber: string): Person | RememberedPerson {
    const known = this.people.get(prisonNumber);
    if (known) return known;
    const caseload = this.caseloads?.of(prisonNumber);
    const person = new Person(this.rulesFor(prisonNumber), this.days, this.silences, caseload);
    this.people.set(prisonNumber, person);
    return person;
  }

  private rulesFor(prisonNumber: string): Rulebook {
    return this.isWatched(prisonNumber) ? this.rulebook : this.noRules;
  }
}
