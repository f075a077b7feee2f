import { InvalidAppend, ServerUnavailable, StoreAccessDenied, StoreError, StoreUnreadable } from '../errors.js';

/** What is known of an error of the client. Some have only a `type`, some only a `code` of gRPC, some no message. */
interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  /** Of a conflict, in the words of the one client and of the other. */
  readonly actualVersion?: unknown;
  readonly actualState?: unknown;
}

/** The client's own word, also for an error that has been made ours. */
const typeOf = (error: unknown): unknown => {
  if (error instanceof StoreError) return typeOf(error.cause);
  return error instanceof Error ? (error as ClientError).type : undefined;
};

/** The code of gRPC with which a server lets go; the client of KurrentDB has no word for it. */
const ABORTED = 10;

const codeOf = (error: unknown): unknown => {
  if (error instanceof StoreError) return codeOf(error.cause);
  return error instanceof Error ? (error as ClientError).code : undefined;
};

export const isConflict = (error: unknown): boolean => typeOf(error) === 'wrong-expected-version';
/** Of a conflict: where the stream is; -1 where there is none. Nothing of any other error. */
export const actualRevisionIn = (error: unknown): number | undefined => {
  if (!isConflict(error)) return undefined;
  const { actualVersion, actualState = actualVersion } = error as ClientError;
  return actualState === 'no_stream' ? -1 : Number(actualState);
};

export const isMissing = (error: unknown): boolean => typeOf(error) === 'stream-not-found';
/** The node is none that takes this call, and nothing was done; the client turns to the leader with its next call. */
export const isNotLeader = (error: unknown): boolean => typeOf(error) === 'not-leader';

/** Of a subscription: servers before 24 let go of one to which much came at once. Nothing is wrong: it is followed again. */
export const isTooSlow = (error: unknown): boolean => typeOf(error) === 'timeout' || codeOf(error) === ABORTED;

const ANSWERS: readonly unknown[] = [
  'wrong-expected-version',
  'stream-not-found',
  'not-leader',
  'access-denied',
  'stream-deleted',
  'maximum-append-size-exceeded',
];

/**
 * Whether the server has answered, if only to refuse. After anything else the client is not to be trusted: it may hold a
 * dead channel, or the memory of a failed call, for good.
 */
export const isAnswer = (error: unknown): boolean => ANSWERS.includes(typeOf(error));

/**
 * The store's own error for an error of the client, by type and code alone.
 * @param hosts where the server should be
 * @param writing whether something may have been stored after all
 */
export const storeErrorOf = (error: unknown, hosts: string, writing: boolean): StoreError => {
  if (error instanceof StoreError) return error;
  const because = { cause: error };
  const server = `The event server (${hosts})`;
  switch (typeOf(error)) {
    case 'access-denied':
      return new StoreAccessDenied(
        `${server} refuses this. Check the user and password in EVENTSTORE_URL, and the access lists.`,
        because,
      );
    case 'maximum-append-size-exceeded':
      return new InvalidAppend(`${server} does not take an append of this size. Send fewer events at once.`, because);
    case 'stream-deleted':
      return new StoreUnreadable(`${server} holds a stream of this service that somebody deleted for good.`, because);
    default:
      return new ServerUnavailable(`${server} cannot be reached (${reasonOf(error)}). ${afterwards(writing)}`, because);
  }
};

const afterwards = (writing: boolean): string =>
  writing ? 'What was sent may have been stored: send the same again.' : 'Try again.';

/** A word for the reason. Never the client's message: it can hold names of streams, and with them people. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no reason given';
  const { type, code } = error as ClientError;
  if (typeof type === 'string') return type;
  if (typeof code === 'number') return `gRPC status ${code}`;
  return typeof code === 'string' ? code.toLowerCase().replaceAll('_', ' ') : 'not found';
};
