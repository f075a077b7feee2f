import { occurrenceOf } from '../custody/custody-event.js';
import { PersonStreams } from '../custody/person-streams.js';
import { toIso, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Person } from '../kernel/person.js';
import type { Plan } from '../kernel/plan.js';
import type { Transition } from '../kernel/transition.js';
import { Watchlist, type Due } from '../kernel/watchlist.js';
import { Durations } from '../safety-alerts/figures/durations.js';
import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { SafetyAlerts } from '../safety-alerts/alert/safety-alerts.js';
import { START, type EventStore, type Position, type RecordedEvent } from '../store/event-store.js';
import { NOTHING_DONE, type WatchCheckpoint } from './checkpoint.js';
import { commandOf } from './decision.js';
import { Decisions } from './decisions.js';
import { ParkedEvents } from './parked-events.js';
import { EVERYBODY, includes, type Partition } from './partition.js';

/** In seconds: from what the grace makes of it to a day of standing still. */
const DELAYS = [5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

export interface LogTimeOptions {
  readonly store: EventStore;
  readonly alerts: SafetyAlerts;
  readonly plan: Plan;
  readonly days: LocalDays;
  readonly prefix: string;
  /** Whom the rules watch here; everybody, where it is missing. Of the others it is only known where they are. */
  readonly partition?: Partition | undefined;
}

/**
 * What has been read of the log, and what was decided on it: custody events in log order, with everything that fell due in
 * between, in log time. That is the running maximum of `knownAt`, so that it is the same in every instance, after every
 * start and in every replay (decision 0004).
 */
export class LogTime {
  readonly people: Watchlist;
  readonly parked: ParkedEvents;
  readonly decisions: Decisions;
  /** The last event taken in. */
  position: Position = START;
  present: Instant = -Infinity;
  /** Everything that is due by then has been decided on. */
  settledUntil: Instant = -Infinity;
  /** How long after it fell due what was decided on a deadline was decided, since this process looked first. */
  readonly fireDelays = new Durations(DELAYS);
  /** When the clock was looked at last. */
  lastTick: Instant | undefined;
  /** What earlier processes had done. */
  done: WatchCheckpoint = NOTHING_DONE;

  private readonly streams: PersonStreams;

  constructor(private readonly options: LogTimeOptions) {
    const { store, plan, days, partition = EVERYBODY, alerts, prefix } = options;
    this.streams = new PersonStreams(store, prefix);
    this.people = new Watchlist(plan, days, (prisonNumber) => includes(partition, prisonNumber));
    this.parked = new ParkedEvents(prefix);
    this.decisions = new Decisions(alerts, this.parked);
  }

  /** Takes in the next event, once what fell due before it was known is decided. @throws StoreUnavailable */
  async takeIn(recorded: RecordedEvent): Promise<void> {
    const stored = this.parked.unlessUnreadable(recorded);
    if (stored) {
      const known = Math.max(stored.knownAtMs, this.present);
      if (known > this.present) await this.settleThrough(known - 1);
      this.present = known;
      const { prisonNumber } = stored.event;
      if (prisonNumber !== undefined) this.people.learn(prisonNumber, occurrenceOf(stored.event), known);
    }
    this.position = recorded.position;
  }

  /** Decides everything that is due at or before `t`, instant by instant. @throws StoreUnavailable */
  async settleThrough(t: Instant): Promise<void> {
    await this.decisions.carryOut();
    for (let due = this.people.due(t); due; due = this.people.due(t)) {
      this.decisions.add(await this.settle(due));
      await this.decisions.carryOutMany();
    }
    await this.decisions.carryOut();
    this.settledUntil = Math.max(t, this.settledUntil);
  }

  /** Somebody who is known, as all that has been read of them says. @throws StoreUnavailable */
  async inFull(prisonNumber: string): Promise<Person | undefined> {
    return this.people.inFull(prisonNumber, await this.historyOf(prisonNumber));
  }

  private async settle(due: Due): Promise<WatchCommand[]> {
    const { prisonNumber, at } = due;
    const history = due.needsHistory ? await this.historyOf(prisonNumber) : undefined;
    const before = this.people.person(prisonNumber)?.prisonId;
    const transitions = this.people.settle(due, history);
    if (this.wasDone(at)) return [];
    if (transitions.length > 0) this.noteDelay(at);
    return [
      ...transitions.map((transition) => commandOf(prisonNumber, transition, this.position, this.options.days)),
      ...this.moves(due, before, transitions),
    ];
  }

  /** What falls due after all that is known is a deadline: nothing has happened at that instant. */
  private noteDelay(at: Instant): void {
    if (at > this.present && this.lastTick !== undefined)
      this.fireDelays.record(Math.max(0, this.lastTick - at) / 1000);
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

  private historyOf(prisonNumber: string): Promise<Occurrence[]> {
    return this.streams.historyOf(prisonNumber, this.position);
  }

  /** Whether what falls at this instant, on what has been read so far, was in the log before this process began. */
  private wasDone(at: Instant): boolean {
    return at <= this.done.until && this.options.store.compare(this.position, this.done.position) <= 0;
  }
}
