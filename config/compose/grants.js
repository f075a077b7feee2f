// Makes the user that the service is on a secured event server, and lets it do what it must and no more: see "Least
// privilege" in docs/eventstoredb.md. Needs an administrator; once is enough, and again changes nothing.
import { readFileSync } from 'node:fs';
import { EventStoreDBClient, jsonEvent, NotLeaderError } from '@eventstore/db-client';

const { ADMIN_PASSWORD, SERVICE_URL_FILE, USERS_URL } = process.env;
const ADMINS = '$admins';
const SERVICE = 'custodywatch';

/** The service is at the same nodes, under a name and a password of its own. */
const [, scheme, LoginName, Password, nodes] = /^(\S+:\/\/)(.+):(.+)@(\S+)/.exec(
  readFileSync(SERVICE_URL_FILE, 'utf8'),
);
const admin = { username: 'admin', password: ADMIN_PASSWORD };
const basic = `Basic ${Buffer.from(`${admin.username}:${admin.password}`).toString('base64')}`;

/** 409: it is there. */
const createUser = async () => {
  const { ok, status } = await fetch(USERS_URL, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: basic },
    body: JSON.stringify({
      LoginName,
      FullName: 'Custody Watch',
      Groups: [SERVICE],
      Password,
    }),
  });
  if (!ok && status !== 409) throw new Error(`The event server made no user: ${USERS_URL} answered ${status}.`);
};

const grant = async (client) => {
  const ours = { $r: SERVICE, $w: SERVICE, $d: ADMINS, $mr: SERVICE, $mw: SERVICE };
  const system = { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS };
  const settings = jsonEvent({ type: 'update-settings', data: { $userStreamAcl: ours, $systemStreamAcl: system } });
  const list = jsonEvent({ type: '$metadata', data: { $acl: { $r: [ADMINS, SERVICE] } } });
  for (const [stream, event] of [
    ['$settings', settings],
    ['$$$all', list],
  ])
    await client.appendToStream(stream, event, { credentials: admin, requiresLeader: true });
};

/** Any node of a cluster answers, and only the leader writes: a client that has met another one goes there next. */
const atTheLeader = async (work) => {
  for (let tries = 5; ; tries--) {
    try {
      return await work();
    } catch (error) {
      if (tries === 0 || !(error instanceof NotLeaderError)) throw error;
    }
  }
};

const client = EventStoreDBClient.connectionString(`${scheme}${nodes}`);
await createUser();
await atTheLeader(() => grant(client));
await client.dispose();
