import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { asLines, NDJSON, NOW, ServiceApp, session } from './service-app.js';

let service: ServiceApp;

beforeEach(async () => {
  service = await ServiceApp.start();
});

afterEach(() => service.stop());

/** More than fits into what is left of the last page. */
const many = Array.from({ length: 400 }, (_, n) => session(n, { prisonNumber: `A${1000 + n}BC` }));

const open = async (): Promise<unknown> => {
  const { text } = await service.http.get('/safety-alerts?rule=VUL-01&state=OPEN').expect(200);
  return (JSON.parse(text) as { totalElements: number }).totalElements;
};

describe('a service whose disk is full', () => {
  it('says 503 and when to try again, has lost nothing that it acknowledged, and takes it once there is space', async () => {
    await service.send(session(1)).expect(201);
    const before = await service.log();
    service.fillTheDisk();
    const answer = await service.send(many).expect(503).expect('Retry-After', '5');
    expect(answer.body).toMatchObject({ status: 503, errorCode: 'STORE_UNAVAILABLE' });
    expect((answer.body as { userMessage: string }).userMessage).toContain('the disk is full');
    await service.send(asLines(many), NDJSON).expect(503);
    expect((await service.log()).slice(0, before.length)).toEqual(before);
    service.makeSpace();
    await service.send(many).expect(201);
    expect(await service.log()).toHaveLength(before.length + many.length);
  });

  it('takes in the rest of what it could not store, so that the connection goes on and nothing keeps it from stopping', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const server = (service.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = async (method: string, path: string, body?: string): Promise<number | undefined> => {
      const sent = request({ agent, port, host: '127.0.0.1', method, path, headers: { 'Content-Type': NDJSON } });
      const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
      sent.end(body);
      const [answer] = await answered;
      await textOf(answer);
      return answer.statusCode;
    };
    service.fillTheDisk();
    const long = asLines(Array.from({ length: 20_000 }, (_, n) => many[n % many.length] as object));
    expect(await ask('POST', '/custody-events', long)).toBe(503);
    expect(await ask('GET', '/ping')).toBe(200);
    agent.destroy();
  });

  it('raises late, with its true instant, what it could not write down in time', async () => {
    const selfHarm = many.map((event) => ({ ...event, type: 'SelfHarmReported', data: {} }));
    await service.send(selfHarm).expect(201);
    service.fillTheDisk();
    while ((await service.http.get('/health')).status === 200) await service.tick();
    expect((await service.http.get('/health').expect(503)).text).toContain('STORE_UNAVAILABLE');
    expect(await open()).toBeLessThan(selfHarm.length);
    service.makeSpace();
    await service.settle();
    await service.http.get('/health').expect(200);
    expect(await open()).toBe(selfHarm.length);
    const raised = (await service.log()).filter(({ type }) => type === 'SafetyAlertRaised');
    const instants = raised.filter(({ data }) => data['rule'] === 'VUL-01').map(({ data }) => data['at']);
    expect(new Set(instants)).toEqual(new Set([new Date(NOW).toISOString()]));
  });

  it('answers what it knows', async () => {
    await service.send(session(1)).expect(201);
    service.fillTheDisk();
    for (const path of ['/safety-alerts', '/rules/KW-01', '/health', '/metrics', '/info', '/ping'])
      await service.http.get(path).expect(200);
  });

  it('writes neither prison numbers nor what was sent into its own log', async () => {
    service.fillTheDisk();
    await service.send(many).expect(503);
    expect(service.logged.join('\n')).toContain('STORE_UNAVAILABLE');
    expect(service.logged.join('\n')).not.toMatch(/[A-Z]\d{4}[A-Z]{2}/);
  });
});
