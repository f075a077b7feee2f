import { TooManyConflicts, WrongExpectedRevision } from './errors.js';
import type { EventStore, ExpectedRevision, NewEvent, Position, RecordedEvent } from './event-store.js';

/** What is decided on a stream as it was read: there is nothing to do, or there are events to append. */
export type Decision<T> =
  | { readonly done: NoInfer<T> }
  | {
      /** Where the stream was read to. */
      readonly expected: ExpectedRevision;
      readonly events: readonly NewEvent[];
      /** What the caller is told once the events are in the log, the last of them at this position. */
      readonly answer: (position: Position) => T;
    };

/** With each conflict another writer has got somewhere; this many in a row mean that something else is wrong. */
export const MOST_ATTEMPTS = 100;

/**
 * Reads a stream, decides and appends; where another was faster, all over again on what is there then. Where the store has
 * all of the events already, another wrote them, perhaps for another command: that is no error, and is decided on again.
 * @param decide reads the stream and decides; called once for each attempt, so it keeps nothing from the one before
 * @throws TooManyConflicts, and whatever `decide` and `append` throw
 */
export const transact = async <T>(
  store: Pick<EventStore, 'append'>,
  stream: string,
  decide: () => Promise<Decision<T>>,
): Promise<T> => {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const decision = await decide();
    if ('done' in decision) return decision.done;
    try {
      const { outcome, position } = await store.append(stream, decision.expected, decision.events);
      if (outcome === 'appended') return decision.answer(position);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
  throw new TooManyConflicts(MOST_ATTEMPTS);
};

/** The event with which a stream ends; nothing where there is no such stream. @throws StoreUnavailable */
export const lastOf = async (
  store: Pick<EventStore, 'readStream'>,
  stream: string,
): Promise<RecordedEvent | undefined> => {
  for await (const last of store.readStream(stream, { direction: 'backward', limit: 1 })) return last;
  return undefined;
};

/** Where a stream ends, for decisions that need not read all of it. @throws StoreUnavailable */
export const revisionOf = async (store: Pick<EventStore, 'readStream'>, stream: string): Promise<ExpectedRevision> =>
  (await lastOf(store, stream))?.revision ?? 'no-stream';
