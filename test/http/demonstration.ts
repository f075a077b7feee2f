import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app/create-app.js';
import { type OpenEstate, openEstate } from '../../src/app/estate.js';
import { readSettings } from '../../src/app/settings.js';
import { loadDemonstration } from '../../src/cli/demonstration.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import type { FeedRegister } from '../../src/kernel/feed-terms.js';
import { PeopleProjection } from '../../src/custody/people/people-projection.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { PRISON } from '../../src/demo/stay.js';
import { AlertProjection } from '../../src/safety-alerts/list/alert-projection.js';
import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import type { Projection } from '../../src/store/projection.js';
import type { Tick } from '../../src/watch/tick.js';
import { Watch } from '../../src/watch/watch.js';
import { passingTime } from '../passing-time.js';
import { VirtualClock } from '../virtual-clock.js';
import { SENDER } from '../sender.js';

const CONFIG = join(import.meta.dirname, '../../config');

/** In milliseconds here. */
const LONGEST_WAIT = 60_000;

/** The service with the demonstration prison, as `npm run demo` starts it, at an instant; time stands still. Feeds may be expected. */
export class DemonstrationService {
  private tick: Tick | undefined;

  private constructor(
    private readonly folder: string,
    readonly estate: OpenEstate,
    readonly app: NestExpressApplication,
    private readonly clock: VirtualClock,
  ) {}

  static async start(
    now: number,
    feeds?: FeedRegister,
    more: Readonly<Record<string, string>> = {},
  ): Promise<DemonstrationService> {
    const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    const clock = new VirtualClock(now);
    const settings = readSettings({ DATA_DIR: folder, CONFIG_DIR: CONFIG, PORT: '0', ...more });
    const opened = await openEstate(settings, true, clock);
    const estate = { ...opened, feeds: feeds ?? opened.feeds };
    await loadDemonstration(estate);
    const app = await createApp(estate, false);
    await app.listen(0, '127.0.0.1');
    const service = new DemonstrationService(folder, estate, app, clock);
    await service.settle();
    return service;
  }

  /** From now on time goes on by itself, as for whoever works at a page. */
  goOn(): void {
    this.tick = passingTime(this.app, this.clock);
  }

  async stop(): Promise<void> {
    await this.tick?.stop();
    await this.app.close();
    await this.estate.checkpoints.close();
    await this.estate.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Whoever is connected no longer is, and may connect again. */
  cutConnections(): void {
    this.app.getHttpServer().closeAllConnections();
  }

  get port(): number {
    return (this.app.getHttpServer().address() as AddressInfo).port;
  }

  get now(): number {
    return this.clock.now();
  }

  /** Something happens a second from now, and the watch has decided on all of it. */
  async happens(type: string, prisonNumber: string, data: object = {}): Promise<void> {
    const now = this.clock.pass(1_000);
    const sent = { type, prisonNumber, prisonId: PRISON, occurredAt: new Date(now).toISOString(), data };
    const event = readCustodyEvent(sent, { now, recordedAtDefault: 'now' });
    if (isRefusal(event)) throw new Error(JSON.stringify(event.errors));
    await this.app.get(CustodyLog).recordAll([event], { knownAt: () => now, sender: SENDER });
    await this.settle();
  }

  /** The open alerts, each of one person and rule. */
  get alerts(): AlertSummary[] {
    return this.app.get(AlertIndex).open();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get(path: string): Promise<Response> {
    return fetch(this.url + path);
  }

  /** The watch looks at the clock until it has decided on the whole history, and the decisions and names are to be seen. */
  private async settle(): Promise<void> {
    const { store } = this.estate;
    const position = await store.end();
    const watch = this.app.get(Watch);
    while (!this.tick && store.compare(watch.decided.position, position) < 0) {
      await watch.tick(this.clock.pass(10_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const read = [AlertProjection, PeopleProjection].map((type) => this.app.get<Projection>(type));
    await Promise.all(read.map((projection) => projection.reached(position, AbortSignal.timeout(LONGEST_WAIT))));
  }
}
