import { type INestApplication, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Server } from 'node:http';
import { noSignIn, recogniseWith } from '../../src/access/sign-in.js';
import { HOLDERS } from '../../src/access/holders.js';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import { SecurityEvents } from '../../src/access-records/security-events.js';
import { CustodyModule } from '../../src/custody/custody.module.js';
import { INTAKE_PACE } from '../../src/custody/intake-pace.js';
import { OPEN_ALERTS } from '../../src/custody/still-watched.js';
import { FEED_REGISTER } from '../../src/custody/feeds.js';
import type { FeedRegister } from '../../src/kernel/feed-terms.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import type { Rule } from '../../src/kernel/rule.js';
import { DEMONSTRATION } from '../../src/oversight/info.js';
import { OversightModule } from '../../src/oversight/oversight.module.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import { InMemoryKeyRing } from '../in-memory-key-ring.js';
import { KEY_RING } from '../../src/personal-data/key-ring.js';
import { PrisonNames } from '../../src/prison/prison-names.js';
import { NOT_WATCHED } from '../../src/key-work/history/not-watched.js';
import { KEY_WORK_SETTINGS } from '../../src/key-work/figures/frequency.js';
import { KEY_WORK_LIMITS } from '../../src/key-work/figures/limits.js';
import { LIMITS } from '../key-work-limits.js';
import { Seals, SEALS } from '../../src/personal-data/seals.js';
import { EVIDENCE_SOURCE, RULE_SOURCE } from '../../src/safety-alerts/ports.js';
import { CLOCK } from '../../src/store/clock.js';
import { DroppedEvents } from '../../src/store/dropped/dropped-events.js';
import { EVENT_STORE } from '../../src/store/event-store.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import { STREAM_PREFIX } from '../../src/store/stream-prefix.js';
import { WATCH_OPTIONS, type WatchSurroundings } from '../../src/watch/watch.module.js';
import { Watch } from '../../src/watch/watch.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { SENDER } from '../sender.js';

const PREFIX = 'test_';
const TEN_SECONDS = 10_000;
export const NINE = Date.parse('2026-11-22T09:00:00Z');

/** A rule that everybody in a stay breaks at once. */
const always: Rule = {
  id: 'KW-01',
  version: 3,
  name: 'Always',
  effectiveFrom: '2018-01-01',
  source: [{ ref: 'this test', says: 'so' }],
  owner: 'nobody',
  pauses: false,
  steps: [{ level: 'HIGH', when: { op: 'stay' } }],
  repeats: [],
  because: '',
  holders: {},
  safeguard: [],
  closesOn: 'the person leaves',
  tells: [],
  why: 'The person is here.',
};

interface Options {
  readonly demonstration?: boolean;
  readonly feeds?: FeedRegister;
}

/** The service as those see it who run it, on a log in memory; it is nine o'clock, and time moves when told. */
export class OversightApp {
  private constructor(
    readonly app: INestApplication<Server>,
    readonly store: InMemoryEventStore,
    private readonly clock: { time: number },
  ) {}

  static async start(options: Options = {}): Promise<OversightApp> {
    const store = new InMemoryEventStore();
    const clock = { time: NINE };
    const keys = new InMemoryKeyRing();
    const around = [
      { provide: EVENT_STORE, useValue: store },
      { provide: CLOCK, useValue: { now: () => clock.time } },
      { provide: STREAM_PREFIX, useValue: PREFIX },
      { provide: DroppedEvents, useValue: DroppedEvents.none },
      { provide: KEY_RING, useValue: keys },
      { provide: SEALS, useValue: new Seals(keys) },
      { provide: EVIDENCE_SOURCE, useValue: { eventsOf: () => Promise.resolve([]) } },
      { provide: RULE_SOURCE, useValue: { rule: () => undefined } },
      {
        provide: HOLDERS,
        useValue: { holderOf: () => undefined, takeoverOf: () => undefined, numbersOf: (number: string) => [number] },
      },
      { provide: OPEN_ALERTS, useValue: { openAlertsOf: () => Promise.resolve([]) } },
      { provide: INTAKE_PACE, useValue: { keptUp: () => Promise.resolve() } },
      { provide: SecurityEvents, useValue: { totals: () => new Map([['look-refused', 0]]) } },
      { provide: KEY_WORK_LIMITS, useValue: LIMITS },
      { provide: KEY_WORK_SETTINGS, useValue: [] },
      { provide: FEED_REGISTER, useValue: () => options.feeds ?? new Map() },
      { provide: NOT_WATCHED, useValue: new Map() },
      { provide: PrisonNames, useValue: new PrisonNames() },
      { provide: WATCH_OPTIONS, useValue: surroundingsOf(store) },
      ...(options.demonstration === undefined ? [] : [{ provide: DEMONSTRATION, useValue: options.demonstration }]),
    ];
    const outer = { module: Around, global: true, providers: around, exports: around };
    const built = await Test.createTestingModule({ imports: [outer, CustodyModule, OversightModule] }).compile();
    const app = built.createNestApplication<INestApplication<Server>>();
    app.useLogger(false);
    app.use(recogniseWith(noSignIn));
    return new OversightApp(await app.init(), store, clock);
  }

  get server(): Server {
    return this.app.getHttpServer();
  }

  get now(): number {
    return this.clock.time;
  }

  /** Time passes, and nobody looks. */
  sleeps(milliseconds: number): void {
    this.clock.time += milliseconds;
  }

  /** Ten seconds pass, and the watch looks. */
  async timeGoesOn(): Promise<void> {
    this.sleeps(TEN_SECONDS);
    await this.app.get(Watch).tick(this.now);
    await new Promise((done) => setImmediate(done));
  }

  /** Records what happened, and lets time go on until it has been decided on and the decisions are to be seen. */
  async happens(...events: readonly CustodyEvent[]): Promise<void> {
    const { position } = await this.app.get(CustodyLog).recordAll(events, { knownAt: () => this.now, sender: SENDER });
    const watch = this.app.get(Watch);
    while (this.store.compare(watch.decided.position, position) < 0) await this.timeGoesOn();
    await this.app.get(AlertIndex).read.reached(await this.store.end(), new AbortController().signal);
  }
}

const surroundingsOf = (store: InMemoryEventStore): WatchSurroundings => {
  const days = new LocalDays();
  return {
    store,
    checkpoints: new InMemoryCheckpointStore(),
    rulebook: new Rulebook([always], days),
    days,
    prefix: PREFIX,
  };
};

@Module({})
class Around {}

interface Happening {
  readonly prisonId?: string;
  readonly data?: object;
  /** Milliseconds since 1970-01-01T00:00:00Z; nine o'clock where it is left out. */
  readonly at?: number;
}

/** A custody event of XYI at nine o'clock, unless it says otherwise. */
const event = (
  type: string,
  prisonNumber: string,
  { prisonId = 'XYI', data = {}, at = NINE }: Happening = {},
): CustodyEvent => {
  const sent = { type, prisonNumber, prisonId, occurredAt: new Date(at).toISOString(), data };
  const read = readCustodyEvent(sent, { now: at, recordedAtDefault: 'now' });
  if (isRefusal(read)) throw new Error(JSON.stringify(read.errors));
  return read;
};

export const arrives = (prisonNumber: string, prisonId = 'XYI'): CustodyEvent =>
  event('PrisonerReceived', prisonNumber, { prisonId, data: { reason: 'NEW_ADMISSION' } });

export const leaves = (prisonNumber: string, reason: string, { prisonId = 'XYI', at }: Happening & { at: number }) =>
  event('PrisonerReleased', prisonNumber, { prisonId, data: { reason }, at });

/** A feed says that it is complete up to a minute before nine. */
export const completeUntil = (feed: string): CustodyEvent => {
  const sent = { type: 'FeedCompleteUntil', prisonId: 'XYI', occurredAt: new Date(NINE).toISOString() };
  const data = { feed, until: new Date(NINE - 60_000).toISOString() };
  const read = readCustodyEvent({ ...sent, data }, { now: NINE, recordedAtDefault: 'now' });
  if (isRefusal(read)) throw new Error(JSON.stringify(read.errors));
  return read;
};
