import type { Json } from './event-store.js';

/**
 * How far each consumer of the log has come. A consumer saves after its work is done, so that a lost or older
 * checkpoint repeats work and never skips any. What a checkpoint holds is the consumer's own affair.
 */
export interface CheckpointStore {
  /** What the consumer saved last; nothing when it never did, or on another log. @throws StoreUnavailable, StoreUnreadable */
  load(consumer: string): Promise<Json | undefined>;
  /** Replaces what the consumer saved before. @throws StoreUnavailable, StoreUnreadable */
  save(consumer: string, checkpoint: Json): Promise<void>;
  close(): Promise<void>;
}

/** Nest's token for the {@link CheckpointStore}. */
export const CHECKPOINT_STORE = Symbol('CheckpointStore');
