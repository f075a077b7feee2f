import type { Instant } from '../prison/instant.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { START, type Position } from '../store/event-store.js';
import { EVERYBODY, sayPartition, type Partition } from './partition.js';

/**
 * How far the watch had come when this was saved: every decision that rests on events up to `position` and falls at or
 * before `until` is in the log.
 */
export interface WatchCheckpoint {
  readonly position: Position;
  readonly until: Instant;
}

export const NOTHING_DONE: WatchCheckpoint = { position: START, until: -Infinity };

/** A checkpoint for one share of the people says nothing about another share. */
const consumerOf = (partition: Partition): string =>
  partition.of === 1 ? 'watch' : `watch ${sayPartition(partition)}`;

/** The checkpoint that the watch of this share of the people saved last. @throws StoreUnavailable, StoreUnreadable */
export const loadCheckpoint = async (
  checkpoints: CheckpointStore,
  partition: Partition = EVERYBODY,
): Promise<WatchCheckpoint> =>
  ((await checkpoints.load(consumerOf(partition))) as WatchCheckpoint | undefined) ?? NOTHING_DONE;

/** @throws StoreUnavailable, StoreUnreadable */
export const saveCheckpoint = (
  checkpoints: CheckpointStore,
  checkpoint: WatchCheckpoint,
  partition: Partition = EVERYBODY,
): Promise<void> => checkpoints.save(consumerOf(partition), { ...checkpoint });
