import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { levelIs } from '../../../test/safety-alerts/given.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { StoreUnreadable } from '../../store/errors.js';
import type { Subscription } from '../../store/event-store.js';
import { alertStreamOf } from '../alert/alert-ids.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { AlertProjection } from './alert-projection.js';
import { AlertIndex } from './alert-index.js';

/** A log whose first reader ends with an error. */
class ShakyAtFirst extends InMemoryEventStore {
  private readers = 0;

  override subscribeToAll(...read: Parameters<InMemoryEventStore['subscribeToAll']>): Subscription {
    this.readers += 1;
    if (this.readers > 1) return super.subscribeToAll(...read);
    return { stop: () => Promise.resolve(), ended: Promise.reject(new StoreUnreadable('log.db is damaged')) };
  }
}

/** A log whose reader never gets anywhere, or ends with an error. */
class Stuck extends InMemoryEventStore {
  constructor(private readonly ended: Promise<void>) {
    super();
  }

  override subscribeToAll(): Subscription {
    return { stop: () => Promise.resolve(), ended: this.ended };
  }
}

const projectionOf = (
  store: InMemoryEventStore,
  alerts = new AlertIndex('', (a, b) => store.compare(a, b)),
): AlertProjection => {
  const projection = new AlertProjection({
    store,
    alerts,
    prefix: '',
    clock: { now: () => 0 },
    snapshots: undefined,
  });
  void projection.onModuleInit();
  return projection;
};

describe('the read model of safety alerts', () => {
  it('can be read once the log has been read to its end', async () => {
    const projection = projectionOf(new InMemoryEventStore());
    await expect(projection.readable(new AbortController().signal)).resolves.toBeUndefined();
  });

  it('is not taken for an empty one before that', async () => {
    const waiting = new AbortController();
    const readable = projectionOf(new Stuck(new Promise(() => undefined))).readable(waiting.signal);
    waiting.abort();
    await expect(readable).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('is not taken for an empty one where the log is damaged', async () => {
    const damaged = Promise.reject(new StoreUnreadable('log.db is damaged'));
    const readable = projectionOf(new Stuck(damaged)).readable(new AbortController().signal);
    await expect(readable).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('is read again with the next tick after its reader has ended, and says meanwhile that it stands still', async () => {
    const projection = projectionOf(new ShakyAtFirst());
    await new Promise((resolve) => setImmediate(resolve));
    expect({ code: projection.failure, isStale: projection.isStale }).toMatchObject({
      code: { code: 'STORE_UNREADABLE' },
      isStale: true,
    });
    await projection.tick(0);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(projection.readable(new AbortController().signal)).resolves.toBeUndefined();
    expect({ failure: projection.failure, isStale: projection.isStale }).toEqual({
      failure: undefined,
      isStale: false,
    });
  });

  it('knows of whose alerts an event was set aside, and lists the others', async () => {
    Logger.overrideLogger(false);
    const store = new InMemoryEventStore();
    const alerts = new SafetyAlerts({
      store,
      clock: { now: () => 0 },
      prefix: '',
      seals: new Seals(new InMemoryKeyRing()),
    });
    const [one, other] = ['A0019AA', 'A0020AA'];
    for (const prisonNumber of [one, other]) await alerts.setLevel({ ...levelIs('LOW', 1), prisonNumber });
    const unknown = { id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a05', type: 'NotOfThisVersion', data: {}, metadata: {} };
    await store.append(alertStreamOf('KW-01', one), 0, [unknown]);
    await alerts.setLevel({ ...levelIs('HIGH', 2), prisonNumber: other });
    const index = new AlertIndex('', (a, b) => store.compare(a, b));
    const projection = projectionOf(store, index);
    expect([await projection.hasParked(one), await projection.hasParked(other)]).toEqual([true, false]);
    expect(Array.from(projection.parked.values(), ({ reason }) => reason)).toEqual(['UNKNOWN_ALERT_EVENT']);
    expect(index.open().map(({ prisonNumber, severity }) => [prisonNumber, severity])).toEqual([
      [one, 'LOW'],
      [other, 'HIGH'],
    ]);
  });
});
