import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import request from 'supertest';
import { KeyWorkProjection } from '../../src/key-work/figures/key-work-projection.js';
import { KeyWorkFigures } from '../../src/key-work/figures/key-work-figures.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import { arrives, OversightApp } from './oversight-app.js';

let service: OversightApp;

afterEach(() => service.app.close());

interface Answer {
  readonly text: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const get = (path: string, status: number): Promise<Answer> => request(service.server).get(path).expect(status).then();

describe('GET /health', () => {
  it('is UP, with its parts, while the watch and the read model do their work', async () => {
    service = await OversightApp.start();
    await service.happens(arrives('A0001AA'));
    const { body } = await get('/health', 200);
    expect(body).toEqual({
      status: 'UP',
      components: {
        watch: {
          status: 'UP',
          details: {
            caughtUp: true,
            parked: 0,
            openTellings: 0,
            silentFeeds: 0,
            heldEvents: 0,
            lastTick: new Date(service.now).toISOString(),
          },
        },
        readModel: { status: 'UP', details: { caughtUp: true, parked: 0 } },
        keyWork: { status: 'UP', details: { caughtUp: true, parked: 0 } },
        people: { status: 'UP', details: { caughtUp: true, parked: 0 } },
        handovers: { status: 'UP', details: { caughtUp: true, parked: 0 } },
        pendingEvents: { status: 'UP', details: { caughtUp: true, parked: 0, waiting: 0, overAnHour: 0 } },
        clock: { status: 'UP', details: {} },
      },
    });
  });

  it('is DOWN (503) when the watch has not looked for more than a minute', async () => {
    service = await OversightApp.start();
    await service.timeGoesOn();
    service.sleeps(60_000);
    await get('/health', 200);
    service.sleeps(1);
    const { body } = await get('/health', 503);
    expect(body).toMatchObject({
      status: 'DOWN',
      components: { watch: { status: 'DOWN', details: { reason: 'STANDS_STILL' } }, readModel: { status: 'UP' } },
    });
  });

  it('is DOWN while the figures of key work stand still, which then are marked as stale; they go on by themselves', async () => {
    service = await OversightApp.start();
    await service.happens(arrives('A0001AA'));
    const figures = service.app.get(KeyWorkFigures);
    jest.spyOn(figures, 'apply').mockRejectedValue(new StoreUnavailable('person-A0002AA is away'));
    await service.happens(arrives('A0002AA'));
    const neverSeen = async (): Promise<unknown> => {
      const { body, headers } = await get('/prisons/XYI/key-work', 200);
      const { now } = body as { now: { neverSeen: { value: number } } };
      return { value: now.neverSeen.value, stale: headers['x-stale'] };
    };
    const { body, text } = await get('/health', 503);
    expect(body).toMatchObject({
      components: {
        keyWork: { status: 'DOWN', details: { reason: 'STORE_UNAVAILABLE' } },
        readModel: { status: 'UP' },
      },
    });
    expect(text).not.toContain('A0002AA');
    await get('/health/readiness', 200);
    expect(await neverSeen()).toEqual({ value: 1, stale: 'true' });
    jest.restoreAllMocks();
    await service.app.get(KeyWorkProjection).tick(service.now);
    await service.happens(arrives('A0003AA'));
    await get('/health', 200);
    expect(await neverSeen()).toEqual({ value: 3, stale: undefined });
  });

  it('tells how many events were set aside, and stays UP', async () => {
    service = await OversightApp.start();
    const unknown = { id: crypto.randomUUID(), type: 'FromTheFuture', data: {}, metadata: {} };
    await service.store.append('test_person-A0002AA', 'no-stream', [unknown]);
    await service.store.append('test_alert-1', 'no-stream', [unknown]);
    await service.store.append('test_handover-XYI', 'no-stream', [unknown]);
    await service.happens(arrives('A0001AA'));
    const { body, text } = await get('/health', 200);
    const one = { status: 'UP', details: { parked: 1 } };
    expect(body).toMatchObject({
      components: { watch: one, readModel: one, keyWork: one, people: one, handovers: one },
    });
    expect(text).not.toContain('A0002AA');
    const { text: metrics } = await get('/metrics', 200);
    expect(metrics.split('\n').filter((line) => line.startsWith('custody_watch_parked_events'))).toEqual([
      'custody_watch_parked_events{reason="UNREADABLE_CUSTODY_EVENT"} 1',
      'custody_watch_parked_events{reason="UNKNOWN_ALERT_EVENT"} 1',
      'custody_watch_parked_events{reason="UNKNOWN_HANDOVER_EVENT"} 1',
      'custody_watch_parked_events{reason="UNFORESEEN"} 0',
    ]);
  });
});

describe('the probes', () => {
  it('are UP once the log has been read to its end', async () => {
    service = await OversightApp.start();
    await service.happens(arrives('A0001AA'));
    expect((await get('/health/liveness', 200)).body).toEqual({ status: 'UP' });
    const { body } = await get('/health/readiness', 200);
    expect(body).toMatchObject({ status: 'UP' });
  });

  it('answer a ping with pong', async () => {
    service = await OversightApp.start();
    const { text, headers } = await get('/ping', 200);
    expect(text).toBe('pong');
    expect(headers['content-type']).toMatch(/^text\/plain/);
  });
});

describe('GET /info', () => {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };

  it('tells name and version', async () => {
    service = await OversightApp.start();
    expect((await get('/info', 200)).body).toEqual({
      build: { name, version },
      demonstration: false,
      watchPartition: '1/1',
    });
  });

  it('tells that this is the demonstration', async () => {
    service = await OversightApp.start({ demonstration: true });
    expect((await get('/info', 200)).body).toEqual({
      build: { name, version },
      demonstration: true,
      watchPartition: '1/1',
    });
  });
});
