import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app/create-app.js';
import { openEstate, type OpenEstate } from '../../src/app/estate.js';
import { readSettings } from '../../src/app/settings.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import { PendingProjection } from '../../src/custody/pending/pending-projection.js';
import { PeopleProjection } from '../../src/custody/people/people-projection.js';
import { KeyWorkProjection } from '../../src/key-work/figures/key-work-projection.js';
import type { Projection } from '../../src/store/projection.js';
import { AlertProjection } from '../../src/safety-alerts/list/alert-projection.js';
import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import type { Position, RecordedEvent } from '../../src/store/event-store.js';
import { logStreamIn } from '../../src/store/log-stream.js';
import { systemClock } from '../../src/store/clock.js';
import { loadCheckpoint } from '../../src/watch/checkpoint.js';
import { type Verification, verify } from '../../src/watch/verify.js';
import { Watch } from '../../src/watch/watch.js';
import { VirtualClock } from '../virtual-clock.js';
import { AUDIENCE, TestIssuer } from './issuer.js';
import { SENDER } from '../sender.js';

const CONFIG = join(import.meta.dirname, '../../config');
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const HOUR = 3_600_000;

/** The whole service with a sign-in, listening on this machine, beside a real issuer of tokens. */
export class SignedInService {
  private constructor(
    private readonly folder: string,
    private readonly estate: OpenEstate,
    readonly app: NestExpressApplication,
    readonly issuer: TestIssuer,
    readonly clock: VirtualClock,
    /** What the log of the service says. */
    readonly logged: readonly string[],
  ) {}

  /** @param access what `config/access.yml` says */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    demonstration = false,
    access = '',
  ): Promise<SignedInService> {
    const issuer = await TestIssuer.start();
    const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    const config = join(folder, 'config');
    mkdirSync(config);
    symlinkSync(join(CONFIG, 'rules'), join(config, 'rules'));
    writeFileSync(join(config, 'access.yml'), access);
    const clock = new VirtualClock(systemClock.now());
    const oidc = { AUTH: 'oidc', OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, MASTER_KEY };
    const estate = await openEstate(
      readSettings({ DATA_DIR: join(folder, 'data'), CONFIG_DIR: config, RATE_LIMIT: '0', ...oidc, ...settings }),
      demonstration,
      clock,
    );
    const logged: string[] = [];
    const keep = (...said: unknown[]): void => void logged.push(said.map(String).join(' '));
    const app = await createApp(estate, { log: keep, warn: keep, error: keep, fatal: keep });
    await app.listen(0, '127.0.0.1');
    await app.get(AlertProjection).readable();
    return new SignedInService(folder, estate, app, issuer, clock, logged);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.estate.checkpoints.close();
    await this.estate.close();
    rmSync(this.folder, { recursive: true });
    await this.issuer.stop();
  }

  get port(): number {
    return (this.app.getHttpServer().address() as AddressInfo).port;
  }

  /** Asks as whoever has this token; as a stranger without one. */
  ask(path: string, token?: string, init: RequestInit = {}): Promise<Response> {
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return fetch(`http://127.0.0.1:${this.port}${path}`, {
      ...init,
      headers: { ...authorization, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  send(path: string, body: unknown, token?: string): Promise<Response> {
    const headers = { 'Content-Type': 'application/json' };
    return this.ask(path, token, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** The token of a user with these roles, who works in these prisons. */
  tokenOf(roles: readonly string[], prisons: readonly string[], user = 'ASMITH_GEN'): Promise<string> {
    return this.issuer.sign({ user_name: user, authorities: roles, caseloads: prisons });
  }

  /** The token of a service; `access.yml` says which prisons it sees. */
  tokenOfClient(client: string, roles: readonly string[]): Promise<string> {
    return this.issuer.sign({ client_id: client, sub: client, authorities: roles });
  }

  /** Everything in the log; but not who came and saw whom, which even what is refused leaves, nor what the log says of itself. */
  async log(): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const itself = logStreamIn(this.estate.settings.streamPrefix);
    for await (const event of this.estate.store.readAll())
      if (!['AccessRecorded', 'SecurityEventRecorded', 'UserCame'].includes(event.type) && event.stream !== itself)
        events.push(event);
    return events;
  }

  /** All that is in the log has been heard of, and what counts of what waited is taken in. */
  async heard(): Promise<void> {
    const end = await this.estate.store.end();
    const { signal } = new AbortController();
    const pending = this.app.get(PendingProjection);
    await Promise.all([this.app.get(PeopleProjection).reached(end, signal), pending.reached(end, signal)]);
    await pending.lookAgain();
  }

  /** All that was in the log has once been read by those who follow it. */
  async untilReady(): Promise<void> {
    const { signal } = new AbortController();
    await Promise.all(
      [AlertProjection, KeyWorkProjection].map((type) => this.app.get<Projection>(type).readable(signal)),
    );
    while (!this.app.get(Watch).caughtUp) await new Promise((done) => setImmediate(done));
  }

  /** Something happens so many hours from now, and the watch has decided on all of it. */
  async happens(type: string, prisonNumber: string, prisonId: string, data: object): Promise<void> {
    const now = this.clock.pass(HOUR);
    const sent = { type, prisonNumber, prisonId, occurredAt: new Date(now).toISOString(), data };
    const event = readCustodyEvent(sent, { now, recordedAtDefault: 'now' });
    if (isRefusal(event)) throw new Error(JSON.stringify(event.errors));
    const { position } = await this.app.get(CustodyLog).recordAll([event], { knownAt: () => now, sender: SENDER });
    await this.watchSettles(position);
  }

  /** The watch has decided on all up to a position, by default on all that is in the log. */
  async watchSettles(position?: Position): Promise<void> {
    const until = position ?? (await this.estate.store.end());
    const watch = this.app.get(Watch);
    while (this.estate.store.compare(watch.decided.position, until) < 0) {
      await watch.tick(this.clock.pass(10_000));
      await new Promise((done) => setImmediate(done));
    }
    await this.app.get(AlertProjection).reached(until, new AbortController().signal);
  }

  /** How alerts stand beside how they should, up to where the watch has come. */
  async verified(): Promise<Verification> {
    const { store, checkpoints, settings, rulebook, days } = this.estate;
    return verify({
      store,
      prefix: settings.streamPrefix,
      rulebook,
      days,
      upTo: await loadCheckpoint(checkpoints),
    });
  }

  /** The one alert of a rule about a person. */
  alertOf(prisonNumber: string, rule: string): AlertSummary {
    const [alert, ...more] = this.app
      .get(AlertIndex)
      .ofPerson(prisonNumber)
      .filter((found) => found.rule === rule);
    if (!alert || more.length > 0) throw new Error(`${prisonNumber} has ${more.length + (alert ? 1 : 0)} of ${rule}`);
    return alert;
  }
}
