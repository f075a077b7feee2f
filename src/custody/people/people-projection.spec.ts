import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { session } from '../../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { StoreUnavailable } from '../../store/errors.js';
import type { EventStore, Subscription, SubscriptionMessage } from '../../store/event-store.js';
import { CustodyLog } from '../custody-log.js';
import { People } from './people.js';
import { PeopleProjection } from './people-projection.js';
import { SENDER } from '../../../test/sender.js';

const NINE = Date.parse('2026-11-22T09:00:00Z');

/** A log whose subscriptions can be broken off, and told to be interrupted. */
class Fragile extends InMemoryEventStore {
  away = false;
  tell: (message: SubscriptionMessage) => Promise<void> | void = () => undefined;
  private breakOff: (error: Error) => void = () => undefined;

  fail(): void {
    this.breakOff(new StoreUnavailable('gone'));
  }

  override subscribeToAll(...[options, handle]: Parameters<EventStore['subscribeToAll']>): Subscription {
    if (this.away) return { stop: () => Promise.resolve(), ended: new Promise(() => undefined) };
    const real = super.subscribeToAll(options, handle);
    this.tell = handle;
    const broken = new Promise<void>((_, reject) => (this.breakOff = reject));
    broken.catch(() => real.stop());
    return { stop: () => real.stop(), ended: Promise.race([broken, real.ended]) };
  }
}

let store: Fragile;
let people: People;
let projection: PeopleProjection;
let clock: VirtualClock;
let record: (number: number, firstName: string) => Promise<unknown>;

const untilRead = async () => people.read.reached(await store.end(), AbortSignal.timeout(10_000));

beforeEach(() => {
  Logger.overrideLogger(false);
  store = new Fragile();
  clock = new VirtualClock(NINE);
  const seals = new Seals(new InMemoryKeyRing());
  const log = new CustodyLog(store, 'cw_', seals);
  people = new People(
    store,
    { seals, prefix: 'cw_' },
    {
      readable: () => Promise.resolve(),
      holderOf: () => undefined,
      takeoverOf: () => undefined,
      numbersOf: (number: string) => [number],
    },
  );
  projection = new PeopleProjection(store, people, clock, 'cw_');
  record = (number, firstName) =>
    log.recordAll(
      [
        session(number, {
          type: 'PersonDetailsChanged',
          occurredAt: `2026-11-0${number}T10:00:00Z`,
          data: { firstName, lastName: 'Smith' },
        }),
      ],
      { knownAt: () => NINE, sender: SENDER },
    );
});

describe('the projection of people', () => {
  it('is not taken for an empty one before it has read the log', async () => {
    store.away = true;
    void projection.onModuleInit();
    const waiting = new AbortController();
    const readable = projection.readable(waiting.signal);
    waiting.abort();
    await expect(readable).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('follows again with the next tick, from where it was', async () => {
    void projection.onModuleInit();
    await record(1, 'John');
    await untilRead();
    store.fail();
    await record(2, 'Jack');
    expect(projection.failure).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(people.person('A1234BC')?.name?.firstName).toBe('John');
    await projection.tick(clock.pass(1_000));
    await untilRead();
    expect(people.person('A1234BC')?.name?.firstName).toBe('Jack');
    expect(projection.failure).toBeUndefined();
  });

  it('says as of when it is: now while it follows the log, and no later than it could', async () => {
    void projection.onModuleInit();
    await projection.readable(AbortSignal.timeout(10_000));
    expect(people.asOf).toEqual({ position: '0', at: NINE });
    await projection.tick(clock.pass(1_000));
    expect(people.asOf.at).toBe(NINE + 1_000);
    await store.tell({ kind: 'interrupted' });
    await projection.tick(clock.pass(1_000));
    expect(people.asOf.at).toBe(NINE + 1_000);
    expect(projection.isAtTheEnd).toBe(false);
    await store.tell({ kind: 'caught-up', position: '0' });
    expect(people.asOf.at).toBe(NINE + 2_000);
  });
});
