import { aboutOf } from '../prison/alert-subject.js';
import { Logger } from '@nestjs/common';
import { toldStreamPrefixes } from '../custody/streams.js';
import { Queues } from '../store/queues.js';
import type { NotWatched } from '../kernel/coverage.js';
import type { Instant } from '../prison/instant.js';
import type { Headcount } from '../kernel/headcount.js';
import type { Watchlist } from '../kernel/watchlist.js';
import { Durations } from '../safety-alerts/figures/durations.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Position, RecordedEvent } from '../store/event-store.js';
import { LogFollower } from '../store/log-follower.js';
import type { SnapshotStore } from '../store/snapshot-store.js';
import type { Snapshots } from '../store/snapshots.js';
import { Waterline } from '../store/waterline.js';
import { type CheckpointTerms, loadCheckpoint, saveCheckpoint, type WatchCheckpoint } from './checkpoint.js';
import { Reckoning } from './reckoning.js';
import type { LogTime, LogTimeOptions } from './log-time.js';
import { partsOf, takeUp } from './log-time-snapshot.js';
import type { ParkedEvents } from './parked-events.js';
import type { SilentFeed } from './silent-feeds.js';
import { EVERYBODY, includes } from './partition.js';
import { differences } from './reconcile.js';
import type { RuleSet } from './rule-set.js';
import { asError } from '../prison/errors.js';

/** Between events the tick decides what was due this long ago, so that an event on its way is not overtaken. */
const GRACE = 5_000;
/** Events known at one instant are decided on together: this long after it, all of them are in the log. */
const SETTLING = 1_000;
/** In seconds: from the grace alone to a day of standing still. */
const DELAYS = [5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

const NONE_LEFT_OUT: ReadonlyMap<string, NotWatched> = new Map();

export interface WatchOptions extends LogTimeOptions, CheckpointTerms {
  readonly checkpoints: CheckpointStore;
  /** Without any, every start reads the log from its beginning. */
  readonly snapshots?: SnapshotStore | undefined;
}

/**
 * The heart of the service: follows the log, has {@link LogTime} decide on it, moves time on with the clock, and after
 * each start makes the alerts what they should be. See decisions 0003, 0004 and 0010.
 */
export class Watch {
  /** How far the decisions reach. */
  readonly decided: Waterline;
  /** How long after a deadline fell due it was decided on, since this process first looked at the clock. */
  readonly fireDelays = new Durations(DELAYS);

  private reckoning: Reckoning;
  private readonly queues = new Queues();
  /** Up to here the watch has taken in everything that concerns it. */
  private readonly read: Waterline;
  private readonly follower: LogFollower;
  private saved: WatchCheckpoint | undefined;
  private trouble: Error | undefined;
  private begun = false;
  private healed = false;

  constructor(private readonly options: WatchOptions) {
    const { store, prefix } = options;
    this.reckoning = new Reckoning(options, { ...options, fireDelays: this.fireDelays });
    this.decided = new Waterline((a, b) => store.compare(a, b));
    this.read = new Waterline((a, b) => store.compare(a, b));
    this.follower = new LogFollower(store, {
      name: 'The decisions of the watch',
      filter: { streamPrefixes: toldStreamPrefixes(prefix) },
      read: this.read,
      takeIn: (event) => this.inTurn(() => this.takeIn(event)),
    });
  }

  /** Why the watch stands still just now. */
  get failure(): Error | undefined {
    return this.trouble ?? this.follower.failure;
  }

  /** Whether the log has been read to its end once. */
  get caughtUp(): boolean {
    return this.follower.caughtUp;
  }

  /** Whether the log has been read to its end, as far as is known just now. */
  get isAtTheEnd(): boolean {
    return this.follower.isAtTheEnd;
  }

  private get logTime(): LogTime {
    return this.reckoning.logTime;
  }

  private get snapshots(): Snapshots {
    return this.reckoning.snapshots;
  }

  /** The rules by which it decides now: whoever speaks of rules asks here, since they may become others ({@link goBy}). */
  get rules(): RuleSet {
    return this.reckoning.rules;
  }

  get people(): Watchlist {
    return this.logTime.people;
  }

  /** How many people each prison holds, and for how many people, key workers and feeds something is awaited. */
  get census(): Pick<Headcount, 'byPrison' | 'armedByRule'> {
    const now = () => this.logTime;
    return {
      get byPrison() {
        return now().people.headcount.byPrison;
      },
      get armedByRule() {
        return new Map(now().lists.flatMap(({ headcount }) => [...headcount.armedByRule]));
      },
    };
  }

  /**
   * Prison numbers of those whom a key worker has, by the text that names them. None while the log is read for the first
   * time.
   */
  peopleOf(keyWorker: string): readonly string[] {
    return this.caughtUp ? this.logTime.keyWorkers.peopleOf(keyWorker) : [];
  }

  /** Log time, as far as the log has been read. */
  get present(): Instant {
    return this.logTime.present;
  }

  get lastTick(): Instant | undefined {
    return this.logTime.lastTick;
  }

  /** How many tellings have brought events and are not complete: their events do not count yet. */
  get openTellings(): number {
    return this.logTime.tellings.count;
  }

  /** The feeds that are silent just now, by prison, and the ids of the rules that wait for each. */
  get silentFeeds(): readonly SilentFeed[] {
    return this.logTime.silentFeeds;
  }

  /** How many events have come of silent feeds, and do not count before these are heard again. */
  get heldEvents(): number {
    return [...this.heldByPrison.values()].reduce((sum, held) => sum + held, 0);
  }

  /** The same, by prison; 0 where some waited once. */
  get heldByPrison(): ReadonlyMap<string, number> {
    return this.logTime.heldByPrison;
  }

  /** By prison: the rules that cannot be watched there, as nobody tells of what it takes. */
  get notWatched(): ReadonlyMap<string, NotWatched> {
    return this.rules.notWatched ?? NONE_LEFT_OUT;
  }

  get parked(): ParkedEvents {
    return this.logTime.parked;
  }

  /**
   * One sentence for each rule that is true of somebody at an instant, by the id of the rule. None for people who are
   * not watched here, nor while the log is read for the first time.
   * @throws StoreUnavailable
   */
  async reasonsOf(prisonNumber: string, now: Instant): Promise<ReadonlyMap<string, string>> {
    return this.caughtUp ? this.logTime.reasonsOf(prisonNumber, now) : new Map();
  }

  /**
   * Waits until all that is in the log by now has been taken in, and so decided on but for what became known last; false
   * where the log cannot be followed just now, or was never read to its end.
   * @throws StoreUnavailable when the log does not say where it ends
   */
  hasReadToTheEnd(): Promise<boolean> {
    return this.follower.hasReadToTheEnd();
  }

  /**
   * Begins to follow the log. What was decided before the checkpoint is worked out again, but not sent again. A log that
   * is away just now is a {@link failure}; each tick tries again.
   */
  async start(): Promise<void> {
    try {
      await this.begin();
    } catch (error) {
      this.trouble = asError(error);
    }
  }

  async stop(): Promise<void> {
    await this.follower.stop();
    await this.inTurn(() => this.save());
  }

  /**
   * Time has moved on to `now`. Once everything that is in the log has been read, what was due by `now`, less a grace,
   * is decided. A log that could not be followed is tried again.
   */
  async tick(now: Instant): Promise<void> {
    this.logTime.tick(now);
    try {
      await this.begin();
      // Other clocks may be ahead, but not by so much. Asked before the log is read on: what comes meanwhile is later
      // than `now`.
      const wasSetBack = this.logTime.present > now + GRACE;
      if (await this.hasReadToTheEnd()) await this.inTurn(() => this.catchUpWith(now, wasSetBack));
      this.trouble = undefined;
    } catch (error) {
      this.trouble = asError(error);
    }
  }

  /**
   * From now on decides by other rules, as after a start with them (decision 0046).
   * They are worked out beside those that go on meanwhile, and take over between two events; the next tick makes what is
   * open what they ask for. Where it throws, nothing has changed. One change at a time.
   * @returns whether they decide anything otherwise
   * @throws StoreUnavailable, StoreUnreadable
   */
  async goBy(rules: RuleSet): Promise<boolean> {
    if (this.reckoning.isSameBy(rules)) {
      this.reckoning.rules = rules;
      return false;
    }
    const next = new Reckoning(rules, { ...this.options, fireDelays: this.fireDelays });
    try {
      const { position } = this.logTime;
      // What has been read so far is decided on already, whatever the rules before made of it.
      next.logTime.leaveOut({ position, until: Infinity });
      await next.readOn(position);
      await this.inTurn(() => this.changeTo(next));
      return true;
    } catch (error) {
      next.logTime.retire();
      throw error;
    }
  }

  /** The rest of what has been read; then they take over, as if an earlier process had decided by the rules before. */
  private async changeTo(next: Reckoning): Promise<void> {
    const { logTime, doneByNow } = this;
    await logTime.decisions.carryOut();
    await this.save();
    next.logTime.leaveOut(doneByNow);
    await next.readOn(logTime.position);
    if (logTime.lastTick !== undefined) next.logTime.tick(logTime.lastTick);
    this.reckoning = next;
    this.saved = undefined;
    this.healed = false;
    logTime.retire();
  }

  /** Follows the log, unless it does already. */
  private async begin(): Promise<void> {
    if (!this.begun) await this.inTurn(() => this.takeUp());
    this.follower.tick();
  }

  /** Goes on from where earlier processes left off. */
  private async takeUp(): Promise<void> {
    if (this.begun) return;
    const { store, checkpoints } = this.options;
    const done = await loadCheckpoint(checkpoints, this.options);
    // A log that is shorter than the checkpoint was restored from a backup: it lacks what was done after that.
    if (store.compare(done.position, await store.end()) <= 0) this.logTime.leaveOut(done);
    const snapshot = await this.snapshots.load();
    if (snapshot) takeUp(this.logTime, snapshot);
    this.read.rise(this.logTime.position);
    this.begun = true;
  }

  private async takeIn(recorded: RecordedEvent): Promise<void> {
    const { present } = this.logTime;
    await this.logTime.takeIn(recorded);
    // Everything known before has been decided on.
    if (this.logTime.present > present) this.decided.rise(this.read.position);
    this.read.rise(recorded.position);
    this.snapshots.passed(recorded);
  }

  private async catchUpWith(now: Instant, wasSetBack: boolean): Promise<void> {
    const { logTime } = this;
    // Log time does not go back when a clock is set back: what is known is decided on all the same.
    if (logTime.present <= now - SETTLING || wasSetBack) await this.settleThrough(logTime.present);
    if (logTime.present < now - GRACE) {
      await this.settleThrough(now - GRACE);
      logTime.passTo(now - GRACE);
    }
    // On a clock that was set back, healing earlier would decide once more what the log decided on last.
    if (!this.healed && logTime.settledUntil >= logTime.present) await this.heal();
    await this.save();
    if (this.healed) await this.snapshots.takeIfDue(now, () => partsOf(logTime));
  }

  private async settleThrough(t: Instant): Promise<void> {
    await this.logTime.settleThrough(t);
    this.decided.rise(this.read.position);
  }

  /** Makes what is open what should be open, once after each start (decision 0003). */
  private async heal(): Promise<void> {
    const { present, position: decidedOn, lists, decisions, done } = this.logTime;
    const { days, partition = EVERYBODY, everyAlert } = this.options;
    const alerts = (await everyAlert()).filter((alert) => includes(partition, aboutOf(alert)));
    const inFull = (prisonNumber: string) => this.logTime.inFull(prisonNumber);
    const closesOf = (prisonNumber: string) => this.logTime.closesOf(prisonNumber);
    const moment = { present, decidedUntil: done.until, decidedOn, days };
    const corrections = await differences({ lists, inFull, closesOf }, alerts, moment);
    tellCorrections(corrections);
    decisions.add(corrections);
    await decisions.carryOut();
    this.healed = true;
  }

  /** How far everything is decided on, by this process or by earlier ones. */
  private get doneByNow(): WatchCheckpoint {
    const { position, settledUntil: until, done } = this.logTime;
    return this.compare(position, done.position) < 0 || until < done.until ? done : { position, until };
  }

  private async save(): Promise<void> {
    const { settledUntil: until, done, decisions } = this.logTime;
    const { compare } = this;
    const replaying = compare(this.read.position, done.position) < 0;
    // What was decided on last may have been dropped since: then no event stands there any more.
    const position = compare(this.logTime.position, done.position) < 0 ? done.position : this.logTime.position;
    const { position: before, until: untilBefore } = this.saved ?? done;
    // Of the same events as much was decided on before: by the rules before, where others have taken over.
    const same = position === before && until <= untilBefore;
    if (replaying || same || decisions.count > 0 || until === -Infinity) return;
    const checkpoint = { position, until };
    await saveCheckpoint(this.options.checkpoints, checkpoint, this.options);
    this.saved = checkpoint;
  }

  private readonly compare = (a: Position, b: Position): number => this.options.store.compare(a, b);

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.queues.run('watch', work);
  }
}

/** Whoever changes a log so that alerts close or open must not go unnoticed because a start makes it good. */
const tellCorrections = (corrections: readonly WatchCommand[]): void => {
  if (corrections.length === 0) return;
  const closed = corrections.filter((command) => command.type === 'SetLevel' && command.level === 'none').length;
  new Logger('Watch').warn(
    `What was open is not what the log and the rules ask for, and was set right: ${corrections.length - closed} safety ` +
      `alerts raised or changed, ${closed} closed. That is ordinary after a change of rules, and where an event was ` +
      `dropped or is read again; otherwise look into it, with ` +
      '"custody-watch verify --log".',
  );
};
