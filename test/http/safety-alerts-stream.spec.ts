import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import type { Request } from 'express';
import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOCAL } from '../../src/access/caller.js';
import { alertIdOf, alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import { AlertStream, StreamAlertsController } from '../../src/safety-alerts/http/stream-alerts.js';
import { SafetyAlerts } from '../../src/safety-alerts/alert/safety-alerts.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
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

function listen(lastEventId?: string, query = ''): Promise<Response> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return fetch(`http://127.0.0.1:${port}/safety-alerts/stream${query}`, { headers });
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

  it('resumes by an address, for those who cannot send a header', async () => {
    await alerts.setLevel(levelIs('LOW', 1));
    await alerts.setLevel(levelIs('HIGH', 2));
    const response = await listen(undefined, '?after=1');
    expect(await hear(response, 1)).toEqual([{ id: '2', data: { alertId, kind: 'escalated' } }]);
  });

  it('tells of one prison where only that is asked for', async () => {
    const elsewhere = await listen(undefined, '?prisonId=XXX&after=0');
    const here = await listen(undefined, '?prisonId=XYI&after=0');
    await alerts.setLevel(levelIs('LOW', 1));
    expect(await hear(here, 1)).toHaveLength(1);
    app.get(AlertStream).tick(1_000_000);
    const reader = readerOf(elsewhere);
    expect(await said(reader)).toContain('event: ping');
    await reader.cancel();
  });

  it('gives a sign of life every 25 seconds, which does not move the place to resume from', async () => {
    const stream = app.get(AlertStream);
    const response = await listen(undefined, '?after=0');
    await alerts.setLevel(levelIs('LOW', 1));
    const reader = readerOf(response);
    expect(await said(reader)).toContain('id: 1');
    stream.tick(1_000_000);
    stream.tick(1_024_999);
    expect(await said(reader)).toMatch(/event: ping\nid: 1\n/);
    stream.tick(1_025_000);
    expect(await said(reader)).toMatch(/event: ping\nid: 1\n/);
    await reader.cancel();
  });

  it('is refused to whoever has ten open, until one of them is closed', async () => {
    const open = await Promise.all(Array.from({ length: 10 }, () => listen()));
    expect((await listen()).status).toBe(429);
    await open[0]?.body?.cancel();
    await closed();
    const again = await listen();
    expect(again.status).toBe(200);
    for (const response of [...open.slice(1), again]) await response.body?.cancel();
  });

  it('is refused to nobody for streams that they left before they began', async () => {
    for (let n = 0; n < 10; n++) await app.get(AlertStream).changes(LOCAL);
    const response = await listen();
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});

describe('a stream of somebody who does not read', () => {
  it('has no more read for it than it takes, and all in order once it takes more', async () => {
    for (let n = 1; n <= 6; n++) await alerts.setLevel(n % 2 ? levelIs('LOW', n) : levelIsNone(n));
    const heard: string[] = [];
    const taken = Promise.withResolvers<undefined>();
    const ready = (): Promise<undefined> => (heard.length < 2 ? Promise.resolve(undefined) : taken.promise);
    (await app.get(AlertStream).changes(LOCAL, '0', ready)).subscribe(({ id = '' }) => heard.push(id));
    const live: string[] = [];
    (await app.get(AlertStream).changes(LOCAL)).subscribe(({ id = '' }) => live.push(id));
    await alerts.setLevel(levelIs('LOW', 7));
    while (live.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(['1', '2']);
    taken.resolve(undefined);
    while (heard.at(-1) !== '7') await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });

  it('leaves nothing open when they go away', async () => {
    for (let n = 1; n <= 3; n++) await alerts.setLevel(n % 2 ? levelIs('LOW', n) : levelIsNone(n));
    (await app.get(AlertStream).changes(LOCAL)).subscribe();
    const store = app.get<EventStore>(EVENT_STORE);
    const readAll = store.readAll.bind(store);
    let reading = 0;
    jest.spyOn(store, 'readAll').mockImplementation(async function* (options) {
      reading += 1;
      try {
        yield* readAll(options);
      } finally {
        reading -= 1;
      }
    });
    await alerts.setLevel(levelIsNone(4));
    const answer = Object.assign(new EventEmitter(), { writableNeedDrain: true });
    const request = { res: answer } as unknown as Request;
    const heard: string[] = [];
    const changes = await app.get(StreamAlertsController).changes(LOCAL, request, '0');
    const stream = changes.subscribe(({ id = '' }) => heard.push(id));
    while (answer.listenerCount('drain') === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(reading).toBe(1);
    stream.unsubscribe();
    answer.emit('close');
    await new Promise((resolve) => setImmediate(resolve));
    expect({ reading, heard, listeners: answer.eventNames() }).toEqual({ reading: 0, heard: [], listeners: [] });
  });
});

describe('a thousand streams', () => {
  const callers = Array.from({ length: 100 }, (_, n) => ({ ...LOCAL, name: `caller ${n}` }));
  const told: string[][] = [];
  let subscribed: jest.SpiedFunction<EventStore['subscribeToAll']>;
  /** How many were told in each turn of the process. */
  let toldByTurn: number[];

  beforeEach(async () => {
    told.length = 0;
    subscribed = jest.spyOn(app.get<EventStore>(EVENT_STORE), 'subscribeToAll');
    toldByTurn = [0];
    const nextTurn = setImmediate;
    jest.spyOn(globalThis, 'setImmediate').mockImplementation((begin: () => void) => {
      toldByTurn.push(0);
      return nextTurn(begin);
    });
    for (const caller of callers)
      for (let n = 0; n < 10; n++) {
        const heard: string[] = [];
        told.push(heard);
        (await app.get(AlertStream).changes(caller)).subscribe(({ id = '' }) => {
          heard.push(id);
          toldByTurn.push((toldByTurn.pop() ?? 0) + 1);
        });
      }
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Everybody has been told up to this change. */
  const everybodyHears = async (id: string): Promise<void> => {
    while (told.some((heard) => heard.at(-1) !== id)) await new Promise((resolve) => setImmediate(resolve));
  };

  it('read the log once, and tell everybody of each change once', async () => {
    await alerts.setLevel(levelIs('LOW', 1));
    await alerts.setLevel(levelIs('HIGH', 2));
    await everybodyHears('2');
    expect(subscribed).toHaveBeenCalledTimes(1);
    expect(new Set(told.map((heard) => heard.join()))).toEqual(new Set(['1,2']));
  });

  it('let the rest of the process have its turn after each hundred', async () => {
    await alerts.setLevel(levelIs('LOW', 1));
    await everybodyHears('1');
    expect(Math.max(...toldByTurn)).toBe(100);
  });

  it('that resume read by themselves only what they missed', async () => {
    await alerts.setLevel(levelIs('LOW', 1));
    await everybodyHears('1');
    const late: string[] = [];
    told.push(late);
    (await app.get(AlertStream).changes({ ...LOCAL, name: 'late' }, '0')).subscribe(({ id = '' }) => late.push(id));
    await alerts.setLevel(levelIs('HIGH', 2));
    await everybodyHears('2');
    expect(late).toEqual(['1', '2']);
    expect(subscribed).toHaveBeenCalledTimes(1);
  });
});

const readerOf = (response: Response) =>
  (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();

/** What is said next; the empty line with which a stream opens says nothing. */
const said = async (reader: ReturnType<typeof readerOf>): Promise<string> => {
  const { value = '', done } = await reader.read();
  return done || value.trim() ? value : said(reader);
};

/** The server has heard that a caller is gone. */
const closed = async (): Promise<void> => {
  const open = Reflect.get(app.get(AlertStream), 'open') as Map<string, number>;
  while ([...open.values()].some((count) => count >= 10)) await new Promise((resolve) => setImmediate(resolve));
};
