import type { LoggerService } from '@nestjs/common';
import { clientOf } from '../store/eventstoredb/client.js';
import { EventStoreDbEventStore } from '../store/eventstoredb/eventstoredb-event-store.js';
import { ServerUnavailable, type StoreError, TooManyConflicts } from '../store/errors.js';
import type { EventStore } from '../store/event-store.js';
import type { Settings } from '../app/settings.js';
import type { Clock } from '../store/clock.js';
import { Tick } from '../watch/tick.js';

/** How often it is said again that the server is still away, in milliseconds. */
const REMINDER = 10_000;
const CONTEXT = 'EventStore';

/** Says that the event server is away, that it still is, and that it is back. Looks whenever the service ticks. */
export class Outage {
  private since: number | undefined;
  private saidAt = -Infinity;

  constructor(private readonly log: Pick<LoggerService, 'warn' | 'log'>) {}

  look(store: EventStore, now: number): void {
    this.sees(store instanceof EventStoreDbEventStore ? store.trouble : undefined, now);
  }

  /** @param trouble why the server could not be reached last; nothing when it could */
  sees(trouble: StoreError | undefined, now: number): void {
    if (trouble) this.goesOn(trouble, now);
    else if (this.since !== undefined) {
      this.log.log(`The event server is back after ${seconds(now - this.since)} s.`, CONTEXT);
      this.since = undefined;
      this.saidAt = -Infinity;
    }
  }

  private goesOn(trouble: StoreError, now: number): void {
    this.since ??= now;
    if (now - this.saidAt < REMINDER) return;
    this.saidAt = now;
    this.log.warn(`${trouble.message} For ${seconds(now - this.since)} s by now; trying again and again.`, CONTEXT);
  }
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000);

interface ServerWait {
  readonly clock: Clock;
  readonly outage: Outage;
  readonly log: Pick<LoggerService, 'warn'>;
  readonly failFast: boolean;
}

/**
 * Resolves once the event server answers, where the log is on one; says so while it does not, and what its version lacks.
 * @throws StoreUnavailable at once, when told to fail fast; what no waiting mends: StoreAccessDenied, StoreNotTrusted
 */
export const waitForServer = async (
  { server, streamPrefix }: Settings,
  { clock, outage, log, failFast }: ServerWait,
): Promise<void> => {
  if (!server) return;
  const store = new EventStoreDbEventStore(server, await clientOf(server.client), streamPrefix);
  const answer = Promise.withResolvers<string | undefined>();
  const tick = new Tick(clock, async (now) => {
    try {
      await store.end();
      answer.resolve(await store.shortcoming());
    } catch (error) {
      if (failFast || !isOfServer(error)) answer.reject(error);
      else outage.look(store, now);
    }
  });
  tick.start();
  try {
    const shortcoming = await answer.promise;
    if (shortcoming !== undefined) log.warn(shortcoming, 'EventStore');
  } finally {
    await tick.stop();
    await store.close();
  }
};

/**
 * What is done with the event server, once that is there; where it goes away while it is being done, all over again.
 * @param goesAway is told each time that it goes away; without it nobody waits, and that is thrown
 * @throws whatever is no trouble of the event server: no waiting for it mends that
 */
export const onceThere = async <T>(
  wait: () => Promise<void>,
  work: () => Promise<T>,
  goesAway: ((trouble: StoreError) => void) | undefined,
): Promise<T> => {
  for (;;) {
    await wait();
    try {
      return await work();
    } catch (error) {
      if (!goesAway || !isOfServer(error)) throw error;
      goesAway(error);
    }
  }
};

/** What passes when the server is back, or those who write to it beside us leave off. */
const isOfServer = (error: unknown): error is StoreError =>
  error instanceof ServerUnavailable || error instanceof TooManyConflicts;
