import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import { DroppedEvents, dropEvent, type DropReason, retryEvents } from '../../src/store/dropped/dropped-events.js';
import { withoutDropped } from '../../src/store/dropped/remaining-event-store.js';
import { EVERYBODY } from '../../src/watch/partition.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { GRACE, PREFIX, RULEBOOK, Service } from './service.js';

const DAY = 86_400_000;
const NOON = Date.parse('2026-03-02T12:00:00Z');
const BY = 'ASMITH_GEN';
const UNKNOWN = '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a03';

beforeEach(() => {
  Logger.overrideLogger(false);
});

/** A log, and the service on it, which opens it anew whenever something is said of its events. */
class ReopenedLog {
  readonly store = new InMemoryEventStore();
  readonly checkpoints = new InMemoryCheckpointStore();
  service = new Service(this.store, this.checkpoints);
  private told = 0;

  async opened(checkpoints = this.checkpoints): Promise<Service> {
    const dropped = await DroppedEvents.read(this.store, PREFIX);
    const store = withoutDropped(this.store, dropped);
    return new Service(store, checkpoints, RULEBOOK, undefined, EVERYBODY, undefined, dropped).start();
  }

  async tell(at: number, type: string, data: CustodyEvent['data'] = {}): Promise<string> {
    const instant = new Date(at).toISOString();
    const id = `00000000-0000-4000-8000-${String(++this.told).padStart(12, '0')}`;
    const when = { occurredAt: instant, occurredAtMs: at, recordedAt: instant, recordedAtMs: at };
    await this.service.know(at, { id, type, prisonNumber: 'A0001AA', prisonId: 'XYI', ...when, data } as CustodyEvent);
    await this.service.wait(at + GRACE);
    return id;
  }

  /** An event of a later version comes to stand at the end of a stream. */
  async hold(stream: string, revision: number): Promise<void> {
    const event = { id: UNKNOWN, type: 'NotOfThisVersion', data: {}, metadata: {} };
    await this.store.append(PREFIX + stream, revision, [event]);
    await this.service.untilRead();
  }

  async drop(stream: string, id: string, now: number, because: DropReason = 'RECORDED_AGAIN'): Promise<void> {
    const event = { stream, id, reason: 'UNREADABLE_CUSTODY_EVENT', because, prisonNumber: 'A0001AA' };
    await dropEvent(this.store, PREFIX, event, { by: BY, now });
    await this.reopen(now);
  }

  async retry(stream: string, id: string, now: number): Promise<void> {
    await retryEvents(this.store, PREFIX, [{ stream, id }], { by: BY, now });
    await this.reopen(now);
  }

  private async reopen(now: number): Promise<void> {
    await this.service.watch.stop();
    this.service = await this.opened();
    await this.service.wait(now + GRACE);
  }
}

const KW03 = alertStreamOf('KW-03', 'A0001AA');
const verified = async (service: Service) => {
  const { findings, parked } = await service.verified();
  return { findings, parked };
};
const RIGHT = { findings: [], parked: 0 };
const alertsOf = async (service: Service, rule: string) =>
  (await service.alerts())
    .filter((alert) => alert.rule === rule)
    .map(({ state, outcome }) => [state, outcome] as const);

/** Somebody without a key worker for four days: KW-03 is open. */
const newcomer = async (): Promise<ReopenedLog> => {
  const log = new ReopenedLog();
  await log.service.start();
  await log.tell(NOON, 'PrisonerReceived', { reason: 'NEW_ADMISSION' });
  await log.service.wait(NOON + 4 * DAY);
  return log;
};

describe('an event that cannot be read, and was dropped', () => {
  it('closes what it held open, for the reason that it had then; verify and another instance agree', async () => {
    const log = await newcomer();
    await log.hold('person-A0001AA', 0);
    await log.tell(NOON + 5 * DAY, 'KeyWorkerAllocated', { staffId: '1' });
    expect(await alertsOf(log.service, 'KW-03')).toEqual([['OPEN', undefined]]);
    expect(await verified(log.service)).toEqual({ findings: [], parked: 1 });
    await log.drop('person-A0001AA', UNKNOWN, NOON + 6 * DAY);
    expect(await alertsOf(log.service, 'KW-03')).toEqual([['RESOLVED', 'met']]);
    expect(log.service.watch.parked.count).toBe(0);
    expect(await verified(log.service)).toEqual(RIGHT);
    const other = await log.opened(new InMemoryCheckpointStore());
    await other.wait(NOON + 6 * DAY + GRACE);
    expect(await verified(other)).toEqual(RIGHT);
    await other.watch.stop();
    expect(await alertsOf(other, 'KW-03')).toEqual([['RESOLVED', 'met']]);
  });

  it('lets an alert that was to close, and rose again meanwhile, close and be raised anew', async () => {
    const log = await newcomer();
    await log.hold('person-A0001AA', 0);
    await log.tell(NOON + 5 * DAY, 'KeyWorkerAllocated', { staffId: '1' });
    await log.tell(NOON + 6 * DAY, 'KeyWorkerDeallocated', { staffId: '1' });
    await log.service.wait(NOON + 10 * DAY);
    await log.drop('person-A0001AA', UNKNOWN, NOON + 11 * DAY);
    expect(await alertsOf(log.service, 'KW-03')).toEqual([
      ['RESOLVED', 'met'],
      ['OPEN', undefined],
    ]);
    expect(await verified(log.service)).toEqual(RIGHT);
  });

  it('lets the alert go on whose event it was, though it was the last of its stream', async () => {
    const log = await newcomer();
    await log.hold(KW03, 0);
    await log.tell(NOON + 5 * DAY, 'KeyWorkerAllocated', { staffId: '1' });
    await log.drop(KW03, UNKNOWN, NOON + 6 * DAY);
    expect(await alertsOf(log.service, 'KW-03')).toEqual([['RESOLVED', 'met']]);
    expect(await verified(log.service)).toEqual(RIGHT);
    const inStream: string[] = [];
    for await (const { type } of log.store.readStream(PREFIX + KW03)) inStream.push(type);
    expect(inStream).toEqual(['SafetyAlertRaised', 'NotOfThisVersion', 'SafetyAlertResolved']);
  });

  it('counts for no version, also for one that could read it', async () => {
    const log = await newcomer();
    const id = await log.tell(NOON + 5 * DAY, 'KeyWorkerAllocated', { staffId: '1' });
    expect(await alertsOf(log.service, 'KW-03')).toEqual([['RESOLVED', 'met']]);
    await log.drop('person-A0001AA', id, NOON + 6 * DAY);
    expect((await alertsOf(log.service, 'KW-03')).at(-1)).toEqual(['OPEN', undefined]);
    expect(await verified(log.service)).toEqual(RIGHT);
  });
});

describe('an event that was dropped, and is read again', () => {
  it('counts in its place: since it happened, and verify and another instance agree', async () => {
    const log = await newcomer();
    const harmedAt = NOON + 5 * DAY;
    await log.hold('person-A0001AA', 0);
    await log.drop('person-A0001AA', UNKNOWN, NOON + 5 * DAY - 10 * GRACE);
    const id = await log.tell(harmedAt, 'SelfHarmReported');
    await log.drop('person-A0001AA', id, harmedAt + 60_000);
    await log.service.wait(harmedAt + DAY);
    expect(await alertsOf(log.service, 'VUL-01')).toEqual([]);
    await log.retry('person-A0001AA', id, harmedAt + 2 * DAY);
    const [raised] = (await log.service.alerts()).filter(({ rule }) => rule === 'VUL-01');
    expect(raised).toMatchObject({ state: 'OPEN', trueSince: new Date(harmedAt + 3_600_000).toISOString() });
    expect(await verified(log.service)).toEqual(RIGHT);
    const other = await log.opened(new InMemoryCheckpointStore());
    await other.wait(harmedAt + 2 * DAY + GRACE);
    expect(await verified(other)).toEqual(RIGHT);
    await other.watch.stop();
  });

  it('holds closes back again where it still cannot be read', async () => {
    const log = await newcomer();
    await log.hold('person-A0001AA', 0);
    await log.drop('person-A0001AA', UNKNOWN, NOON + 5 * DAY);
    await log.retry('person-A0001AA', UNKNOWN, NOON + 6 * DAY);
    await log.tell(NOON + 7 * DAY, 'KeyWorkerAllocated', { staffId: '1' });
    expect(await alertsOf(log.service, 'KW-03')).toEqual([['OPEN', undefined]]);
    expect(log.service.watch.parked.count).toBe(1);
  });
});
