import type { Json } from '../event-store.js';
import type { ClientStream } from './arrivals.js';
import type { ServerPlace } from './positions.js';
import type { ServerAddress } from './server-address.js';

/** Goes along with every call: only the leader has all that was acknowledged. */
export interface CallOptions {
  readonly credentials: { readonly username: string; readonly password: string };
  readonly requiresLeader: true;
  readonly deadline: number;
}

/** An event as it is handed to the server. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  readonly metadata: Json;
}

/** An event as the server hands it out, whoever wrote it. */
export interface ServerEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly streamId: string;
  readonly revision: bigint;
  /** When the server wrote it, by its own clock. */
  readonly created: Date;
  /** Servers before 23.10 tell none in a stream. */
  readonly position?: ServerPlace;
}

/** What a stream of the server brings, one by one. */
export interface ServerMessage {
  readonly event?: ServerEvent;
}

/** What part of a stream is read: forward from its beginning, or backward from its end, where nothing else is said. */
export interface StreamPart {
  readonly backward: boolean;
  readonly from: bigint | undefined;
  readonly limit: number | undefined;
}

/** Which events of all streams are followed. */
export interface FollowedPart {
  readonly after: ServerPlace | undefined;
  readonly prefixes: readonly string[];
  /** After so many events of others the server shows a sign of life. */
  readonly searchWindow: number;
  readonly signOfLife: () => void;
}

export interface StreamMetadata {
  readonly truncateBefore?: number | 'start' | 'end';
  readonly [name: string]: unknown;
}

/**
 * All that is asked of a client of an event server, so that whichever is set does (decision 0035). What fails, fails with
 * an error of the client's own: `client-errors.ts` knows them.
 */
export interface ServerClient {
  append(
    stream: string,
    expected: bigint | 'no_stream',
    events: readonly ProposedEvent[],
    options: CallOptions,
  ): Promise<{ readonly revision: bigint; readonly position: ServerPlace | undefined }>;
  readStream(stream: string, part: StreamPart, options: CallOptions): ClientStream;
  /** The last event of all streams. */
  readLast(options: CallOptions): ClientStream;
  /** What there is, and what comes. */
  follow(part: FollowedPart, options: CallOptions): ClientStream;
  metadataOf(stream: string, options: CallOptions): Promise<StreamMetadata>;
  setMetadata(stream: string, metadata: StreamMetadata, options: CallOptions): Promise<void>;
  /** What the node says of its version; `unknown` where it does not. */
  version(): Promise<string>;
  /** Ends what is still being read. */
  dispose(): Promise<void>;
}

/** Makes a client. It connects with its first call. */
export type Connect = (address: ServerAddress) => ServerClient;
