import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { Authority } from '../eventstoredb/certificates.js';
import { onServers } from '../eventstoredb/stores.js';
import { composed, ROOT, text } from './compose-file.js';

describe('the grants of the cluster', () => {
  const { server } = onServers();
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  const caFile = join(folder, 'ca.crt');
  const made: unknown[] = [];
  const users = createServer((request, response) => {
    void textOf(request).then((body) => {
      response.writeHead(made.length === 0 ? 201 : 409).end();
      made.push({ by: request.headers.authorization, ...(JSON.parse(body) as object) });
    });
  });
  let ours: Authority;

  beforeAll(async () => {
    ours = await Authority.create('Ours');
    writeFileSync(caFile, ours.certificate);
    await once(users.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    users.close();
    rmSync(folder, { recursive: true });
  });

  /** @param nodes as the address of the service has them */
  const granted = async (nodes: string, password = 'adminsecret') => {
    const file = join(folder, 'eventstore-url');
    writeFileSync(file, `esdb://custody-watch:oursecret@${nodes}?tlsCAFile=${caFile}\n`);
    const child = spawn(process.execPath, [join(ROOT, 'config/compose/grants.js')], {
      env: {
        ADMIN_PASSWORD: password,
        SERVICE_URL_FILE: file,
        USERS_URL: `http://127.0.0.1:${(users.address() as AddressInfo).port}/users/`,
      },
    });
    const [said, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit') as Promise<unknown[]>]);
    return { code, said };
  };

  it('make the user of the service, and the lists that the documentation names; again they change nothing', async () => {
    const security = { certified: await ours.certify('localhost'), users: { admin: 'adminsecret' } };
    const node = await server(undefined, security);
    const nodes = `localhost:${node.port},localhost:${node.port}`;
    const user = { LoginName: 'custody-watch', Groups: ['custodywatch'], Password: 'oursecret' };
    for (const run of [1, 2]) {
      expect(await granted(nodes)).toEqual({ code: 0, said: '' });
      expect(made).toHaveLength(run);
      expect(made.at(-1)).toMatchObject({ ...user, by: `Basic ${btoa('admin:adminsecret')}` });
    }
    const documented = Array.from(
      text('docs/eventstoredb.md').matchAll(/^\| `(\$\S+)`\s*\| `(\S+)`\s*\| `({.*})`/gm),
      ([, stream, type, list]) => ({ stream, type, list: JSON.parse(list ?? '') as unknown }),
    );
    expect(documented).toHaveLength(2);
    const kept = documented.map(({ stream = '' }) => node.log.stream(stream).at(-1));
    expect(
      kept.map((event) => ({
        stream: event?.stream,
        type: event?.type,
        list: JSON.parse(Buffer.from(event?.data ?? []).toString()) as unknown,
      })),
    ).toEqual(documented);
  });

  it('are made at the leader, though another node is met first', async () => {
    const security = { certified: await ours.certify('localhost'), users: { admin: 'adminsecret' } };
    const leader = await server(undefined, security);
    const follower = await server(leader.log, security);
    follower.faults.leader = { port: leader.port, host: 'localhost' };
    expect(await granted(`localhost:${follower.port}`)).toEqual({ code: 0, said: '' });
    expect(leader.log.stream('$settings')).toHaveLength(1);
  });

  it('fail where the administrator is not let in, so that they are tried again', async () => {
    const security = { certified: await ours.certify('localhost'), users: { admin: 'adminsecret' } };
    const { port } = await server(undefined, security);
    const { code, said } = await granted(`localhost:${port}`, 'wrongsecret');
    expect(code).toBe(1);
    expect(said).not.toContain('wrongsecret');
  });

  it('are given the user and the addresses that the service has', () => {
    const { services } = composed('docker-compose.yml', 'compose.cluster.yml');
    const { SERVICE_URL_FILE: file, USERS_URL: made_ = '' } = services['grants']?.environment ?? {};
    expect(file).toBe(services['custody-watch-1']?.environment?.['EVENTSTORE_URL_FILE']);
    expect(services['grants']?.volumes).toContain('keys:/keys:ro');
    expect(services).toHaveProperty(new URL(made_).hostname);
  });
});
