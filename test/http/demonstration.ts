import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app/create-app.js';
import { type OpenEstate, openEstate } from '../../src/app/estate.js';
import { readSettings } from '../../src/app/settings.js';
import { loadDemonstration } from '../../src/cli/demonstration.js';
import type { ExpectedFeeds } from '../../src/custody/feeds.js';
import { AlertFeed } from '../../src/safety-alerts/alert-feed.js';
import { Watch } from '../../src/watch/watch.js';
import { VirtualClock } from '../virtual-clock.js';

const CONFIG = join(import.meta.dirname, '../../config');

/** The service with the demonstration prison, as `npm run demo` starts it, at an instant; time stands still. Feeds may be expected. */
export class DemonstrationService {
  private constructor(
    private readonly folder: string,
    readonly estate: OpenEstate,
    readonly app: NestExpressApplication,
    private readonly clock: VirtualClock,
  ) {}

  static async start(
    now: number,
    expectedFeeds?: ExpectedFeeds,
    more: Readonly<Record<string, string>> = {},
  ): Promise<DemonstrationService> {
    const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    const clock = new VirtualClock(now);
    const settings = readSettings({ DATA_DIR: folder, CONFIG_DIR: CONFIG, PORT: '0', ...more });
    const opened = await openEstate(settings, true, clock);
    const estate = { ...opened, expectedFeeds: expectedFeeds ?? opened.expectedFeeds };
    await loadDemonstration(estate);
    const app = await createApp(estate, false);
    await app.listen(0, '127.0.0.1');
    const service = new DemonstrationService(folder, estate, app, clock);
    await service.settle();
    return service;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.estate.checkpoints.close();
    await this.estate.keys.close();
    await this.estate.store.close();
    rmSync(this.folder, { recursive: true });
  }

  get port(): number {
    return (this.app.getHttpServer().address() as AddressInfo).port;
  }

  get now(): number {
    return this.clock.now();
  }

  get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${path}`);
  }

  /** The watch looks at the clock until it has decided on the whole history, and the decisions are to be seen. */
  private async settle(): Promise<void> {
    const { store } = this.estate;
    const position = await store.end();
    const watch = this.app.get(Watch);
    while (store.compare(watch.decided.position, position) < 0) {
      await watch.tick(this.clock.pass(10_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.app.get(AlertFeed).reached(position, new AbortController().signal);
  }
}
