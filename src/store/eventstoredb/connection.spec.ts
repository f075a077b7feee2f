import { describe, expect, it } from '@jest/globals';
import { AccessDeniedError } from '@eventstore/db-client';
import { ServerUnavailable, StoreAccessDenied } from '../errors.js';
import { Connection } from './connection.js';
import { connect } from './eventstoredb-client.js';
import { serverAddress } from './server-address.js';
import type { ServerClient } from './server-client.js';

const PATIENCE = 10_000;

/** A connection, and the clients that its calls were given. Nothing is called on them, so there need be no server. */
const connected = (patience = PATIENCE) => {
  const connection = new Connection(serverAddress('esdb://127.0.0.1:1?tls=false'), connect, patience);
  const clients: ServerClient[] = [];
  const call = (answer: () => Promise<string>): Promise<string> =>
    connection.write((client) => {
      clients.push(client);
      return answer();
    });
  return { connection, clients, call };
};

const answered = (): Promise<string> => Promise.resolve('done');
const refused = (): Promise<string> => Promise.reject(new AccessDeniedError());
const lost = (): Promise<string> => Promise.reject(new Error('Failed to discover after 10 attempts.'));

describe('a connection to an event server', () => {
  it('keeps its client as long as the server answers, if only to refuse', async () => {
    const { clients, call } = connected();
    await call(answered);
    await expect(call(refused)).rejects.toBeInstanceOf(StoreAccessDenied);
    await call(answered);
    expect(new Set(clients).size).toBe(1);
  });

  it('makes a new client after a call that was not answered', async () => {
    const { clients, call } = connected();
    await expect(call(lost)).rejects.toBeInstanceOf(ServerUnavailable);
    await call(answered);
    await call(answered);
    expect([new Set(clients).size, clients[1] === clients[2]]).toEqual([2, true]);
  });

  it('makes one new client for all calls that failed together', async () => {
    const { clients, call } = connected();
    await Promise.allSettled([call(lost), call(lost), call(lost)]);
    await call(lost).catch(() => undefined);
    await call(answered);
    expect(new Set(clients).size).toBe(3);
  });

  it('waits for no answer longer than it is patient', async () => {
    const { call } = connected(10);
    await expect(call(() => new Promise(() => undefined))).rejects.toThrow(/took too long/);
  });

  it('knows its trouble until a call succeeds', async () => {
    const { connection, call } = connected();
    await expect(call(lost)).rejects.toBeInstanceOf(ServerUnavailable);
    expect(connection.trouble).toBeInstanceOf(ServerUnavailable);
    await call(answered);
    expect(connection.trouble).toBeUndefined();
  });

  it('takes no call once it is closed', async () => {
    const { connection, call } = connected();
    await connection.close();
    await expect(call(answered)).rejects.toThrow('The log has been closed here');
  });
});
