import type { LoggerService, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtempSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { SpoolWatch } from '../../src/access-records/access-records.module.js';
import { createApp } from '../../src/app/create-app.js';
import { type OpenEstate, openEstate } from '../../src/app/estate.js';
import type { Settings } from '../../src/app/settings.js';
import { AlertProjection } from '../../src/safety-alerts/list/alert-projection.js';
import { number } from '../../src/store/embedded/database-file.js';
import type { RecordedEvent } from '../../src/store/event-store.js';
import { logStreamIn } from '../../src/store/log-stream.js';
import { TrustedClock } from '../../src/store/trusted-clock.js';
import { Watch } from '../../src/watch/watch.js';
import { VirtualClock } from '../virtual-clock.js';

export const NOW = Date.parse('2026-11-22T09:00:00Z');
export const NDJSON = 'application/x-ndjson';
export const PROBLEM = 'application/problem+json';

/** The whole service, as `serve` assembles it, on an embedded store of its own; it is nine o'clock, and nothing ticks. */
export class ServiceApp {
  readonly logged: string[] = [];

  private constructor(
    private readonly folder: string,
    readonly estate: OpenEstate,
    /** The true time. */
    readonly clock: VirtualClock,
    /** By how much the clock of the machine is ahead of that, in milliseconds. */
    readonly machine: { ahead: number },
  ) {}

  private app!: NestExpressApplication;

  /**
   * @param more settings besides
   * @param now the instant at which it starts
   */
  static async start(more: Partial<Settings> = {}, now = NOW): Promise<ServiceApp> {
    const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    const clock = new VirtualClock(now);
    const settings = {
      port: 0,
      host: '127.0.0.1',
      streamPrefix: 'test_',
      logLevel: 'info' as const,
      dataDir: folder,
      configDir: join(import.meta.dirname, '../../config'),
      ...more,
    };
    const machine = { ahead: 0 };
    const trusted = new TrustedClock({ now: () => clock.now() + machine.ahead }, clock);
    const service = new ServiceApp(folder, await openEstate(settings, false, trusted), clock, machine);
    service.app = await createApp(service.estate, service.logger());
    await service.app.init();
    await service.app.get(AlertProjection).readable();
    return service;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.estate.checkpoints.close();
    await this.estate.close();
    rmSync(this.folder, { recursive: true });
  }

  /** What the service is made of. */
  get<T>(of: Type<T>): T {
    return this.app.get(of);
  }

  get http() {
    return request(this.app.getHttpServer());
  }

  /** Sends custody events, as JSON unless it is said otherwise. */
  send(body: string | object | undefined, type = 'application/json') {
    return this.http.post('/custody-events').set('Content-Type', type).send(body);
  }

  /** Sends bytes just as they are. */
  sendBytes(bytes: Buffer, type: string) {
    const asTheyAre = (sent: unknown) => sent as string;
    return this.http.post('/custody-events').set('Content-Type', type).serialize(asTheyAre).send(bytes);
  }

  /** Ten seconds pass, and the watch looks at the clock. */
  async tick(): Promise<void> {
    this.clock.pass(10_000);
    await this.app.get(Watch).tick(this.estate.clock.now());
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** The watch looks at the clock until it has decided on all that is known, and the decisions are to be seen. */
  async settle(): Promise<void> {
    const { store } = this.estate;
    const position = await store.end();
    const watch = this.app.get(Watch);
    while (store.compare(watch.decided.position, position) < 0) await this.tick();
    await this.app.get(AlertProjection).reached(position, new AbortController().signal);
  }

  /** Everything in the log, alerts included; but not who saw whom, which even what is refused leaves. */
  async log(): Promise<RecordedEvent[]> {
    return (await this.everything()).filter(({ type }) => type !== 'AccessRecorded');
  }

  /** Who saw whom, as the log has it. */
  async records(): Promise<RecordedEvent[]> {
    return (await this.everything()).filter(({ type }) => type === 'AccessRecorded');
  }

  private async everything(): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.estate.store.readAll()) if (!isOfLog(event)) events.push(event);
    return events;
  }

  /** What waits in the spool is brought into the log, if it can be. */
  tickSpool(): Promise<void> {
    return this.app.get(SpoolWatch).tick();
  }

  /** From now on the log cannot grow. */
  fillTheDisk(): void {
    number(this.database, `PRAGMA max_page_count = ${number(this.database, 'PRAGMA page_count')}`);
  }

  makeSpace(): void {
    number(this.database, 'PRAGMA max_page_count = 1000000');
  }

  /** The limit belongs to the connection, so it takes the store's own. */
  private get database(): DatabaseSync {
    return Reflect.get(this.estate.held, 'db') as DatabaseSync;
  }

  private logger(): LoggerService {
    const keep = (...words: unknown[]): void => void this.logged.push(words.map(String).join(' '));
    return { log: keep, warn: keep, error: keep, fatal: keep };
  }
}

/** A session of a person with 1001, two days ago, with an id of its own. */
export const session = (n: number, more: object = {}): Record<string, unknown> => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type: 'KeyWorkerSessionHeld',
  prisonNumber: 'A1234BC',
  prisonId: 'XYI',
  occurredAt: '2026-11-20T10:05:00+00:00',
  data: { staffId: '1001' },
  ...more,
});

export const asLines = (events: readonly object[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** What the log says of itself. */
const isOfLog = ({ stream }: RecordedEvent): boolean => stream === logStreamIn('test_');
