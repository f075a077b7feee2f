import { StoreUnavailable } from '../store/errors.js';
import type { EventStore, Json, Position } from '../store/event-store.js';

/** A consumer of the log. */
export interface LogConsumer {
  readonly name: string;
  /** How far it has come. */
  readonly position: () => Position;
  /** Whether nothing in the log is left for it to do. */
  readonly isAtTheEnd: () => boolean | Promise<boolean>;
}

/**
 * For how long, in seconds, the oldest event that a consumer has not passed has been in the log; 0 at its end. Nothing
 * when the log cannot be read: then nobody knows.
 * @param now milliseconds since 1970-01-01T00:00:00Z
 */
export const lagOf = async (
  { position, isAtTheEnd }: LogConsumer,
  store: EventStore,
  now: number,
): Promise<number[]> => {
  try {
    if (await isAtTheEnd()) return [0];
    for await (const { metadata } of store.readAll({ after: position() })) return secondsIn(metadata, now);
    return [0];
  } catch (error) {
    if (error instanceof StoreUnavailable) return [];
    throw error;
  }
};

/**
 * An event came into the log when its writer knew of it; history was known long before, and an alert's event carries
 * the instant it counts from.
 */
const secondsIn = ({ knownAt, recordedAt }: Json, now: number): number[] => {
  const written = [knownAt, recordedAt].map((instant) => Date.parse(String(instant))).filter(Number.isFinite);
  return written.length === 0 ? [] : [Math.max(0, now - Math.max(...written)) / 1000];
};

/** A position as a number that grows with it: stores that write two numbers say the order with the first. */
export const numberOf = (position: Position): number => Number(position.split('/')[0]);
