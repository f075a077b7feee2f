import type { KeptKey } from '../personal-data/key-ring.js';
import type { StoreKind } from '../store/embedded/log-facts.js';
import type { Json, Position } from '../store/event-store.js';

/** Raise it whenever a reader of the format before would misread a file. */
export const FORMAT = 1;

/** The first line: whose log it is. */
export interface Head {
  readonly format: number;
  readonly kind: StoreKind;
  /** Tells the log from which the file was made from every other log. */
  readonly log: string;
  /** What is sealed in a stream can be opened only under the full name of the stream. */
  readonly prefix: string;
}

/** An event as it stood in the log. `position` is of that log; both clocks and `knownAt` are in the metadata. */
export interface MovedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  readonly metadata: Json;
}

/** How many there are of everything. */
export interface LogCounts {
  readonly events: number;
  readonly streams: number;
  readonly keys: number;
  readonly erasures: number;
}

/** What a line of the file says: first the head, then events in log order, then keys, at last the counts. */
export type MovedLine =
  | { readonly custodyWatch: Head }
  | { readonly event: MovedEvent }
  | { readonly key: KeptKey }
  | { readonly end: LogCounts };
