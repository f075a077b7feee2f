import { StoreError } from './errors.js';
import type { Position } from './event-store.js';
import type { LogMark } from './snapshot-store.js';

/**
 * An event of the log that this version cannot take in: of a type that it does not know, of a later schema, or of another
 * shape. Whoever comes upon it sets it aside and goes on; nobody takes it for something else. `code` is stable.
 */
export abstract class UnreadableEvent extends Error {
  abstract readonly code: string;

  constructor(
    /** Where it is in the log. */
    readonly event: LogMark,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }

  get position(): Position {
    return this.event.position;
  }
}

/** An event that somebody who follows the log has set aside. */
export interface ParkedEvent {
  readonly stream: string;
  readonly id: string;
  /** The code of the reason. */
  readonly reason: string;
}

/** The reason for an event that was written as we write it, and cannot be taken in all the same: a fault in the program. */
const UNFORESEEN = 'UNFORESEEN';

/** The code of the reason to set an event aside; nothing where it is the log or its keys that cannot be read just now. */
export const reasonToPark = (error: unknown): string | undefined => {
  if (error instanceof StoreError) return undefined;
  return error instanceof UnreadableEvent ? error.code : UNFORESEEN;
};

/** What `read` gives; nothing for what this version cannot read. Whoever follows the log sets it aside, and tells of it. */
export const unlessUnreadable = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
};
