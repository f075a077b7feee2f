import { randomUUID } from 'node:crypto';
import { type Instant, toIso } from '../prison/instant.js';
import type { ClockDoubt } from './clock.js';
import type { EventStore, Json, NewEvent } from './event-store.js';
import { revisionOf, transact } from './transact.js';

/** The stream in which the log keeps what people said of the time. */
export const clockStreamIn = (prefix: string): string => `${prefix}clock`;

const CLOCK_ACCEPTED = 'ClockAccepted';
const SERVER_TIME_ASKED = 'ServerTimeAsked';

/** What a person said of the time, as it goes into the log. @param by user name */
export const saidOfTime = (type: string, data: Json, by: string, now: Instant): NewEvent => ({
  id: randomUUID(),
  type,
  data: { ...data, by },
  metadata: { knownAt: toIso(now) },
});

/**
 * Somebody says that the clock, which is in doubt, is right: that is kept in the log, and from then on it is believed.
 * @param by user name
 * @returns the instant that it shows
 * @throws StoreUnavailable, and then it is still in doubt
 */
export const acceptClock = async (
  store: EventStore,
  prefix: string,
  { doubt, now, by }: { readonly doubt: ClockDoubt; readonly now: Instant; readonly by: string },
): Promise<Instant> => {
  const shown = now + doubt.ahead;
  const accepted = saidOfTime(CLOCK_ACCEPTED, { ahead: doubt.ahead, since: toIso(doubt.since) }, by, shown);
  await keepOfTime(store, prefix, accepted);
  doubt.dismiss();
  return shown;
};

/**
 * Writes something to the log, so that an event server says when that was, by its own clock.
 * @param now by the clock of this machine
 * @throws StoreUnavailable
 */
export const askServerTime = (store: EventStore, prefix: string, now: Instant): Promise<void> =>
  keepOfTime(store, prefix, saidOfTime(SERVER_TIME_ASKED, {}, 'local', now));

const keepOfTime = (store: EventStore, prefix: string, event: NewEvent): Promise<void> => {
  const stream = clockStreamIn(prefix);
  return transact(store, stream, async () => ({
    expected: await revisionOf(store, stream),
    events: [event],
    answer: () => undefined,
  }));
};
