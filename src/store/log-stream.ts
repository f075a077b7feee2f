import { randomUUID } from 'node:crypto';
import { StoreNotEmpty, StoreUnreadable } from './errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from './event-store.js';
import { transact } from './transact.js';

/** The stream in which a log says of itself what no other stream could. */
export const logStreamIn = (prefix: string): string => `${prefix}log`;

const BEGUN = 'LogBegun';
const RESTORE_BEGUN = 'RestoreBegun';
const RESTORE_ENDED = 'RestoreEnded';

interface LogStatement {
  readonly id: string | undefined;
  readonly revision: ExpectedRevision;
  /** The checksum of the file that the log is being restored from. */
  readonly restoring: string | undefined;
}

const statementOf = async (store: EventStore, prefix: string): Promise<LogStatement> => {
  let last: LogStatement = { id: undefined, revision: 'no-stream', restoring: undefined };
  for await (const { id, type, data, revision } of store.readStream(logStreamIn(prefix))) {
    last = { ...last, id: last.id ?? id, revision };
    if (type === RESTORE_BEGUN) last = { ...last, restoring: String(data['checksum']) };
    if (type === RESTORE_ENDED) last = { ...last, restoring: undefined };
  }
  return last;
};

const statement = (type: string, data = {}): NewEvent => ({ id: randomUUID(), type, data, metadata: {} });

const say = async (store: EventStore, prefix: string, expected: ExpectedRevision, event: NewEvent): Promise<void> => {
  await store.append(logStreamIn(prefix), expected, [event]);
};

/**
 * Tells a log on a server from every other, also from one that took its place there: the id of the first event in its
 * stream `log`. Nothing while nobody has begun it. @throws StoreUnavailable, StoreAccessDenied
 */
export const logIdentity = async (store: EventStore, prefix: string): Promise<string | undefined> =>
  (await statementOf(store, prefix)).id;

/** The same, and begins the log where nobody has. The first of several instances wins. */
export const beginLog = (store: EventStore, prefix: string): Promise<string> =>
  transact(store, logStreamIn(prefix), async () => {
    const { id, revision } = await statementOf(store, prefix);
    if (id !== undefined) return { done: id };
    const begun = statement(BEGUN);
    return { expected: revision, events: [begun], answer: () => begun.id };
  });

/** @throws StoreUnreadable for a log of which a part was restored and the rest is missing */
export const mustBeWhole = async (store: EventStore, prefix: string): Promise<void> => {
  if ((await statementOf(store, prefix)).restoring === undefined) return;
  throw new StoreUnreadable(
    'A restore into this log was cut short, and it holds only a part of what it should. Run the same restore again: it ' +
      'goes on where it was.',
  );
};

/**
 * Marks an empty log as being restored from a file. Where a restore of the same file was cut short, it goes on.
 * @param hasKeys whether there are keys to personal data with it already, wherever they are kept
 * @throws StoreNotEmpty where there is anything else
 */
export const beginRestore = async (
  store: EventStore,
  prefix: string,
  checksum: string,
  hasKeys: boolean,
): Promise<void> => {
  const { restoring } = await statementOf(store, prefix);
  if (restoring === checksum) return;
  if (hasKeys || (await holdsAnything(store, prefix))) throw new StoreNotEmpty(restoring);
  await say(store, prefix, 'no-stream', statement(RESTORE_BEGUN, { checksum }));
};

const holdsAnything = async (store: EventStore, prefix: string): Promise<boolean> => {
  const events = store.readAll({ filter: { streamPrefixes: [prefix] } })[Symbol.asyncIterator]();
  const { done } = await events.next();
  await events.return?.();
  return done !== true;
};

/** Everything of the file is in the log. */
export const endRestore = async (store: EventStore, prefix: string): Promise<void> => {
  await say(store, prefix, (await statementOf(store, prefix)).revision, statement(RESTORE_ENDED));
};
