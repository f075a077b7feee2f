import type { Json, RecordedEvent } from './event-store.js';

/** An event of the log, and where it is. */
export type LogMark = Pick<RecordedEvent, 'stream' | 'id' | 'position'>;

/** What a consumer of the log had made of it up to an event, so that it need not read all of it again. */
export interface Snapshot {
  /** The last event that is in it. */
  readonly upTo: LogMark;
  /** The consumer's own affair, in its own order. Nothing personal in the clear: no erasure reaches here. */
  readonly parts: Iterable<Json>;
}

/** One is due after so many events, and after so long where there were any: no start reads more than that. */
export interface Pace {
  readonly events: number;
  readonly milliseconds: number;
}

/**
 * The newest snapshot of each consumer. The log is what counts: a snapshot that is missing, damaged or stale is as good as
 * none, and the log is read from its start.
 */
export interface SnapshotStore {
  /** How often it is worth while. */
  readonly pace: Pace;
  /** Nothing where there is none that can be used. @param version of the consumer, and all its work hangs on */
  load(consumer: string, version: string): Promise<Snapshot | undefined>;
  /**
   * Replaces the one before, in one piece. The process goes on with other things meanwhile, so nobody may change what
   * the parts are made of. @throws Error of the file system; then the one before is still there
   */
  save(consumer: string, version: string, snapshot: Snapshot): Promise<void>;
}

/** Nest's token for the {@link SnapshotStore}. */
export const SNAPSHOT_STORE = Symbol('SnapshotStore');
