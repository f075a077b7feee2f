import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { listenForManagement } from '../../src/app/management.js';
import { SignedInService } from './service.js';

const ALERTS = 'ROLE_CUSTODY_WATCH__ALERTS__RO';

describe('a service whose issuer of tokens is away', () => {
  let service: SignedInService;

  beforeAll(async () => {
    service = await SignedInService.start();
    await service.issuer.stop();
  });

  afterAll(async () => {
    await service.issuer.startAgain();
    await service.stop();
  });

  it('says so to whoever has a token, and when to come back', async () => {
    const response = await service.ask('/safety-alerts', await service.tokenOf([ALERTS], ['XYI']));
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ errorCode: 'ISSUER_UNREACHABLE' });
  });

  it('says so in its health, and still lives', async () => {
    const health = await service.ask('/health');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: 'DOWN',
      components: { signIn: { status: 'DOWN', details: { reason: 'ISSUER_UNREACHABLE' } } },
    });
    for (const path of ['/health/liveness', '/ping', '/info', '/metrics'])
      expect((await service.ask(path)).status).toBe(200);
  });

  it('still tells whoever has none to sign in', async () => {
    expect((await service.ask('/safety-alerts')).status).toBe(401);
  });

  it('is well again once the issuer is back, without anybody having asked for anything but its health', async () => {
    await service.issuer.startAgain();
    service.clock.pass(5_000);
    expect(await (await service.ask('/health')).json()).toMatchObject({ components: { signIn: { status: 'UP' } } });
    await service.issuer.stop();
  });
});

describe('a service with a sign-in', () => {
  let service: SignedInService;

  beforeAll(async () => {
    service = await SignedInService.start();
  });

  afterAll(() => service.stop());

  it('gives nothing of itself away in its headers', async () => {
    const { headers } = await service.ask('/safety-alerts');
    expect([headers.get('X-Powered-By'), headers.get('Server')]).toEqual([null, null]);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('reads no body of a stranger', async () => {
    const huge = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{'.repeat(9_000_000) };
    expect((await service.ask('/custody-events', undefined, huge)).status).toBe(401);
    const wrong = { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: 'a,b' };
    expect((await service.ask('/no-such-route', undefined, wrong)).status).toBe(401);
  });

  it('refuses a body that is neither JSON nor NDJSON', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__EVENTS__RW'], ['XYI']);
    const csv = { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: 'a,b' };
    expect((await service.ask('/custody-events', token, csv)).status).toBe(415);
  });

  it('lets in callers from other hosts', async () => {
    expect((await overSocket(service.port, 'GET /ping HTTP/1.1\r\nHost: custody-watch.example\r\n')).slice(0, 15)).toBe(
      'HTTP/1.1 200 OK',
    );
  });

  it.each([
    ['no HTTP', 'EHLO prison.example\r\n', '400', 'UNREADABLE_REQUEST'],
    ['more headers than it reads', `GET / HTTP/1.1\r\nX: ${'x'.repeat(30_000)}\r\n`, '401', 'HEADERS_TOO_LARGE'],
  ])('answers %s in the shape of all errors', async (_, request, status, code) => {
    const answer = await overSocket(service.port, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"errorCode":"${code}"`);
  });

  it('does not wait for senders who never come to an end', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout } = service.app.getHttpServer();
    expect([headersTimeout, requestTimeout, keepAliveTimeout]).toEqual([10_000, 300_000, 65_000]);
  });
});

describe('a caller who asks too often', () => {
  let service: SignedInService;

  afterEach(() => service.stop());

  it('is told to wait, alone, whatever the address', async () => {
    service = await SignedInService.start({ RATE_LIMIT: '3' });
    const often = await service.tokenOf([ALERTS], ['XYI'], 'ASMITH_GEN');
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await service.ask('/safety-alerts', often)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await service.ask('/safety-alerts', often);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ status: 429, errorCode: 'TOO_MANY_REQUESTS' });
    expect((await service.ask('/safety-alerts', await service.tokenOf([ALERTS], ['XYI'], 'BJONES_GEN'))).status).toBe(
      200,
    );
    expect((await service.ask('/ping')).status).toBe(200);
  });
});

describe('a stranger who asks too often', () => {
  let service: SignedInService;

  afterEach(() => service.stop());

  const from = async (address: string): Promise<number> =>
    (await service.ask('/sign-in', undefined, { headers: { 'X-Forwarded-For': address } })).status;

  it('is told to wait, and no other stranger behind a proxy that is trusted', async () => {
    service = await SignedInService.start({ RATE_LIMIT: '2', TRUST_PROXY: 'loopback' });
    expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([501, 501, 429]);
    expect(await from('192.0.2.2')).toBe(501);
    // What the stranger wrote stands before what the proxy wrote.
    expect(await from('192.0.2.3, 192.0.2.1')).toBe(429);
  });

  it('cannot say that they come from elsewhere where no proxy is trusted', async () => {
    service = await SignedInService.start({ RATE_LIMIT: '2' });
    expect([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.3')]).toEqual([501, 501, 429]);
  });

  it('keeps nobody from asking how the service is', async () => {
    service = await SignedInService.start({ RATE_LIMIT: '1' });
    for (let i = 0; i < 3; i++) await from('192.0.2.1');
    for (const path of ['/health', '/health/liveness', '/health/readiness', '/ping'])
      for (let i = 0; i < 3; i++) expect((await service.ask(path)).status).toBe(200);
    expect((await service.ask('/metrics')).status).toBe(429);
  });
});

describe('figures by prison', () => {
  it('are for the management listener only, where others than this machine reach the service', async () => {
    const service = await SignedInService.start({ HOST: '0.0.0.0' });
    const management = await listenForManagement(service.app, { host: '127.0.0.1', port: 0 });
    const { port } = management.address() as AddressInfo;
    for (const path of ['/metrics', '/METRICS', '/metrics/', '/%6detrics'])
      expect([path, (await service.ask(path)).status]).toEqual([path, 404]);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
    management.close();
    await service.stop();
  });
});

describe('the management listener', () => {
  let service: SignedInService;
  let management: Server;

  beforeAll(async () => {
    service = await SignedInService.start({ RATE_LIMIT: '1' });
    management = await listenForManagement(service.app, { host: '127.0.0.1', port: 0 });
  });

  afterAll(async () => {
    management.close();
    await service.stop();
  });

  const asked = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${(management.address() as AddressInfo).port}${path}`, init);

  it.each(['/metrics', '/health', '/health/liveness', '/health/readiness', '/ping', '/info'])(
    'serves %s, as often as it is asked',
    async (path) => {
      for (let i = 0; i < 3; i++) expect((await asked(path)).status).toBe(200);
    },
  );

  it.each([
    '/',
    '/safety-alerts',
    '/rules',
    '/v3/api-docs',
    '/docs',
    '/custody-events',
    '/METRICS',
    '/metrics/',
    '/metrics/..%2fsafety-alerts',
    '//safety-alerts',
    '/health/../safety-alerts',
    '/ping;/safety-alerts',
  ])('does not serve %s, whoever asks', async (path) => {
    const token = await service.tokenOf([ALERTS], ['XYI']);
    expect((await asked(path, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(404);
  });

  it('takes nothing', async () => {
    expect((await asked('/metrics', { method: 'POST', body: '{}' })).status).toBe(404);
  });
});

describe('a service without a sign-in', () => {
  it('answers foreign hosts on the management listener, and nowhere else', async () => {
    const service = await SignedInService.start({ AUTH: 'off', OIDC_ISSUER: '', OIDC_AUDIENCE: '' });
    const management = await listenForManagement(service.app, { host: '127.0.0.1', port: 0 });
    const ping = 'GET /ping HTTP/1.1\r\nHost: custody-watch.example\r\n';
    const [here, there] = [service.port, (management.address() as AddressInfo).port];
    expect(await overSocket(here, ping)).toMatch(/^HTTP\/1.1 403 /);
    expect(await overSocket(there, ping)).toMatch(/^HTTP\/1.1 200 /);
    expect((await service.ask('/safety-alerts')).status).toBe(200);
    management.close();
    await service.stop();
  });
});

/** Sends just these bytes, and gives back all that is answered. */
const overSocket = async (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${request}Connection: close\r\n\r\n`);
  return text(socket);
};
