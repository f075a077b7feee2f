import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { chainToRead } from '../../src/app/chain.js';
import { checkFile, type WholeFile } from '../../src/moving/check-file.js';
import { exportLog } from '../../src/moving/export-log.js';
import { FORMAT } from '../../src/moving/moved-line.js';
import { writeMovedFile } from '../../src/moving/moved-file.js';
import { type KeptKey, type KeyRing, LOG_SUBJECT } from '../../src/personal-data/key-ring.js';
import { Lock } from '../../src/personal-data/lock.js';
import { ChainedEventStore } from '../../src/store/chain/chained-event-store.js';
import { checkLog } from '../../src/store/chain/log-check.js';
import type { EventStore, Json, Position, RecordedEvent } from '../../src/store/event-store.js';
import { logStreamIn } from '../../src/store/log-stream.js';
import { event } from '../contract/store-under-test.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';

export const PREFIX = 'test_';
/** The same in every process of a test. */
export const MASTER: KeyObject = createSecretKey(Buffer.alloc(32, 7));
const erasure = { reason: 'COURT_ORDER', by: 'local', at: '2026-11-22T09:00:00.000Z' };

/** What every stream of {@link toldLog} is told, a number for each event: where one comes again, in one append. */
const STREAMS = ['person-A0001AA', 'person-A0001AA', 'person-B0002BB', 'alert-1', 'feed-XYI-nomis', 'person-A0001AA'];
const MORE = ['alert-1', 'access-2026-11-22-1', 'person-A0001AA', 'alert-2', 'alert-1'];

/** A log of a few streams; every event of an alert was decided on the last event of anybody, or on the first. */
export const toldLog = async (): Promise<InMemoryEventStore> => {
  const store = new InMemoryEventStore();
  const next = new Map<string, number>();
  let [first, lately] = ['', ''];
  for (const [index, name] of [...STREAMS, ...MORE].entries()) {
    const revision = next.get(name) ?? 0;
    const data = name.startsWith('alert-')
      ? { n: index, decidedOn: index % 2 === 0 ? lately : first }
      : { n: index, text: 'é “\u2028' };
    const metadata = { occurredAt: `2026-01-0${revision + 1}`, recordedAt: '2026-02-01', knownAt: '2026-02-02' };
    const expected = revision === 0 ? 'no-stream' : revision - 1;
    const { position } = await store.append(PREFIX + name, expected, [event({ data, metadata })]);
    if (!name.startsWith('alert-')) lately = position;
    first ||= position;
    next.set(name, revision + 1);
  }
  return store;
};

/** Keys of two people, one of whom was erased and came back. */
export const toldKeys = (): KeptKey[] => {
  const lock = new Lock(MASTER, 'a test');
  const kept = (subject: string): KeptKey => {
    const key = lock.newKey();
    return { id: key.id, subject, wrapped: lock.wrap(key, subject).toString('base64') };
  };
  return [
    { id: 'a-key-that-is-gone', subject: 'person-A0001AA', erasure },
    kept('person-B0002BB'),
    kept('person-A0001AA'),
  ];
};

/** But for the key of the chain, which every log has of its own. */
export const keptBy = async (ring: { kept(): AsyncIterable<KeptKey> }): Promise<KeptKey[]> => {
  const keys: KeptKey[] = [];
  for await (const key of ring.kept()) if (key.subject !== LOG_SUBJECT) keys.push(key);
  return keys;
};

export const byId = (keys: readonly KeptKey[]): KeptKey[] => keys.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Exports a log into a file of the folder. */
export const exported = async (store: EventStore, keys: readonly KeptKey[], folder: string, name = 'log.ndjson') => {
  const kept = async function* (): AsyncGenerator<KeptKey> {
    await Promise.resolve();
    yield* keys;
  };
  const head = { format: FORMAT, kind: 'real', log: 'a log', prefix: PREFIX } as const;
  const nothing = (): void => undefined;
  const file = join(folder, name);
  await writeMovedFile(file, exportLog({ store, keys: { kept }, head }, nothing, nothing));
  return file;
};

export const checked = (file: string, isOnServer = false): Promise<WholeFile> =>
  checkFile(file, { prefix: PREFIX, isOnServer, lock: () => new Lock(MASTER, file) });

/** Everything that a log holds, but where it lies: what a decision rests on is told by what it is. */
export const told = async (store: EventStore): Promise<Json[]> => {
  const events: RecordedEvent[] = [];
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [PREFIX] } })) events.push(recorded);
  const ids = new Map(events.map(({ position, id }) => [position, id]));
  const itself = [logStreamIn(PREFIX), `${PREFIX}key-`];
  return events
    .filter(({ stream }) => !itself.some((name) => stream.startsWith(name)))
    .map(({ position: _, data, ...rest }) => {
      const { decidedOn, ...others } = data;
      return { ...rest, data: others, ...(decidedOn !== undefined && { restsOn: ids.get(decidedOn as Position) }) };
    });
};

/** A log as it is read, with nothing wrong in its chain. */
export const readableLog = async (store: EventStore, keys: KeyRing): Promise<EventStore> => {
  const log = await chainToRead(store, PREFIX, keys);
  if (!log) throw new Error('The chain has not begun.');
  const { findings } = await checkLog(log);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return new ChainedEventStore(log);
};
