import { Logger } from '@nestjs/common';
import { firstValueFrom, fromEvent, merge, Subject } from 'rxjs';
import { NotCaughtUp, StoreUnavailable } from './errors.js';
import type { Clock } from './clock.js';
import type { EventFilter, EventStore, Json, Position, RecordedEvent } from './event-store.js';
import type { Subscription, SubscriptionMessage } from './event-store.js';
import type { Snapshot } from './snapshot-store.js';
import type { Snapshots } from './snapshots.js';
import type { Waterline } from './waterline.js';
import { asError, codeOf } from '../prison/errors.js';

/** What is kept in memory of the log. */
export interface LogModel {
  /** For whoever runs the service: what stands still when the log cannot be followed. */
  readonly name: string;
  /** What of the log; all of it, where it is missing. */
  readonly filter?: EventFilter;
  /** How far the log has been taken in; each event that was taken in raises it. */
  readonly read: Waterline;
  /** Takes in the next event, or leaves everything as it was and throws: then the event comes again. */
  readonly takeIn: (event: RecordedEvent) => Promise<void> | void;
  /** The end has been reached, and there is nothing more up to this position: does what was left for then. */
  readonly settle?: (end: Position) => Promise<void> | void;
  /** Where it can be written down, so that a start need not read the whole log. */
  readonly writing?: SnapshotWriter;
}

/** How something that is kept of the log is written down, and taken up by another process. */
interface SnapshotWriter {
  readonly snapshots: Snapshots;
  readonly clock: Clock;
  /** Nothing while it cannot be. */
  readonly memory: () => Iterable<Json> | undefined;
  /** Takes up what was written down, and raises `read`, as if the log had been read up to there. */
  readonly recall: (snapshot: Snapshot) => void;
}

/**
 * Follows the log for something that is kept in memory of it. Where the subscription ends by itself, the next tick follows
 * again, from the last event that was taken in: nothing is dropped, and nothing comes twice.
 */
export class LogFollower {
  private readonly logger = new Logger(LogFollower.name);
  private readonly settled = new Subject<void>();
  private brokenOff = new AbortController();
  private subscription: Subscription | undefined;
  private isStopped = false;
  private trouble: Error | undefined;
  private hasCaughtUp = false;
  private seesTheEnd = false;

  constructor(
    private readonly store: EventStore,
    private readonly kept: LogModel,
  ) {}

  /** Why the log cannot be followed just now: there may be more in it than what has been taken in, and nobody knows. */
  get failure(): Error | undefined {
    return this.trouble;
  }

  /** Whether all that was in the log has once been taken in. */
  get caughtUp(): boolean {
    return this.hasCaughtUp;
  }

  /** Whether all that is in the log has been taken in, as far as is known just now. */
  get isAtTheEnd(): boolean {
    return this.seesTheEnd;
  }

  /** Takes up what was written down last, and follows from there; without any, from the start of the log. */
  async start(): Promise<void> {
    const { writing } = this.kept;
    const snapshot = await writing?.snapshots.load();
    if (snapshot) writing?.recall(snapshot);
    this.follow();
  }

  follow(): void {
    const { filter, read } = this.kept;
    this.subscription = this.store.subscribeToAll({ after: read.position, ...(filter && { filter }) }, (message) =>
      this.hear(message),
    );
    this.subscription.ended.catch((error: unknown) => {
      this.fail(asError(error));
    });
  }

  /** Time has moved on: a log that could not be followed is followed again. */
  tick(): void {
    if (!this.subscription && !this.isStopped) this.follow();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.brokenOff.abort();
    this.settled.next();
    await this.subscription?.stop();
  }

  /** Waits for the end of the log, where it never was reached; false when it cannot be, is not any more, or not before the signal. */
  async untilCaughtUp(signal?: AbortSignal): Promise<boolean> {
    const isToWait = !this.hasCaughtUp && !this.trouble && !this.isStopped && !signal?.aborted;
    if (isToWait) await firstValueFrom(signal ? merge(this.settled, fromEvent(signal, 'abort')) : this.settled);
    return this.hasCaughtUp;
  }

  /**
   * Whether all that is in the log by now has been taken in: waits for it, unless the end was never reached or the log
   * cannot be followed. To have been at the end is not enough, as another process may have written since; and to be there
   * just now is not needed, as under load nobody ever is.
   * @throws StoreUnavailable when the log does not say where it ends
   */
  async hasReadToTheEnd(): Promise<boolean> {
    if (!this.hasCaughtUp || this.trouble) return false;
    const { signal } = this.brokenOff;
    const end = await this.store.end();
    try {
      await this.kept.read.reached(end, signal);
      return true;
    } catch (error) {
      if (error instanceof NotCaughtUp) return false;
      throw error;
    }
  }

  private async hear(message: SubscriptionMessage): Promise<void> {
    const { read, takeIn, settle, writing } = this.kept;
    this.seesTheEnd = false;
    if (message.kind === 'interrupted') {
      this.trouble = new StoreUnavailable('The log cannot be followed just now.');
      this.breakOff();
      return;
    }
    if (message.kind === 'event') {
      await takeIn(message.event);
      writing?.snapshots.passed(message.event);
    } else {
      await settle?.(message.position);
      read.rise(message.position);
    }
    this.trouble = undefined;
    if (message.kind === 'caught-up') await this.tellTheEnd();
  }

  private async tellTheEnd(): Promise<void> {
    this.seesTheEnd = true;
    this.hasCaughtUp = true;
    this.settled.next();
    const { writing } = this.kept;
    await writing?.snapshots.takeIfDue(writing.clock.now(), writing.memory);
  }

  /** Told once, and by its code: the message may name a stream, and with it a person. */
  private fail(error: Error): void {
    if (!this.trouble) this.logger.error(`${this.kept.name} stand still: ${codeOf(error)}. Trying again.`);
    this.trouble = error;
    this.subscription = undefined;
    this.seesTheEnd = false;
    this.breakOff();
    this.settled.next();
  }

  /** Nobody need wait any more for the log to be read further. */
  private breakOff(): void {
    this.brokenOff.abort();
    this.brokenOff = new AbortController();
  }
}
