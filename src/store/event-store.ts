/**
 * The log, as every other room sees it. One implementation runs inside the process (`embedded/`); any other must pass
 * the same contract suite (`test/contract/event-store.contract.ts`).
 */

/** A JSON object as it is kept in the log. */
export type Json = { readonly [member: string]: unknown };

/** An event on its way into the log. `id` (a UUID) is its idempotency key: unique within its stream. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  readonly metadata: Json;
}

/** An event in the log. `revision` counts from 0 within its stream, `position` orders the whole log. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/**
 * A place in the log. Opaque outside the store: compare with {@link EventStore.compare}, keep as it is.
 * Its text never holds anything but digits and `/`, so that it can travel in a header or a query.
 */
export type Position = string;

/** What the caller believes of the stream: the revision it read, or that nothing was there. */
export type ExpectedRevision = number | 'no-stream';

export type AppendResult =
  | { readonly outcome: 'appended'; readonly revision: number; readonly position: Position }
  /** Every event was there already, with the same ids: nothing was written. Contents are not compared. */
  | { readonly outcome: 'duplicate'; readonly revision: number; readonly position: Position };

export interface ReadOptions {
  /** First revision to read; default: the start (forward) or the end (backward). */
  readonly from?: number;
  readonly direction?: 'forward' | 'backward';
  /** How many events at most; default: all. */
  readonly limit?: number;
}

export interface EventFilter {
  /** Only streams whose name begins with one of these. */
  readonly streamPrefixes: readonly string[];
}

/**
 * What a subscriber is told, in log order. `caught-up`: every event up to `position` that passes the filter has been
 * handed over. It comes at least once, also on an empty log, and again each time the end is reached after the log grew.
 * `interrupted`: the log cannot be followed just now, so that nobody knows where it ends; once it can, `caught-up` comes
 * again. Only a log on a server says this.
 */
export type SubscriptionMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'caught-up'; readonly position: Position }
  | { readonly kind: 'interrupted' };

export interface Subscription {
  /** Ends after the message at hand has been handled, so a handler must not wait for it. */
  stop(): Promise<void>;
  /** Settles when the subscription ends: with the error that ended it (its handler's, the log's), or after `stop`. */
  readonly ended: Promise<void>;
}

/**
 * The log.
 *
 * - An append is atomic, durable when its promise resolves, and visible to every later read.
 * - Positions have no visibility gaps: a reader that has seen a position will never be shown an earlier one afterwards.
 * - Appending the same ids again, at the revision they were first appended at, changes nothing (`duplicate`).
 */
export interface EventStore {
  /**
   * Appends in one piece at the expected revision. When the stream has moved on and every id already stands there in
   * this order, right after the expected revision, it is a `duplicate`; anything less is a conflict.
   * @throws WrongExpectedRevision when the stream has moved on, StoreUnavailable when the log cannot be written,
   *   InvalidAppend when there is nothing to append, an id comes twice or an event is no JSON
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;

  /** The events of one stream, in order; nothing when there is no such stream. */
  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent>;

  /**
   * The events of all streams whose names lie from one (inclusive) to another (exclusive), in the order of their letters;
   * stream by stream, each in order. A log that knows its streams by name reads no other.
   */
  readStreams(from: string, until: string): AsyncIterable<RecordedEvent>;

  /** The event with this id in this stream, if it is there. */
  findEvent(stream: string, id: string): Promise<RecordedEvent | undefined>;

  /**
   * All events after a position (exclusive; default: the start), in log order, up to the end as it is now.
   * @throws UnknownPosition when this log has not given out the position
   */
  readAll(options?: { readonly after?: Position; readonly filter?: EventFilter }): AsyncIterable<RecordedEvent>;

  /**
   * Hands every event after a position (exclusive) to the handler, one at a time, and goes on as new ones come.
   * A handler that throws ends the subscription with that error: nothing is skipped.
   */
  subscribeToAll(
    options: { readonly after?: Position; readonly filter?: EventFilter },
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription;

  /** The position of the last event in the log, or {@link START} when it is empty. */
  end(): Promise<Position>;

  /** Negative, zero or positive, as `a` lies before, at or after `b`. @throws UnknownPosition when one is none */
  compare(a: Position, b: Position): number;

  /**
   * What is missing between two positions that were read one after the other, in words; nothing where nothing is. Only a
   * store that counts without gaps can tell: on a server, nothing ever is.
   */
  missingBetween(a: Position, b: Position): string | undefined;

  /** Stores what was handed in, ends the subscriptions, then lets go of the log. */
  close(): Promise<void>;
}

/** A log whose streams can lose their beginning. */
export interface TruncatingEventStore extends EventStore {
  /**
   * Readers of the stream are shown nothing from before the revision any more; readers of all may be, until the log's
   * server has been scavenged. What was truncated further stays so. @throws StoreUnavailable, StoreAccessDenied
   */
  truncateBefore(stream: string, revision: number): Promise<void>;
}

/** Before the first event. */
export const START: Position = '0';

/** Nest's token for the {@link EventStore}. */
export const EVENT_STORE = Symbol('EventStore');
