import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Catch, type ArgumentsHost, type ExceptionFilter, type INestApplication, Module } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import type { Response } from 'express';
import type { Server } from 'node:http';
import request from 'supertest';
import { session } from '../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { KEY_RING } from '../personal-data/key-ring.js';
import { Seals, SEALS } from '../personal-data/seals.js';
import { noSignIn, recogniseWith } from '../access/sign-in.js';
import { HOLDERS } from '../access/holders.js';
import { CLOCK } from '../store/clock.js';
import { EVENT_STORE } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { AllRefused, CUSTODY_ERROR_STATUS, EventIdReused, TooManyEvents } from './errors.js';
import { asSent } from './custody-event.js';
import { CustodyModule } from './custody.module.js';
import { INTAKE_PACE } from './intake-pace.js';
import { OPEN_ALERTS } from './still-watched.js';
import { fromLog } from './stored-custody-event.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');

/** What the application provides. */
@Module({})
class Outside {}

@Catch(AllRefused, EventIdReused, TooManyEvents)
class Answers implements ExceptionFilter {
  catch(error: AllRefused | EventIdReused | TooManyEvents, host: ArgumentsHost): void {
    const results = 'results' in error ? error.results : undefined;
    const response = host.switchToHttp().getResponse<Response>();
    response.status(CUSTODY_ERROR_STATUS[error.code]).json({ errorCode: error.code, results });
  }
}

describe('POST /custody-events', () => {
  let app: INestApplication<Server>;
  let store: InMemoryEventStore;
  /** Where the log ended whenever it was waited for that all in it is decided on. */
  let decidedOn: string[];

  beforeEach(async () => {
    store = new InMemoryEventStore();
    decidedOn = [];
    const keptUp = async (): Promise<void> => void decidedOn.push(await store.end());
    const keys = new InMemoryKeyRing();
    const outside = [
      { provide: EVENT_STORE, useValue: store },
      { provide: CLOCK, useValue: { now: () => NOW } },
      { provide: STREAM_PREFIX, useValue: 'cw_' },
      {
        provide: HOLDERS,
        useValue: { holderOf: () => undefined, takeoverOf: () => undefined, numbersOf: (number: string) => [number] },
      },
      { provide: OPEN_ALERTS, useValue: { openAlertsOf: () => Promise.resolve([]) } },
      { provide: INTAKE_PACE, useValue: { keptUp } },
      { provide: KEY_RING, useValue: keys },
      { provide: SEALS, useValue: new Seals(keys) },
    ];
    const outer = { module: Outside, global: true, providers: outside, exports: outside };
    const testing = await Test.createTestingModule({ imports: [outer, CustodyModule] }).compile();
    app = testing.createNestApplication<INestApplication<Server>>();
    app.useGlobalFilters(new Answers());
    app.use(recogniseWith(noSignIn));
    await app.init();
  });

  afterEach(() => app.close());

  const post = (body: object) => request(app.getHttpServer()).post('/custody-events').send(body);
  const postLines = (text: string) =>
    request(app.getHttpServer()).post('/custody-events').set('Content-Type', 'application/x-ndjson').send(text);

  it('records one event, known now', async () => {
    const answer = await post(asSent(session(1))).expect(201);
    expect(answer.body).toEqual({ results: [{ id: session(1).id, status: 'accepted' }], position: '1' });
    for await (const recorded of store.readAll()) expect(fromLog(recorded).knownAtMs).toBe(NOW);
  });

  it('counts an event without recordedAt as recorded now', async () => {
    await post({ ...asSent(session(1)), recordedAt: undefined }).expect(201);
    for await (const recorded of store.readAll()) expect(fromLog(recorded).event.recordedAtMs).toBe(NOW);
  });

  it('answers for each event of an array in the order sent', async () => {
    const bad = { ...asSent(session(2)), prisonId: 'xyi' };
    const answer = await post([asSent(session(1)), bad, asSent(session(1))]).expect(201);
    expect(answer.body).toMatchObject({
      results: [
        { id: session(1).id, status: 'accepted' },
        { id: session(2).id, status: 'refused', errors: [{ field: 'prisonId', value: 'xyi' }] },
        { id: session(1).id, status: 'duplicate' },
      ],
    });
  });

  it('takes NDJSON, and one bad line does not stop the rest', async () => {
    const lines = [JSON.stringify(asSent(session(1))), '{oops', '', JSON.stringify(asSent(session(2)))];
    const answer = await postLines(lines.join('\n')).expect(201);
    expect(answer.body).toMatchObject({
      results: [
        { status: 'accepted' },
        { id: null, status: 'refused', errors: [{ field: 'line 2', message: 'is not valid JSON from column 2 on' }] },
        { status: 'accepted' },
      ],
      position: '2',
    });
  });

  it('takes no more than 200 and then up to 1,000 events of a long delivery before what is there is decided on', async () => {
    const events = Array.from({ length: 2_500 }, (_, n) => asSent(session(n + 1)));
    await post(events.slice(0, 200)).expect(201);
    expect(decidedOn).toEqual([]);
    await post(events.slice(0, 450)).expect(201);
    expect(decidedOn).toEqual(['200']);
    await postLines(events.map((event) => JSON.stringify({ ...event, prisonNumber: 'A0002AA' })).join('\n')).expect(
      201,
    );
    const ends = [450, ...decidedOn.slice(1).map(Number), Number(await store.end())];
    expect(ends.length).toBeGreaterThan(4);
    expect(Math.max(...ends.slice(1).map((end, n) => end - (ends[n] ?? 0)))).toBeLessThanOrEqual(1_000);
  });

  it('says 400 and why when nothing could be taken', async () => {
    const answer = await post([{ type: 'Nonsense' }, 7]).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'ALL_REFUSED', results: [{ id: null }, { id: null }] });
    await postLines('{oops').expect(400);
    await request(app.getHttpServer()).post('/custody-events').expect(400);
    expect(await store.end()).toBe('0');
  });

  it('says 409 when the one event has the id of another', async () => {
    await post(asSent(session(1))).expect(201);
    const other = asSent(session(1, { data: { staffId: '9' } }));
    const answer = await post(other).expect(409);
    expect(answer.body).toMatchObject({ errorCode: 'EVENT_ID_REUSED' });
    await post([other, asSent(session(2))]).expect(201);
  });

  it('takes nothing of an array that is too long', async () => {
    const answer = await post(Array.from({ length: 10_001 }, () => 0)).expect(413);
    expect(answer.body).toMatchObject({ errorCode: 'TOO_MANY_EVENTS' });
  });

  it('has nothing to say about nothing', async () => {
    expect((await post([]).expect(201)).body).toEqual({ results: [], position: '0' });
    expect((await postLines('\n').expect(201)).body).toEqual({ results: [], position: '0' });
  });

  it('keeps what was sent out of its error messages, which may be logged', () => {
    const errors = [{ field: 'data.concern', value: 'cuts himself', message: 'must be text' }];
    expect(new AllRefused([{ id: null, status: 'refused', errors }]).message).not.toContain('cuts');
  });

  it('is described in OpenAPI, type by type', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const operation = document.paths['/custody-events']?.post;
    expect(operation?.operationId).toBe('recordCustodyEvents');
    const text = JSON.stringify(operation?.requestBody);
    expect(text).toContain('application/x-ndjson');
    expect(text).toContain('UNAVAILABLE_LONG_TERM_ABSENCE');
    expect(text).toContain('"maximum":21');
  });
});
