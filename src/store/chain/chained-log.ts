import type { EventStore, Position } from '../event-store.js';
import type { ChainHashes, LinkedEvent } from './chain-link.js';
import type { ChainRecords } from './chain-records.js';

/** A log, with what it says of its chain. */
export interface ChainedLog {
  readonly store: EventStore;
  /** Whether a stream hangs in the chain: those of keys do not, since keys are destroyed. */
  readonly isChained: (stream: string) => boolean;
  readonly hashes: ChainHashes;
  readonly records: ChainRecords;
}

/** Whether every event from a position on must hang in the chain. */
export const isInChain = ({ store, records: { begun } }: ChainedLog, position: Position): boolean =>
  begun !== undefined && store.compare(position, begun.position) >= 0;

/** The hash of an event, as its link has it; worked out where it has none, or one of a key that is lost. */
export const statedHash = (log: ChainedLog, linked: LinkedEvent): string =>
  linked.link && isOfThisKey(log, linked) ? linked.link.hash : log.hashes.of(linked);

/** Whether an event is as it was written, as far as can be known. */
export const isIntact = (log: ChainedLog, linked: LinkedEvent): boolean => {
  const { link, event } = linked;
  if (!link) return !isInChain(log, event.position);
  return !isOfThisKey(log, linked) || link.hash === log.hashes.of(linked);
};

const isOfThisKey = ({ store, records: { keyedAfter } }: ChainedLog, { event }: LinkedEvent): boolean =>
  keyedAfter === undefined || store.compare(event.position, keyedAfter) >= 0;
