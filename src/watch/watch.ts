import { custodyStreamPrefixes, personStream } from '../custody/streams.js';
import { occurrenceOf } from '../custody/custody-event.js';
import { Turns } from '../custody/turns.js';
import { toIso, type Instant } from '../kernel/instant.js';
import type { LocalDays } from '../kernel/local-days.js';
import type { Plan } from '../kernel/plan.js';
import type { Transition } from '../kernel/transition.js';
import { Watchlist, type Due } from '../kernel/watchlist.js';
import type { AlertSummary } from '../safety-alerts/alert-summary.js';
import { Durations } from '../safety-alerts/durations.js';
import type { WatchCommand } from '../safety-alerts/safety-alert-commands.js';
import type { SafetyAlerts } from '../safety-alerts/safety-alerts.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { StoreUnavailable } from '../store/errors.js';
import { START, type EventStore, type Position, type RecordedEvent, type Subscription } from '../store/event-store.js';
import { Waterline } from '../store/waterline.js';
import { loadCheckpoint, saveCheckpoint, type WatchCheckpoint } from './checkpoint.js';
import { commandOf } from './decision.js';
import { Decisions } from './decisions.js';
import { historyOf } from './history.js';
import { ParkedEvents } from './parked-events.js';
import { differences } from './reconcile.js';

/** Between events the tick fires what is due up to now less this, so that an event on its way is not overtaken. */
const GRACE = 5_000;
/** Events known at one instant are decided on together: this long after it, the rest of them are in the log too. */
const SETTLING = 1_000;

/** In seconds: from what the grace makes of it to a day of standing still. */
const DELAYS = [5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

export interface WatchOptions {
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly alerts: SafetyAlerts;
  readonly plan: Plan;
  readonly days: LocalDays;
  readonly prefix: string;
  /** Every alert there is, as the log tells it, once it has been read to its end. */
  readonly everyAlert: () => Promise<readonly AlertSummary[]>;
}

/**
 * The process at the heart: reads custody events in log order, lets the kernel decide in log time, and makes the alerts
 * what they should be. Log time is the running maximum of `knownAt`; see architecture, decisions 1 to 4.
 */
export class Watch {
  readonly people: Watchlist;
  readonly parked = new ParkedEvents();
  /** How far the decisions reach. */
  readonly decided: Waterline;
  /** How long after it fell due what was decided on a deadline was decided, since this process looked first. */
  readonly fireDelays = new Durations(DELAYS);
  lastTick: Instant | undefined;
  /** Why the log cannot be followed just now. */
  failure: Error | undefined;
  caughtUp = false;

  private readonly decisions: Decisions;
  private readonly turns = new Turns();
  private subscription: Subscription | undefined;
  /** What earlier processes had done, and what this one has saved. */
  private done: WatchCheckpoint = { position: START, until: -Infinity };
  private saved = this.done;
  /** The last event taken in. */
  private position: Position = START;
  /** There is nothing for the watch up to here but what it has taken in. */
  private readTo: Position = START;
  /** Log time. */
  private present: Instant = -Infinity;
  private settledUntil: Instant = -Infinity;
  private healed = false;

  constructor(private readonly options: WatchOptions) {
    this.people = new Watchlist(options.plan, options.days);
    this.decisions = new Decisions(options.alerts);
    this.decided = new Waterline((a, b) => options.store.compare(a, b));
  }

  /** Begins to follow the log; what was decided before the checkpoint is worked out again, and not sent again. */
  async start(): Promise<void> {
    const { store, checkpoints } = this.options;
    const done = await loadCheckpoint(checkpoints);
    // A log that is shorter than the checkpoint was put back from a backup: what was done after it is not in it.
    if (store.compare(done.position, await store.end()) <= 0) this.done = done;
    this.follow();
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
    await this.inTurn(() => this.save());
  }

  /**
   * Time has moved on to `now`: what is due by then, less a grace, is decided, once the log has been read to its end. A
   * log that could not be followed is followed again.
   */
  async tick(now: Instant): Promise<void> {
    this.lastTick = now;
    try {
      if (!this.subscription) this.follow();
      if (!this.caughtUp) return;
      await this.inTurn(() => this.catchUpWith(now));
      this.failure = undefined;
    } catch (error) {
      this.failure = asError(error);
    }
  }

  private follow(): void {
    const { store, prefix } = this.options;
    const filter = { streamPrefixes: custodyStreamPrefixes(prefix) };
    const subscription = store.subscribeToAll({ after: this.position, filter }, async (message) => {
      this.caughtUp = message.kind === 'caught-up';
      if (message.kind === 'event') await this.inTurn(() => this.takeIn(message.event));
      else if (message.kind === 'caught-up') this.readTo = message.position;
      this.failure =
        message.kind === 'interrupted' ? new StoreUnavailable('The log cannot be followed just now.') : undefined;
    });
    this.subscription = subscription;
    this.caughtUp = false;
    subscription.ended.then(
      () => undefined,
      (error: unknown) => {
        this.failure = asError(error);
        this.subscription = undefined;
      },
    );
  }

  private async takeIn(recorded: RecordedEvent): Promise<void> {
    const stored = this.parked.unlessUnreadable(recorded);
    if (stored) {
      const known = Math.max(stored.knownAtMs, this.present);
      if (known > this.present) await this.settleThrough(known - 1);
      this.present = known;
      const { prisonNumber } = stored.event;
      if (prisonNumber !== undefined) this.people.learn(prisonNumber, occurrenceOf(stored.event), known);
    }
    this.position = recorded.position;
    this.readTo = recorded.position;
  }

  private async catchUpWith(now: Instant): Promise<void> {
    // Log time does not go back with a clock that was set back: what is known is decided on all the same.
    if (this.present <= now - SETTLING || this.present > now) await this.settleThrough(this.present);
    if (this.present < now - GRACE) {
      await this.settleThrough(now - GRACE);
      this.present = now - GRACE;
    }
    // Before that, on a clock that was set back, what the log has decided on last would be decided once more.
    if (!this.healed && this.settledUntil >= this.present) await this.heal();
    await this.save();
  }

  /** Makes what is open what should be open, once after each start (architecture, decision 1). */
  private async heal(): Promise<void> {
    const moment = { present: this.present, decidedOn: this.position, days: this.options.days };
    const commands = differences(this.people, await this.options.everyAlert(), moment);
    this.decisions.add(commands.filter((command) => !this.waitsForParked(command)));
    await this.decisions.carryOut();
    this.healed = true;
  }

  private waitsForParked(command: WatchCommand): boolean {
    const closes = command.type === 'SetLevel' && command.level === 'none';
    return closes && this.parked.concerns(personStream(this.options.prefix, command.prisonNumber));
  }

  /** Decides everything that is due at or before `t`, instant by instant. */
  private async settleThrough(t: Instant): Promise<void> {
    await this.decisions.carryOut();
    for (let due = this.people.due(t); due; due = this.people.due(t)) {
      this.decisions.add(await this.settle(due));
      if (this.decisions.count >= 200) await this.decisions.carryOut();
    }
    await this.decisions.carryOut();
    this.settledUntil = Math.max(t, this.settledUntil);
    if (t >= this.present) this.decided.rise(this.readTo);
  }

  private async settle(due: Due): Promise<WatchCommand[]> {
    const { store, prefix, days } = this.options;
    const { prisonNumber, at } = due;
    const history = due.needsHistory
      ? await historyOf(store, prefix, prisonNumber, this.position, this.parked)
      : undefined;
    const before = this.people.person(prisonNumber)?.prisonId;
    const transitions = this.people.settle(due, history);
    if (this.wasDone(at)) return [];
    if (transitions.length > 0) this.noteDelay(at);
    return [
      ...transitions
        .filter((transition) => !this.parked.holdsBack(personStream(prefix, prisonNumber), transition))
        .map((transition) => commandOf(prisonNumber, transition, this.position, days)),
      ...this.moves(prisonNumber, at, before, transitions),
    ];
  }

  /** What falls due after all that is known is a deadline: nothing has happened at that instant. */
  private noteDelay(at: Instant): void {
    if (at > this.present && this.lastTick !== undefined)
      this.fireDelays.record(Math.max(0, this.lastTick - at) / 1000);
  }

  /** Open alerts follow a person whose prison changes while the stay goes on. */
  private moves(prisonNumber: string, at: Instant, before: string | undefined, raised: Transition[]): WatchCommand[] {
    const person = this.people.person(prisonNumber);
    const prisonId = person?.prisonId;
    if (!person || prisonId === undefined || prisonId === before) return [];
    const fresh = new Set(raised.filter(({ transition }) => transition === 'raised').map(({ rule }) => rule.id));
    return [...person.open.keys()]
      .filter((rule) => !fresh.has(rule))
      .map((rule) => ({ type: 'Move', rule, prisonNumber, prisonId, at: toIso(at), decidedOn: this.position }));
  }

  /** Whether what falls at this instant, on what has been read so far, was in the log before this process began. */
  private wasDone(at: Instant): boolean {
    return at <= this.done.until && this.options.store.compare(this.position, this.done.position) <= 0;
  }

  private async save(): Promise<void> {
    const checkpoint = { position: this.position, until: this.settledUntil };
    const replaying = this.options.store.compare(this.position, this.done.position) < 0;
    const same = checkpoint.position === this.saved.position && checkpoint.until === this.saved.until;
    if (replaying || same || this.decisions.count > 0 || checkpoint.until === -Infinity) return;
    await saveCheckpoint(this.options.checkpoints, checkpoint);
    this.saved = checkpoint;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.take('watch', work);
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
