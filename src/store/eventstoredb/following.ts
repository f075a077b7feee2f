import { ServerUnavailable, StoreUnavailable } from '../errors.js';
import type { EventFilter, Position, Subscription, SubscriptionMessage } from '../event-store.js';
import { CAUGHT_UP, type Arrivals } from './arrivals.js';
import { isTooSlow } from './client-errors.js';
import { pause } from './deadline.js';
import { HandlerFailed, Listener } from './listener.js';
import { pauseAfter, type Pacing } from './pacing.js';
import { comparePlaces, placeOf, positionOf, type ServerPlace } from './positions.js';
import type { ServerMessage } from './server-client.js';
import { eventIn, type ServerLog } from './server-log.js';

export interface FollowingOptions {
  readonly after: Position;
  readonly filter: EventFilter;
  /** Every stream of this log: what is followed once the end has been reached. */
  readonly everything: EventFilter;
  readonly pacing: Pacing;
}

/**
 * Follows the log, again and again from the event that was handled last, whatever ends it. First only what passes the
 * filter is read, up to the end as it was before; then everything of this log, so that every event says how far the log
 * has been followed. How far that is, is counted from what was handled, never from what the server says.
 */
export class Following implements Subscription {
  readonly ended: Promise<void>;
  private readonly stopping = new AbortController();
  private arrivals: Arrivals<ServerMessage> | undefined;
  private at: ServerPlace = { commit: 0n, prepare: 0n };
  private failures = 0;
  private isLive = false;
  private isToLookAgain = false;
  /** As far as somebody has found that the log goes. */
  private target: ServerPlace | undefined;
  private readonly listener: Listener;

  constructor(
    private readonly log: ServerLog,
    private readonly options: FollowingOptions,
    handle: (message: SubscriptionMessage) => Promise<void> | void,
    over: () => void,
  ) {
    this.listener = new Listener(handle);
    this.ended = this.run().finally(over);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.arrivals?.finish();
    await Promise.allSettled([this.ended]); // an error is for whoever watches `ended`
  }

  /**
   * Somebody has found that the log goes up to here. Where nothing comes any more although it does, because others wrote
   * it or because the server has forgotten this subscriber, the log is read up to there.
   */
  lookUpTo(end: Position): void {
    this.target = placeOf(end);
    if (this.isLive && this.arrivals?.isWaiting) this.lookAgainIfBehind();
  }

  private lookAgainIfBehind(): void {
    if (!this.target || !this.listener.isBehind(this.target)) return;
    this.isToLookAgain = true;
    this.arrivals?.finish();
  }

  private async run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve)); // the caller holds the subscription before its first message
    this.at = placeOf(this.options.after);
    try {
      while (!this.hasStopped()) await this.untilItFails();
    } catch (error) {
      throw error instanceof HandlerFailed ? error.cause : error;
    }
  }

  private async untilItFails(): Promise<void> {
    try {
      await this.catchUp();
      await this.goOn();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await this.listener.isInterrupted();
      if (isTooSlow(error)) return;
      this.failures += 1;
      await pause(pauseAfter(this.failures, this.options.pacing), this.stopping.signal);
    }
  }

  /** Hands over what passes the filter up to the end, and says so. */
  private async catchUp(): Promise<void> {
    const end = placeOf(await this.log.endAfter(positionOf(this.at)));
    const { filter, pacing } = this.options;
    for await (const message of this.follow(filter, pacing.patience)) {
      if (this.hasStopped()) return;
      if (message === CAUGHT_UP) {
        this.failures = 0;
        if (comparePlaces(end, this.at) > 0) this.at = end;
        await this.tellCaughtUp();
        return;
      }
      await this.takeIn(message);
    }
    this.mustNotHaveEnded();
  }

  /**
   * Hands over what comes, and says each time that all there is has been handed over. In a long silence the server is
   * asked where the log ends: one that is frozen does not answer, and one that has forgotten us has more.
   */
  private async goOn(): Promise<void> {
    if (this.hasStopped()) return;
    const { everything, pacing } = this.options;
    const arrivals = this.follow(everything, pacing.silence, async () => {
      this.lookUpTo(await this.log.end());
    });
    this.isLive = true;
    try {
      for await (const message of arrivals) {
        if (this.hasStopped()) return;
        if (message !== CAUGHT_UP) await this.takeIn(message);
        if (!arrivals.isEmpty) continue;
        await this.tellCaughtUp();
        this.lookAgainIfBehind(); // who asked while something was handled, asked in vain
      }
    } finally {
      this.isLive = false;
    }
    if (!this.isToLookAgain) this.mustNotHaveEnded();
    this.isToLookAgain = false;
  }

  private follow(filter: EventFilter, patience: number, inSilence?: () => Promise<void>): Arrivals<ServerMessage> {
    this.arrivals = this.log.follow(positionOf(this.at), filter, patience, inSilence);
    return this.arrivals;
  }

  private mustNotHaveEnded(): void {
    if (!this.hasStopped()) throw new ServerUnavailable('The event server has ended a subscription.');
  }

  private async takeIn(message: ServerMessage): Promise<void> {
    const place = message.event?.position;
    if (!place || comparePlaces(place, this.at) <= 0) return; // the server may repeat itself
    const event = eventIn(message);
    if (event) await this.listener.hears(event, this.options.filter);
    this.at = place;
  }

  private async tellCaughtUp(): Promise<void> {
    if (!this.hasStopped()) await this.listener.hasCaughtUp(this.at);
  }

  private hasStopped(): boolean {
    return this.stopping.signal.aborted;
  }
}
