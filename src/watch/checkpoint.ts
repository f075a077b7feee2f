import type { Instant } from '../prison/instant.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { START, type Position } from '../store/event-store.js';
import { type LogTimeSettings, NEVER_SET } from '../store/log-time/log-time-settings.js';
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

/** For which share of the people, and by which settings of log time, a watch saves how far it has come. */
export interface CheckpointTerms {
  readonly partition?: Partition | undefined;
  readonly logTime?: LogTimeSettings | undefined;
}

/** As it is kept. */
interface SavedCheckpoint extends WatchCheckpoint {
  /** How often log time had been set; 0 where it is missing. */
  readonly settings?: number;
}

/**
 * The checkpoint that the watch of this share of the people saved last; what it decided for later instants than log time
 * was set to since is not done. @throws StoreUnavailable, StoreUnreadable
 */
export const loadCheckpoint = async (
  checkpoints: CheckpointStore,
  { partition = EVERYBODY, logTime = NEVER_SET }: CheckpointTerms = {},
): Promise<WatchCheckpoint> => {
  const saved = (await checkpoints.load(consumerOf(partition))) as SavedCheckpoint | undefined;
  if (!saved) return NOTHING_DONE;
  const { position, until, settings = 0 } = saved;
  return { position, until: logTime.noted(until, settings) };
};

/** @throws StoreUnavailable, StoreUnreadable */
export const saveCheckpoint = (
  checkpoints: CheckpointStore,
  checkpoint: WatchCheckpoint,
  { partition = EVERYBODY, logTime = NEVER_SET }: CheckpointTerms = {},
): Promise<void> => {
  const settings = logTime.count > 0 && { settings: logTime.count };
  return checkpoints.save(consumerOf(partition), { ...checkpoint, ...settings });
};
