import type { LoggerService } from '@nestjs/common';
import type { Settings } from '../app/settings.js';
import type { Clock } from '../store/clock.js';
import { StoreAccessDenied, StoreNotTrusted, StoreUnavailable } from '../store/errors.js';
import { EventStoreDbEventStore } from '../store/eventstoredb/eventstoredb-event-store.js';
import { Tick } from '../watch/tick.js';
import type { Outage } from './outage.js';

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
  const store = new EventStoreDbEventStore(server, streamPrefix);
  const there = Promise.withResolvers<string | undefined>();
  const tick = new Tick(clock, async (now) => {
    try {
      await store.end();
      there.resolve(await store.shortcoming());
    } catch (error) {
      if (failFast || !mayPass(error)) there.reject(error);
      else outage.look(store, now);
    }
  });
  tick.start();
  try {
    const shortcoming = await there.promise;
    if (shortcoming !== undefined) log.warn(shortcoming, 'EventStore');
  } finally {
    await tick.stop();
    await store.close();
  }
};

const mayPass = (error: unknown): boolean =>
  error instanceof StoreUnavailable && !(error instanceof StoreAccessDenied || error instanceof StoreNotTrusted);
