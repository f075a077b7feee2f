import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { connect } from '../dist/store/eventstoredb/eventstoredb-client.js';
import { EventStoreDbEventStore } from '../dist/store/eventstoredb/eventstoredb-event-store.js';
import { serverAddress } from '../dist/store/eventstoredb/server-address.js';
import { eventServer } from './tools/event-server.js';
import { eventsRow, inTurns } from './tools/in-turns.js';
import { sized } from './tools/sized.js';

const ROUNDS = sized(7);
const SINGLE = sized(500);
const CALLERS = 64;
const CROWD = sized(4_000);
const A_PIECE = 500;
const HISTORY = sized(40) * A_PIECE;
const TARGET = 0.8;

/**
 * The store against the same client used bare: the same calls on the same server, with nothing checked, nothing waited
 * for and nothing started again. On the server at EVENTSTORE_URL, or on one that only speaks the protocol and keeps its
 * log in memory, in a process of its own.
 */
export default async function eventstoredb() {
  const { url, stop } = await eventServer();
  const prefix = `bench${Math.trunc(Math.random() * 1e9)}_`;
  const address = serverAddress(url);
  const store = new EventStoreDbEventStore(address, connect, prefix);
  const client = EventStoreDBClient.connectionString(`esdb://${address.nodes}`);
  const peers = { store, client, credentials: address.user, prefix };
  try {
    return [await appends(peers, 1, SINGLE), await appends(peers, CALLERS, CROWD), await catchUp(peers)];
  } finally {
    await store.close();
    await client.dispose();
    stop();
  }
}

async function appends({ store, client, credentials, prefix }, callers, count) {
  const rounds = await inTurns(
    ROUNDS,
    () => crowd(callers, count, (n, stream) => store.append(`${prefix}${stream}`, 'no-stream', [happening(n)])),
    () =>
      crowd(callers, count, (n, stream) =>
        client.appendToStream(`${prefix}${stream}`, [jsonEvent(happening(n))], {
          expectedRevision: 'no_stream',
          credentials,
        }),
      ),
  );
  const who = callers === 1 ? 'one caller' : `${callers} callers`;
  return eventsRow(`append on an event server, ${who}`, count, rounds, 'the client bare, same call', TARGET);
}

/** Appends one event to each of so many new streams, so many at once. */
async function crowd(callers, count, append) {
  const round = randomUUID();
  const work = Array.from({ length: count }, (_, n) => n).values();
  const caller = async () => {
    for (const n of work) await append(n, `person-${round}-${n}`);
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

async function catchUp({ store, client, credentials, prefix }) {
  const streamPrefixes = [`${prefix}history-`];
  for (let at = 0; at < HISTORY; at += A_PIECE) {
    const events = Array.from({ length: A_PIECE }, (_, n) => happening(at + n));
    await store.append(`${streamPrefixes[0]}${at}`, 'no-stream', events);
  }
  const rounds = await inTurns(
    ROUNDS,
    () => followed(store, streamPrefixes),
    () => followedBare(client, credentials, streamPrefixes),
  );
  return eventsRow('catch-up on an event server', HISTORY, rounds, 'the client bare, same filter', TARGET);
}

async function followed(store, streamPrefixes) {
  let heard = 0;
  const there = Promise.withResolvers();
  const subscription = store.subscribeToAll({ filter: { streamPrefixes } }, ({ kind }) => {
    if (kind === 'event') heard += 1;
    else there.resolve();
  });
  await there.promise;
  await subscription.stop();
  if (heard !== HISTORY) throw new Error(`${heard} of ${HISTORY} events came.`);
}

async function followedBare(client, credentials, prefixes) {
  let heard = 0;
  const subscription = client.subscribeToAll({
    credentials,
    filter: streamNameFilter({ prefixes, maxSearchWindow: 500 }),
  });
  for await (const { event } of subscription) {
    if (event) heard += 1;
    if (heard === HISTORY) break;
  }
}

const happening = (n) => {
  const at = '2026-01-07T10:05:00+00:00';
  return {
    id: randomUUID(),
    type: 'KeyWorkerSessionHeld',
    data: { prisonNumber: `A${1000 + (n % 5000)}AA`, prisonId: 'XYI', staffId: '1001', minutes: 45 },
    metadata: { occurredAt: at, recordedAt: at, knownAt: at, source: { system: 'case-notes', id: '11217e7c' } },
  };
};
