import type { Instant } from '../kernel/instant.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { START, type Position } from '../store/event-store.js';

const CONSUMER = 'watch';

/**
 * How far the watch had come when this was saved: every decision that rests on events up to `position` and falls at or
 * before `until` is in the log.
 */
export interface WatchCheckpoint {
  readonly position: Position;
  readonly until: Instant;
}

const NOTHING_DONE: WatchCheckpoint = { position: START, until: -Infinity };

/** Where the watch of this log was when it last saved. @throws StoreUnavailable, StoreUnreadable */
export const loadCheckpoint = async (checkpoints: CheckpointStore): Promise<WatchCheckpoint> =>
  ((await checkpoints.load(CONSUMER)) as WatchCheckpoint | undefined) ?? NOTHING_DONE;

/** @throws StoreUnavailable, StoreUnreadable */
export const saveCheckpoint = (checkpoints: CheckpointStore, checkpoint: WatchCheckpoint): Promise<void> =>
  checkpoints.save(CONSUMER, { ...checkpoint });
