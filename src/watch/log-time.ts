import { aboutOf, subjectIn } from '../prison/alert-subject.js';
import { OpenTellings } from '../custody/tellings/open-tellings.js';
import { isOfTelling, tellingEventOf } from '../custody/tellings/telling.js';
import { feedReportOf, ofFeed } from '../kernel/feed.js';
import { PrisonWatchlist } from '../kernel/prison-watchlist.js';
import { feedWatchlist } from '../kernel/feed-watchlist.js';
import { PersonStreams } from '../custody/person-streams.js';
import { knownOccurrence, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { toIso, type Instant } from '../prison/instant.js';
import { InTurns } from '../prison/next-turn.js';
import type { LocalDays } from '../prison/local-days.js';
import { ofKeyWorker } from '../kernel/key-worker.js';
import { KeyWorkerWatchlist } from '../kernel/key-worker-watchlist.js';
import type { Occurrence } from '../kernel/occurrence.js';
import { Person } from '../kernel/person.js';
import { sayWhy } from '../kernel/say/say-why.js';
import type { Transition } from '../kernel/transition.js';
import { Silences } from '../kernel/silences.js';
import { Watchlist, type Due } from '../kernel/watchlist.js';
import { type SilentFeed, SilentFeeds } from './silent-feeds.js';
import type { Durations } from '../safety-alerts/figures/durations.js';
import type { SetLevel, WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { SafetyAlerts } from '../safety-alerts/alert/safety-alerts.js';
import type { Lapses } from '../safety-alerts/alert/terms.js';
import type { DroppedEvents } from '../store/dropped/dropped-events.js';
import { START, type EventStore, type Position, type RecordedEvent } from '../store/event-store.js';
import { NOTHING_DONE, type WatchCheckpoint } from './checkpoint.js';
import { commandOf } from './decision.js';
import { Decisions } from './decisions.js';
import { ParkedEvents } from './parked-events.js';
import { namedEvents } from './named-events.js';
import { EVERYBODY, includes, type Partition } from './partition.js';
import { type PastEvent, PersonHistories } from './person-histories.js';
import { type AlertsNow, Reminders } from './reminders.js';
import type { RuleSet } from './rule-set.js';

/** How many decisions are made in one turn of the process: for each the rules are asked, and what is known may be read. */
const IN_ONE_TURN = 50;

export interface LogTimeOptions extends AlertsNow, RuleSet {
  readonly store: EventStore;
  readonly alerts: SafetyAlerts;
  /** How long acknowledgements hold. */
  readonly lapses: Lapses;
  readonly days: LocalDays;
  readonly prefix: string;
  /** Of whom an event was once set aside, so that nothing was closed for them meanwhile; nobody, where it is missing. */
  readonly dropped?: Pick<DroppedEvents, 'people'>;
  /** Where it is noted how long after a deadline fell due it was decided on. */
  readonly fireDelays?: Durations | undefined;
  /** Whom the rules watch here; everybody, where it is missing. Of the others it is only known where they are. */
  readonly partition?: Partition | undefined;
}

/** How far the log has been read, and decided on. */
export interface Progress {
  /** The last event taken in. */
  readonly position: Position;
  readonly present: Instant;
  /** Everything that is due by then has been decided on. */
  readonly settledUntil: Instant;
}

/**
 * What has been read of the log, and what was decided on it: custody events in log order, with everything that fell due
 * in between, in log time. Log time is the running maximum of `knownAt`, so it is the same in every instance, after
 * every start and in every replay (decision 0004).
 */
export class LogTime {
  readonly people: Watchlist;
  readonly keyWorkers: KeyWorkerWatchlist;
  readonly prisons: PrisonWatchlist;
  readonly feeds: Watchlist;
  readonly parked: ParkedEvents;
  readonly decisions: Decisions;
  /** Tellings that are not complete. */
  readonly tellings = new OpenTellings();
  /** By import: the instant at which everything that it brought became known. */
  readonly completions = new Map<string, Instant>();
  /** By number: when what a history told under it became known, where it was merged into another before all had come. */
  readonly lateHistories = new Map<string, Instant>();

  private progress: Progress = { position: START, present: -Infinity, settledUntil: -Infinity };
  private tickedAt: Instant | undefined;
  private doneBefore = NOTHING_DONE;
  private readonly silence: SilentFeeds;
  private readonly histories: PersonHistories;
  private readonly reminders: Reminders;
  private readonly turns = new InTurns(IN_ONE_TURN);
  /** The people whose history is being decided on just now, with as much of it as is known by then. */
  private played = new Map<string, Occurrence[]>();

  constructor(private readonly options: LogTimeOptions) {
    const { store, rulebook, days, partition = EVERYBODY, alerts, prefix, feeds } = options;
    this.histories = new PersonHistories(new PersonStreams(store, prefix), () => this.position);
    const isWatched = (subject: string): boolean => includes(partition, subject);
    const silences = new Silences(feeds);
    this.people = new Watchlist(rulebook, days, isWatched, silences);
    this.keyWorkers = new KeyWorkerWatchlist(rulebook, days, isWatched, new Silences(feeds));
    this.prisons = new PrisonWatchlist(rulebook, days, isWatched, new Silences(feeds));
    this.feeds = feedWatchlist(rulebook, days, silences, isWatched);
    this.silence = new SilentFeeds(silences, [this.people.held, this.keyWorkers.watchlist.held], options);
    this.parked = new ParkedEvents(prefix, options.hasParkedAlert ?? (() => Promise.resolve(false)));
    this.decisions = new Decisions(alerts, this.parked);
    const isNamed = namedEvents(rulebook.catalogue);
    this.reminders = new Reminders({
      ...options,
      isWatched,
      recordingsOf: (alert) => this.recordingsOf(aboutOf(alert), (event) => isNamed(alert.rule, event)),
    });
  }

  /** The last event taken in. */
  get position(): Position {
    return this.progress.position;
  }

  get present(): Instant {
    return this.progress.present;
  }

  /** Everything that is due by then has been decided on. */
  get settledUntil(): Instant {
    return this.progress.settledUntil;
  }

  /** When the clock was looked at last. */
  get lastTick(): Instant | undefined {
    return this.tickedAt;
  }

  /** What earlier processes had done. */
  get done(): WatchCheckpoint {
    return this.doneBefore;
  }

  /** The feeds that are silent just now. */
  get silentFeeds(): readonly SilentFeed[] {
    return this.silence.at(this.present);
  }

  /** How many events wait for them, by prison; 0 where some waited once. */
  get heldByPrison(): ReadonlyMap<string, number> {
    return this.silence.heldByPrison;
  }

  /** Another decides from now on. */
  retire(): void {
    this.reminders.retire();
  }

  /** The clock was looked at. */
  tick(now: Instant): void {
    this.tickedAt = now;
  }

  /** What earlier processes had done is not sent again. */
  leaveOut(done: WatchCheckpoint): void {
    this.doneBefore = done;
  }

  /** Goes on as if the log had been read and decided on up to there. */
  goOnFrom(progress: Progress): void {
    this.progress = progress;
  }

  /** Nothing more is known up to this instant, and all of it is decided on. */
  passTo(present: Instant): void {
    this.progress = { ...this.progress, present };
  }

  /** Takes in the next event, once what fell due before it was known is decided. @throws StoreUnavailable */
  async takeIn(recorded: RecordedEvent): Promise<void> {
    if (isOfTelling(this.options.prefix, recorded)) await this.takeInNote(recorded);
    else await this.takeInEvent(this.parked.unlessUnreadable(recorded));
    this.progress = { ...this.progress, position: recorded.position };
    this.histories.passed(recorded);
  }

  /** Events of a telling count once it is complete; nothing is decided about people while their history is being told. */
  private async takeInEvent(stored: StoredCustodyEvent | undefined): Promise<void> {
    if (!stored) return;
    await this.moveOnTo(stored.knownAtMs);
    const { telling } = stored;
    const known = knownOccurrence(stored);
    if (this.hear(known)) return;
    const occurrence = ofKeyWorker(known) ?? known;
    const { prisonNumber } = occurrence;
    if (prisonNumber === undefined) return;
    if (telling !== undefined && this.tellings.has(telling)) this.tellings.note(telling, prisonNumber, occurrence);
    else if (subjectIn(prisonNumber) || this.tellings.historyOf(prisonNumber) === undefined)
      this.learn(prisonNumber, occurrence);
  }

  /** What a feed says of itself counts at once, also within a telling. Whether the event is a feed's. */
  private hear(known: Occurrence): boolean {
    const [report, occurrence] = [feedReportOf(known, this.present), ofFeed(known, this.present)];
    if (!report || !occurrence) return false;
    for (const list of this.lists) list.report(report, this.present);
    if (this.feeds.isWatched(occurrence.prisonNumber))
      this.feeds.learn(occurrence.prisonNumber, occurrence, this.present);
    return true;
  }

  private learn(subject: string, occurrence: Occurrence): void {
    if (!subjectIn(subject)) this.people.learn(subject, occurrence, this.present);
    else if (this.keyWorkers.isWatched(subject)) this.keyWorkers.watchlist.learn(subject, occurrence, this.present);
  }

  private async takeInNote(recorded: RecordedEvent): Promise<void> {
    const note = this.parked.unlessParked(recorded, () => tellingEventOf(this.options.prefix, recorded));
    const complete = note && this.tellings.on(note);
    if (note?.type !== 'TellingCompleted' || !complete) return;
    await this.moveOnTo(note.knownAt);
    // Whatever is decided from here on rests on the whole telling.
    this.progress = { ...this.progress, position: recorded.position };
    for (const id of complete.imports.ids) this.completions.set(id, this.present);
    const isPlayed = (prisonNumber: string) => complete.histories.some((people) => people.has(prisonNumber));
    for (const prisonNumber of complete.imports.people)
      if (!isPlayed(prisonNumber) && this.tellings.historyOf(prisonNumber) === undefined)
        await this.learnFrom(complete.imports.ids, prisonNumber);
    for (const told of complete.histories) {
      const [keyWorkers, people] = parted([...told], (one) => subjectIn(one) !== undefined);
      for (const keyWorker of keyWorkers) await this.learnFrom(complete.ids, keyWorker);
      if (people.length > 0) await this.play(new Set(people));
    }
  }

  private async learnFrom(tellings: ReadonlySet<string>, subject: string): Promise<void> {
    for (const event of await this.histories.of(subject))
      if (event.telling !== undefined && tellings.has(event.telling)) this.learn(subject, this.asKnown(subject, event));
  }

  /** What fell due before an event became known is decided first. Log time never goes back. */
  private async moveOnTo(knownAt: Instant): Promise<void> {
    if (knownAt > this.present) await this.settleThrough(knownAt - 1);
    this.passTo(Math.max(knownAt, this.present));
  }

  /**
   * Decides about people whose history was told, as if each event had been known when it was recorded; together about
   * those who have to do with each other. Whoever was merged into somebody else meanwhile was decided on without it: so
   * what was told of them is known from now on.
   */
  private async play(people: ReadonlySet<string>): Promise<void> {
    const told = await Promise.all(Array.from(people, (person) => this.countingOf(person)));
    this.played = new Map(Array.from(people, (prisonNumber) => [prisonNumber, []]));
    for (const late of this.people.forget(people, this.present)) this.lateHistories.set(late, this.present);
    for (const { prisonNumber, event } of told.flat().sort((a, b) => a.event.knownAt - b.event.knownAt)) {
      const known = Math.min(event.knownAt, this.present);
      const occurrence = this.asKnown(prisonNumber, event);
      await this.settleThrough(known - 1);
      this.played.get(prisonNumber)?.push(occurrence);
      this.people.learn(prisonNumber, occurrence, known);
    }
    await this.settleThrough(this.present - 1);
    this.played.clear();
  }

  /** Decides everything that is due at or before `t`, instant by instant. @throws StoreUnavailable */
  async settleThrough(t: Instant): Promise<void> {
    await this.decisions.carryOut();
    for (let due = this.due(t); due; due = this.due(t)) {
      await this.remindThrough(due.at - 1);
      this.decisions.add(await this.settle(due));
      await this.decisions.carryOutMany();
    }
    await this.remindThrough(t);
    await this.decisions.carryOut();
    this.progress = { ...this.progress, settledUntil: Math.max(t, this.settledUntil) };
  }

  /** Those about whom is decided: of one instant people, then those who have them, their prisons, and the feeds that tell of them. */
  get lists(): readonly Watchlist[] {
    return [this.people, this.keyWorkers.watchlist, this.prisons.watchlist, this.feeds];
  }

  /** Who, or what, is next. */
  private due(t: Instant): Due | undefined {
    let due: Due | undefined;
    for (const list of this.lists) due = list.due(due ? due.at - 1 : t) ?? due;
    return due;
  }

  /** Brings back what comes back at or before `t`. */
  private async remindThrough(t: Instant): Promise<void> {
    for (
      let one = await this.reminders.next(t, this.position);
      one;
      one = await this.reminders.next(t, this.position)
    ) {
      this.decisions.add([one]);
      await this.decisions.carryOutMany();
    }
  }

  /** Somebody who is known, worked out from all that has been read of them. @throws StoreUnavailable */
  async inFull(prisonNumber: string): Promise<Person | undefined> {
    const list = this.listOf(prisonNumber);
    return list.inFull(prisonNumber, await this.historyOf(list.concerning(prisonNumber)));
  }

  /** Those among whom somebody is, by their prison number or by the text that names a key worker, a prison or a feed. */
  listOf(prisonNumber: string): Watchlist {
    switch (subjectIn(prisonNumber)?.kind) {
      case undefined:
        return this.people;
      case 'key-worker':
        return this.keyWorkers.watchlist;
      case 'prison':
        return this.prisons.watchlist;
      case 'feed':
        return this.feeds;
    }
  }

  /**
   * By rule, how it was closed last, of somebody of whom an event was once set aside; none of anybody else.
   * @throws StoreUnavailable
   */
  async closesOf(prisonNumber: string): Promise<ReadonlyMap<string, SetLevel>> {
    const { present, position } = this;
    const people = this.listOf(prisonNumber);
    const numbers = people.concerning(prisonNumber);
    if (!numbers.some((number) => this.options.dropped?.people.has(number))) return new Map();
    const transitions = people.transitionsOf(prisonNumber, await this.historyOf(numbers), present);
    const commands = transitions.map((one) => commandOf(prisonNumber, one, position, this.options.days));
    const closes = commands.filter((command) => command.type === 'SetLevel' && command.level === 'none');
    return new Map(closes.map((close) => [close.rule, close]));
  }

  /**
   * What the rules say of somebody at `now`: a sentence for each rule whose alert stands then, by the id of the rule. Of one
   * that stands because nobody can know, which feed is silent.
   * @throws StoreUnavailable
   */
  async reasonsOf(prisonNumber: string, now: Instant): Promise<ReadonlyMap<string, string>> {
    const person = await this.asWatched(prisonNumber, now);
    const standing = (person?.standing(now) ?? []).filter(
      ({ because: { holds }, rule }) => holds !== false || rule.closesWhen !== undefined,
    );
    const { days } = this.options;
    return new Map(
      standing.map((one) => [
        one.rule.id,
        one.because.holds === 'unknown'
          ? this.silence.sayUnknown(one, this.present)
          : sayWhy({ ...one, at: now }, days),
      ]),
    );
  }

  /** Somebody as the rules see them, whether they watch them here or not; nobody of whom nothing is open. */
  private async asWatched(prisonNumber: string, now: Instant): Promise<Person | undefined> {
    const people = this.listOf(prisonNumber);
    const known = people.person(prisonNumber);
    if (known && !people.isWatched(prisonNumber))
      return people.elsewhere(prisonNumber, await this.historyOf(people.concerning(prisonNumber)), now);
    if (known?.open.size === 0) return undefined;
    return known instanceof Person ? known : await this.inFull(prisonNumber);
  }

  private async settle(due: Due): Promise<WatchCommand[]> {
    const { prisonNumber, at, numbers } = due;
    const history = due.needsHistory ? await this.historyOf(numbers) : undefined;
    await this.turns.did(1 + (history?.length ?? 0));
    const list = this.listOf(prisonNumber);
    const before = list.person(prisonNumber)?.prisonId;
    const transitions = list.settle(due, history);
    // A history that is told happens in the past; those who have the people, and their prisons, are decided about in the present.
    if (list === this.people)
      for (const others of [this.keyWorkers, this.prisons])
        others.follow(list, prisonNumber, Math.max(at, this.present));
    if (this.wasDone(at)) return [];
    if (transitions.length > 0) this.noteDelay(at);
    return [
      ...transitions.map((transition) => commandOf(prisonNumber, transition, this.position, this.options.days)),
      ...this.moves(due, before, transitions),
    ];
  }

  /** What falls due later than everything known is a deadline: nothing happened at that instant. */
  private noteDelay(at: Instant): void {
    if (at > this.present && this.lastTick !== undefined)
      this.options.fireDelays?.record(Math.max(0, this.lastTick - at) / 1000);
  }

  /** Open alerts follow a person whose prison changes while the stay goes on. */
  private moves({ prisonNumber, at }: Due, before: string | undefined, decided: readonly Transition[]): WatchCommand[] {
    const person = this.people.person(prisonNumber);
    const prisonId = person?.prisonId;
    if (!person || prisonId === undefined || prisonId === before) return [];
    const fresh = new Set(decided.filter(({ transition }) => transition === 'raised').map(({ rule }) => rule.id));
    return [...person.open.keys()]
      .filter((rule) => !fresh.has(rule))
      .map((rule) => ({ type: 'Move', rule, prisonNumber, prisonId, at: toIso(at), decidedOn: this.position }));
  }

  /** Everything that counts of somebody, under all these numbers. */
  private async historyOf(numbers: readonly string[]): Promise<Occurrence[]> {
    return (await Promise.all(numbers.map((prisonNumber) => this.toldUnder(prisonNumber)))).flat();
  }

  private async toldUnder(prisonNumber: string): Promise<readonly Occurrence[]> {
    const played = this.played.get(prisonNumber);
    if (played) return played;
    return (await this.countingOf(prisonNumber)).map(({ event }) => this.asKnown(prisonNumber, event));
  }

  private async countingOf(prisonNumber: string) {
    const events = await this.histories.of(prisonNumber);
    return events.filter(({ telling }) => !this.tellings.has(telling)).map((event) => ({ prisonNumber, event }));
  }

  private asKnown(prisonNumber: string, { occurrence, knownAt, telling = '' }: PastEvent): Occurrence {
    const counted = Math.max(
      this.completions.get(telling) ?? knownAt,
      this.lateHistories.get(prisonNumber) ?? -Infinity,
    );
    return counted === knownAt ? occurrence : { ...occurrence, knownAt: counted };
  }

  /** When events of some kind about somebody became known. */
  private async recordingsOf(prisonNumber: string, isMeant: (event: Occurrence) => boolean): Promise<Instant[]> {
    const numbers = this.listOf(prisonNumber).numbersOf(prisonNumber);
    const events = await Promise.all(numbers.map((number) => this.histories.of(number)));
    return events
      .flat()
      .filter(({ occurrence, telling }) => isMeant(occurrence) && !this.tellings.has(telling))
      .map(({ knownAt }) => knownAt);
  }

  /** Whether a decision for this instant, on what has been read so far, was in the log before this process began. */
  private wasDone(at: Instant): boolean {
    return at <= this.done.until && this.options.store.compare(this.position, this.done.position) <= 0;
  }
}

/** Those that are so, and those that are not. */
const parted = <T>(all: readonly T[], isSo: (one: T) => boolean): readonly [T[], T[]] => [
  all.filter(isSo),
  all.filter((one) => !isSo(one)),
];
