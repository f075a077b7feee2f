import type { LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from '../../src/app/create-app.js';
import { type OpenEstate, openEstate } from '../../src/app/estate.js';
import { readSettings } from '../../src/app/settings.js';
import { custodyStreamPrefixes } from '../../src/custody/streams.js';
import { AlertProjection } from '../../src/safety-alerts/list/alert-projection.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import { type Position, START } from '../../src/store/event-store.js';
import { loadCheckpoint } from '../../src/watch/checkpoint.js';
import { verify } from '../../src/watch/verify.js';
import { Watch } from '../../src/watch/watch.js';
import { VirtualClock } from '../virtual-clock.js';

export const NOW = Date.parse('2026-11-22T09:00:00Z');
export const PREFIX = 'custodywatch_';

/** The whole service on an embedded store of its own; it keeps all that it logs, and its files can be looked into. */
export class CanaryService {
  readonly logged: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'canary-'));
  readonly clock = new VirtualClock(NOW);
  estate!: OpenEstate;
  private app!: NestExpressApplication;

  async start(): Promise<this> {
    const configDir = join(import.meta.dirname, '../../config');
    const settings = readSettings({ DATA_DIR: this.folder, CONFIG_DIR: configDir, PORT: '0', LOG_LEVEL: 'debug' });
    this.estate = await openEstate(settings, false, this.clock);
    // So that there are snapshots to be looked into.
    Object.assign(this.estate.snapshots ?? {}, { pace: { events: 20, milliseconds: Infinity } });
    this.app = await createApp(this.estate, this.logger());
    await this.app.init();
    await this.app.get(AlertProjection).readable();
    return this;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.estate.checkpoints.close();
    await this.estate.close();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  get http() {
    return request(this.app.getHttpServer());
  }

  get alerts(): AlertIndex {
    return this.app.get(AlertIndex);
  }

  /** Time passes until all that is known has been decided on, and the decisions are to be seen. */
  async settle(): Promise<void> {
    const { store } = this.estate;
    const position = await this.lastCustodyEvent();
    const watch = this.app.get(Watch);
    do {
      await watch.tick(this.clock.pass(10_000));
      await new Promise((resolve) => setImmediate(resolve));
    } while (store.compare(watch.decided.position, position) < 0);
    await this.alerts.read.reached(await store.end(), new AbortController().signal);
  }

  /** The position of the last custody event in the log; people's actions and records of access come after it. */
  async lastCustodyEvent(): Promise<Position> {
    let position = START;
    const filter = { streamPrefixes: custodyStreamPrefixes(PREFIX) };
    for await (const event of this.estate.store.readAll({ filter })) position = event.position;
    return position;
  }

  async findings() {
    const { store, checkpoints, rulebook, days } = this.estate;
    const upTo = await loadCheckpoint(checkpoints);
    return verify({ store, prefix: PREFIX, rulebook, days, upTo });
  }

  /** Every file of the store, by name, byte for byte. */
  files(): Map<string, string> {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Map(
      files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name)).toString('latin1')]),
    );
  }

  private logger(): LoggerService {
    const keep = (...words: unknown[]): void => void this.logged.push(words.map(String).join(' '));
    return { log: keep, warn: keep, error: keep, fatal: keep, debug: keep, verbose: keep };
  }
}
