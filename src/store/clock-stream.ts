import { randomUUID } from 'node:crypto';
import { type Instant, toIso } from '../prison/instant.js';
import type { ClockDoubt } from './clock.js';
import type { EventStore, Json, NewEvent } from './event-store.js';
import { revisionOf, transact } from './transact.js';

/** The stream in which the log keeps what people said of the time. */
export const clockStreamIn = (prefix: string): string => `${prefix}clock`;

const CLOCK_ACCEPTED = 'ClockAccepted';

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
  const stream = clockStreamIn(prefix);
  const shown = now + doubt.ahead;
  const accepted = saidOfTime(CLOCK_ACCEPTED, { ahead: doubt.ahead, since: toIso(doubt.since) }, by, shown);
  await transact(store, stream, async () => ({
    expected: await revisionOf(store, stream),
    events: [accepted],
    answer: () => undefined,
  }));
  doubt.dismiss();
  return shown;
};
