import { type Instant, MINUTE, toIso } from '../../prison/instant.js';
import { clockStreamIn } from '../clock-stream.js';
import { type Clock, instantToKeep } from '../clock.js';
import type { EventStore, RecordedEvent } from '../event-store.js';
import { revisionOf, transact } from '../transact.js';
import { LogTimeSettings, logTimeSet } from './log-time-settings.js';
import { StraightEventStore } from './straight-event-store.js';

/** What somebody takes for the time may differ from the clock by as much, in milliseconds. */
const SAID_TOLERANCE = 10 * MINUTE;

/** The clock does not show what somebody says that it is. Nothing was done. */
export class NotTheTime extends Error {
  readonly code = 'NOT_THE_TIME';
  constructor(said: Instant, now: Instant) {
    super(`You say that it is ${toIso(said)}, and this machine says ${toIso(now)}. Set its clock right first.`);
  }
}

interface LogTimeMending {
  readonly clock: Clock;
  /** What somebody says that it is: a clock that is wrong must not be what all others are held against. */
  readonly said: Instant;
  /** User name. */
  readonly by: string;
}

/**
 * Sets log time straight, where the log holds events for instants that have not come yet: a clock was wrong that wrote them.
 * Safe to repeat, and by several at once. Reads the whole log.
 * @returns how many events bear a later instant; 0 where there was nothing to do
 * @throws NotTheTime, ClockNotTrusted, StoreUnavailable, StoreUnreadable
 */
export const mendLogTime = (
  store: EventStore,
  prefix: string,
  { clock, said, by }: LogTimeMending,
): Promise<number> => {
  const stream = clockStreamIn(prefix);
  return transact<number>(store, stream, async () => {
    const now = instantToKeep(clock);
    if (Math.abs(said - now) > SAID_TOLERANCE) throw new NotTheTime(said, now);
    const expected = await revisionOf(store, stream);
    const { events, believed } = await laterThan(now, store, prefix);
    if (events === 0) return { done: 0 };
    return { expected, events: [logTimeSet({ to: now, believed }, by)], answer: () => events };
  });
};

/** What bears a later instant, as everybody reads it now, and log time before the first of that. */
const laterThan = async (
  now: Instant,
  store: EventStore,
  prefix: string,
): Promise<{ readonly events: number; readonly believed: Instant }> => {
  const straight = new StraightEventStore(store, await LogTimeSettings.read(store, prefix));
  let [events, believed] = [0, -Infinity];
  for await (const event of straight.readAll({ filter: { streamPrefixes: [prefix] } })) {
    const instants = instantsOf(event);
    if (instants.some((instant) => instant > now)) events += 1;
    else if (events === 0) believed = Math.max(believed, ...instants);
  }
  return { events, believed: Number.isFinite(believed) ? believed : now };
};

/** Those that its writer's clock gave it. */
const instantsOf = ({ data, metadata }: RecordedEvent): Instant[] => {
  const { knownAt, recordedAt } = metadata;
  const isOurs = data['at'] === knownAt;
  return (isOurs ? [knownAt, recordedAt] : [knownAt])
    .map((instant) => Date.parse(String(instant)))
    .filter(Number.isFinite);
};
