import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginChain } from '../dist/store/chain/begin-chain.js';
import { ChainHashes } from '../dist/store/chain/chain-link.js';
import { ChainedEventStore } from '../dist/store/chain/chained-event-store.js';
import { openForWriting } from '../dist/store/embedded/database-file.js';
import { EmbeddedEventStore } from '../dist/store/embedded/embedded-event-store.js';
import { LOG } from '../dist/store/embedded/log-schema.js';
import { eventsRow, inTurns } from './tools/in-turns.js';
import { sized } from './tools/sized.js';

const ROUNDS = sized(9);
const SINGLE = sized(400);
const GROUPS = sized(50);
const CALLERS = 100;
const PEOPLE = 5000;

/**
 * Durable appends, with their chain: what one caller gets, against a bare loop that appends the same bytes to a file and flushes them;
 * and what a hundred callers get, against bare SQLite that inserts the same rows, a hundred a transaction, with the same
 * schema and durability. Store and peer take turns; each ratio is the median of the rounds.
 */
export default async function append() {
  return [await inFolder(oneCaller), await inFolder(hundredCallers)];
}

async function oneCaller(folder) {
  const store = await chainedIn(folder);
  const file = openSync(join(folder, 'raw'), 'a');
  const streams = new Map();
  const rounds = await inTurns(
    ROUNDS,
    async () => {
      for (const { name, event } of happenings(SINGLE)) await appendNext(store, streams, name, event);
    },
    () => {
      for (const { name, event } of happenings(SINGLE)) {
        writeSync(file, `${JSON.stringify({ stream: name, ...event, metadata: linked(event) })}\n`);
        fdatasyncSync(file);
      }
    },
  );
  closeSync(file);
  await store.close();
  return eventsRow('durable append, one caller', SINGLE, rounds, 'append + fdatasync of the same bytes', 0.6);
}

async function hundredCallers(folder) {
  const store = await chainedIn(folder);
  const bare = bareSqlite(join(folder, 'bare.db'));
  const streams = new Map();
  const rounds = await inTurns(
    ROUNDS,
    async () => {
      const work = happenings(GROUPS * CALLERS).values();
      await Promise.all(Array.from({ length: CALLERS }, () => caller(store, streams, work)));
    },
    () => {
      const work = happenings(GROUPS * CALLERS);
      for (let at = 0; at < work.length; at += CALLERS) bare.insert(work.slice(at, at + CALLERS));
    },
  );
  bare.close();
  await store.close();
  return eventsRow('durable append, 100 callers', GROUPS * CALLERS, rounds, 'bare SQLite, 100 rows a transaction', 0.6);
}

/** The log as the service has it: its events hang in a chain. */
async function chainedIn(folder) {
  const store = EmbeddedEventStore.open(join(folder, 'ours'));
  const hashes = new ChainHashes(createSecretKey(randomBytes(32)));
  const log = { store, prefix: 'custodywatch_', isChained: () => true, hashes };
  const records = await beginChain(log, 'a key', () => 0);
  return new ChainedEventStore({ ...log, records });
}

/** Takes the next thing that happened, appends it, and so on until there is none. */
async function caller(store, streams, work) {
  for (const { name, event } of work) await appendNext(store, streams, name, event);
}

function appendNext(store, streams, name, event) {
  const revision = streams.get(name);
  streams.set(name, (revision ?? -1) + 1);
  return store.append(name, revision ?? 'no-stream', [event]);
}

/** As much as the log stores with each event, so that its chain can be checked. */
const LINK = { before: '0'.repeat(43), hash: '0'.repeat(43) };
const linked = ({ metadata }) => ({ ...metadata, chain: LINK });

/** Knows keys and revisions by heart, checks nothing. */
function bareSqlite(path) {
  const db = openForWriting(path, LOG);
  const addStream = db.prepare('INSERT INTO streams (name, revision) VALUES (?, 0)');
  const moveStream = db.prepare('UPDATE streams SET revision = ? WHERE stream_key = ?');
  const addEvent = db.prepare(
    'INSERT INTO events (stream_key, revision, event_id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const streams = new Map();
  const insertOne = ({ name, event }) => {
    const stream = streams.get(name) ?? { key: addStream.run(name).lastInsertRowid, revision: -1 };
    stream.revision += 1;
    if (stream.revision > 0) moveStream.run(stream.revision, stream.key);
    streams.set(name, stream);
    const { id, type, data, metadata } = event;
    addEvent.run(stream.key, stream.revision, id, type, JSON.stringify(data), JSON.stringify(linked({ metadata })));
  };
  const insert = (group) => {
    db.exec('BEGIN IMMEDIATE');
    group.forEach(insertOne);
    db.exec('COMMIT');
  };
  return { insert, close: () => db.close() };
}

let person = 0;

/** Custody events of the usual size, about one person after another. */
function happenings(count) {
  return Array.from({ length: count }, () => {
    person = (person + 1711) % PEOPLE;
    const at = '2026-01-07T10:05:00+00:00';
    const event = {
      id: randomUUID(),
      type: 'KeyWorkerSessionHeld',
      data: { prisonNumber: `A${1000 + person}AA`, prisonId: 'XYI', staffId: '1001', minutes: 45 },
      metadata: { occurredAt: at, recordedAt: at, knownAt: at, source: { system: 'case-notes', id: '11217e7c' } },
    };
    return { name: `custodywatch_person-A${1000 + person}AA`, event };
  });
}

async function inFolder(measure) {
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
