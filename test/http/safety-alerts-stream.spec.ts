import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alertIdOf, alertStreamOf } from '../../src/safety-alerts/alert-ids.js';
import { SafetyAlerts } from '../../src/safety-alerts/safety-alerts.js';
import { levelIs, levelIsNone } from '../safety-alerts/given.js';
import { safetyAlertsApp } from './safety-alerts-app.js';

const alertId = alertIdOf(alertStreamOf('KW-01', 'A0019AA'), 1);

let app: INestApplication<Server>;
let alerts: SafetyAlerts;

beforeEach(async () => {
  app = await safetyAlertsApp();
  alerts = app.get(SafetyAlerts);
  await app.listen(0, '127.0.0.1');
});

afterEach(() => app.close());

function listen(lastEventId?: string): Promise<Response> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return fetch(`http://127.0.0.1:${port}/safety-alerts/stream`, { headers });
}

/** The next events of the stream, as text, until `count` of them have come. */
async function hear(response: Response, count: number): Promise<{ id: string; data: unknown }[]> {
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while ((text.match(/^data:/gm) ?? []).length < count || !text.endsWith('\n\n')) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return [...text.matchAll(/^id: (.*)\ndata: (.*)$/gm)].map(([, id = '', data = '']) => ({
    id,
    data: JSON.parse(data) as unknown,
  }));
}

describe('GET /safety-alerts/stream', () => {
  it('tells the ids of alerts as they change, and nothing else of them', async () => {
    await alerts.setLevel(levelIs('LOW', 1));
    const response = await listen();
    await alerts.setLevel(levelIs('HIGH', 2));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await hear(response, 1)).toEqual([{ id: '2', data: { alertId, kind: 'escalated' } }]);
  });

  it('resumes after the last event seen, then goes on live', async () => {
    await alerts.setLevel(levelIs('LOW', 1));
    await alerts.setLevel(levelIs('HIGH', 2));
    const response = await listen('1');
    await alerts.setLevel(levelIsNone(3));
    expect(await hear(response, 2)).toEqual([
      { id: '2', data: { alertId, kind: 'escalated' } },
      { id: '3', data: { alertId, kind: 'resolved' } },
    ]);
  });

  it.each(['yesterday', '1000'])('refuses to resume after %s', async (lastEventId) => {
    const response = await listen(lastEventId);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_QUERY', errors: [{ field: 'Last-Event-ID' }] });
  });

  it('ends with the service', async () => {
    const response = await listen();
    await app.close();
    expect(await hear(response, 1)).toEqual([]);
  });
});
