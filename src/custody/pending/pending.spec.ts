import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { session } from '../../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import type { Clock, ClockDoubt } from '../../store/clock.js';
import { StoreUnavailable } from '../../store/errors.js';
import type { EventStore } from '../../store/event-store.js';
import type { CustodyEvent } from '../custody-event.js';
import { CustodyLog } from '../custody-log.js';
import { People } from '../people/people.js';
import { PeopleProjection } from '../people/people-projection.js';
import type { EventResult } from '../recording-result.js';
import { ownProgram, type Sender } from '../sender.js';
import { Tellings } from '../tellings/tellings.js';
import { PendingEvents } from './pending-events.js';
import { PendingIntake } from './pending-intake.js';
import { PendingLog } from './pending-log.js';
import { PendingProjection } from './pending-projection.js';

const PREFIX = 'cw_';
const NINE = Date.parse('2026-11-22T09:00:00Z');
const of = (prison: string): Sender => ({ client: `feed-${prison}`, prisons: new Set([prison]) });

/** A log in which an append to some streams can be made to fail, or to come after something else. */
class Fragile extends InMemoryEventStore {
  refuses: (stream: string) => boolean = () => false;
  /** What happens once, right before the ACCT comes into somebody's history. */
  meanwhile: (() => Promise<unknown>) | undefined;

  override async append(
    ...[stream, expected, events]: Parameters<EventStore['append']>
  ): ReturnType<EventStore['append']> {
    const { meanwhile } = this;
    if (meanwhile && stream.includes('person-') && events.some(({ type }) => type === 'AcctOpened')) {
      this.meanwhile = undefined;
      await meanwhile();
    }
    if (this.refuses(stream)) throw new StoreUnavailable('gone');
    return super.append(stream, expected, events);
  }
}

/** A clock that can be in doubt. */
class DoubtedClock extends VirtualClock {
  doubt: ClockDoubt | undefined;
}

/** One service on the log: what of it has to do with what is pending. */
class Instance {
  readonly pending: PendingEvents;
  private readonly tellings: Tellings;
  private readonly people: PeopleProjection;
  private readonly projection: PendingProjection;
  private readonly log: CustodyLog;

  constructor(
    private readonly store: EventStore,
    keys: InMemoryKeyRing,
    clock: Clock,
  ) {
    const sealing = { seals: new Seals(keys), prefix: PREFIX };
    const people = new People(store, sealing, {
      readable: () => Promise.resolve(),
      holderOf: () => undefined,
      takeoverOf: () => undefined,
      numbersOf: (number: string) => [number],
    });
    this.log = new CustodyLog(store, PREFIX, sealing.seals, people);
    this.people = new PeopleProjection(store, people, clock, PREFIX);
    this.pending = new PendingEvents(store, PREFIX);
    this.tellings = new Tellings(store, PREFIX, clock);
    const log = new PendingLog(store, sealing);
    const intake = new PendingIntake(this.log, log, this.tellings, sealing, clock, this.pending);
    this.projection = new PendingProjection(store, this.pending, intake, people, this.people, PREFIX);
  }

  async start(): Promise<this> {
    await this.people.onModuleInit();
    await this.people.readable();
    await this.projection.onModuleInit();
    await this.heard();
    return this;
  }

  async stop(): Promise<void> {
    await this.projection.onModuleDestroy();
    await this.people.onModuleDestroy();
  }

  async tell(...events: readonly CustodyEvent[]): Promise<readonly EventResult[]> {
    const sender = of(events[0]?.prisonId ?? '');
    return (await this.log.recordAll(events, { knownAt: () => NINE, sender })).results;
  }

  /** As part of an import that goes on. */
  async tellInOneGo(telling: string, ...events: readonly CustodyEvent[]): Promise<void> {
    const sender = of(events[0]?.prisonId ?? '');
    await this.tellings.begin({ id: telling, kind: 'import' }, []);
    await this.log.recordAll(events, { knownAt: () => NINE, sender, telling: await this.tellings.find(telling) });
  }

  /** Straight into the log, as `import` does where no service holds it. What became of each. */
  async import(...events: readonly CustodyEvent[]): Promise<string[]> {
    const { results } = await this.log.recordAll(events, { knownAt: () => NINE, sender: ownProgram('import') });
    return results.map(({ status, pending = '' }) => status + pending);
  }

  /** All that is in the log has been heard of, and what counts of what waited has been looked at. */
  async heard(): Promise<void> {
    const { signal } = new AbortController();
    const end = await this.store.end();
    await Promise.all([this.people.reached(end, signal), this.projection.reached(end, signal)]);
    await this.projection.lookAgain();
  }

  tick(): Promise<void> {
    return this.projection.tick(NINE);
  }

  get waiting(): string[] {
    return this.pending.all.map(({ event }) => event.type);
  }

  /** Why what waits cannot be taken in as it stands. */
  get refusals(): (string | undefined)[] {
    return this.pending.all.flatMap((pending) => this.pending.refusalOf(pending)).map(({ code }) => code);
  }
}

const at = (hour: number, number: number, prisonId: string, type: CustodyEvent['type'], data = {}): CustodyEvent =>
  session(number, { type, prisonId, occurredAt: `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`, data });

const ADMISSION = at(8, 1, 'XYI', 'PrisonerReceived', { reason: 'NEW_ADMISSION' });
const DEPARTURE = at(9, 2, 'XYI', 'PrisonerReleased', { reason: 'TRANSFERRED' });
const ARRIVAL = at(10, 3, 'XYM', 'PrisonerReceived', { reason: 'TRANSFERRED' });
const SESSION = at(11, 4, 'XYM', 'KeyWorkerSessionHeld', { staffId: '2001' });
const ACCT = at(12, 5, 'XYM', 'AcctOpened', { concern: 'low in mood' });
const WITHDRAWAL = at(13, 6, 'XYM', 'EventWithdrawn', { withdraws: ACCT.id, reason: 'Wrong number.' });

let store: Fragile;
let keys: InMemoryKeyRing;
let clock: DoubtedClock;
let instances: Instance[];

const start = async (): Promise<Instance> => {
  const instance = await new Instance(store, keys, clock).start();
  instances.push(instance);
  return instance;
};

beforeEach(() => {
  Logger.overrideLogger(false);
  store = new Fragile();
  keys = new InMemoryKeyRing();
  clock = new DoubtedClock(NINE);
  instances = [];
});

afterEach(async () => {
  for (const instance of instances) await instance.stop();
});

const told = async (stream: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of store.readStream(PREFIX + stream)) types.push(type);
  return types;
};
const history = (): Promise<string[]> => told('person-A1234BC');

describe('what waits until the person is there', () => {
  it('is taken in once by two services, which hear of the arrival together', async () => {
    const [one, other] = [await start(), await start()];
    await one.tell(ADMISSION);
    await one.tell(SESSION, ACCT);
    await other.tell(ARRIVAL);
    await Promise.all([one.heard(), other.heard()]);
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReceived', 'KeyWorkerSessionHeld', 'AcctOpened']);
    await Promise.all([one.heard(), other.heard()]);
    expect([one.waiting, other.waiting]).toEqual([[], []]);
  });

  it('is taken in by a start after a time in which nobody looked', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    await one.stop();
    await one.tell(DEPARTURE);
    expect(await history()).not.toContain('AcctOpened');
    await start();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReleased', 'AcctOpened']);
  });

  it('is in the history once when the service was killed before it could note that', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    store.refuses = (stream) => stream.includes('pending-');
    await one.tell(ARRIVAL);
    await one.heard();
    expect(await history()).toContain('AcctOpened');
    expect(one.waiting).toEqual(['AcctOpened']);
    store.refuses = () => false;
    await one.stop();
    const next = await start();
    await next.heard();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReceived', 'AcctOpened']);
    expect(next.waiting).toEqual([]);
  });

  it('does not count once it is withdrawn, though another service had it on its way into the history', async () => {
    const [one, other] = [await start(), new Instance(store, keys, clock)];
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    await one.heard();
    store.meanwhile = () => other.tell(WITHDRAWAL);
    await one.tell(DEPARTURE);
    for (let round = 0; round < 3; round++) await one.heard();
    expect(store.meanwhile).toBeUndefined();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReleased', 'AcctOpened', 'EventWithdrawn']);
    expect(one.waiting).toEqual([]);
  });

  it('does not count once it is withdrawn, though the service that took it in was killed before it could note that', async () => {
    const [one, other] = [await start(), new Instance(store, keys, clock)];
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    await one.heard();
    store.meanwhile = async () => {
      await other.tell(WITHDRAWAL);
      store.refuses = (stream) => stream.includes('pending-');
    };
    await one.tell(DEPARTURE);
    await one.heard();
    await one.stop();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReleased', 'AcctOpened']);
    store.refuses = () => false;
    const next = await start();
    for (let round = 0; round < 3; round++) await next.heard();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReleased', 'AcctOpened', 'EventWithdrawn']);
    expect(next.waiting).toEqual([]);
  });

  it('does not count once it is withdrawn, at whatever moment and by whichever service', async () => {
    const moments = fc.record({
      order: fc.shuffledSubarray([ACCT, DEPARTURE, WITHDRAWAL], { minLength: 3 }),
      byOther: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      heardBetween: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(moments, async ({ order, byOther, heardBetween }) => {
        for (const instance of instances.splice(0)) await instance.stop();
        store = new Fragile();
        const [one, other] = [await start(), await start()];
        await one.tell(ADMISSION);
        for (const [index, event] of order.entries()) {
          await (byOther[index] ? other : one).tell(event);
          if (heardBetween[index]) await Promise.all([one.heard(), other.heard()]);
        }
        for (let round = 0; round < 3; round++) await Promise.all([one.heard(), other.heard()]);
        const told = await history();
        expect(told.includes('AcctOpened') && !told.includes('EventWithdrawn')).toBe(false);
        expect([one.waiting, other.waiting]).toEqual([[], []]);
      }),
      { numRuns: 30 },
    );
  });

  it('is withdrawn by whoever may tell of all prisons', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    expect(await one.import(WITHDRAWAL)).toEqual(['acceptedNOT_YET_HERE']);
    await one.heard();
    expect(one.waiting).toEqual([]);
    await one.tell(ARRIVAL);
    await one.heard();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReceived']);
    expect(await one.import(WITHDRAWAL)).toEqual(['duplicate']);
  });

  it('is withdrawn in the history by whoever may tell of all prisons where it counts already', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    await one.tell(ARRIVAL);
    await one.heard();
    expect(await one.import(WITHDRAWAL)).toEqual(['accepted']);
    expect((await history()).slice(-2)).toEqual(['AcctOpened', 'EventWithdrawn']);
  });

  it('says why where it is refused as it stands, and is counted among those', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT, SESSION);
    await one.import({ ...ACCT, data: { concern: 'other words under the same id' } });
    await one.heard();
    expect(one.waiting).toEqual(['AcctOpened', 'KeyWorkerSessionHeld']);
    expect(one.refusals).toEqual(['EVENT_ID_REUSED']);
    expect(one.pending.byPrison().get('XYM')).toMatchObject({ count: 2, refused: 1 });
    await one.tell(at(13, 7, 'XYM', 'EventWithdrawn', { withdraws: SESSION.id, reason: 'Wrong number.' }));
    await one.heard();
    expect(one.refusals).toEqual(['EVENT_ID_REUSED']);
  });

  it('is taken in though the telling that brought something else is nowhere to be found', async () => {
    const telling = '11111111-1111-4111-8111-111111111111';
    const one = await start();
    await one.tell(ADMISSION);
    await one.tellInOneGo(telling, SESSION);
    await one.tell(ACCT);
    await one.stop();
    store.tamper(`UPDATE streams SET name = 'cw_lost' WHERE name = 'cw_telling-${telling}'`);
    const error = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const next = await start();
    await next.tell(DEPARTURE);
    await next.heard();
    await next.heard();
    expect(await history()).toEqual(['PrisonerReceived', 'PrisonerReleased', 'AcctOpened']);
    expect(next.waiting).toEqual(['KeyWorkerSessionHeld']);
    expect(error.mock.calls.map(([line]) => String(line)).join()).toContain('NO_SUCH_TELLING');
  });

  it.each([`data = '{}'`, `type = 'PendingEventTaken'`])(
    'waits no longer though the note that it is taken in is damaged: %s',
    async (damage) => {
      const one = await start();
      await one.tell(ADMISSION);
      await one.tell(ACCT);
      await one.tell(ARRIVAL);
      await one.heard();
      await one.stop();
      const before = await told('pending-A1234BC');
      expect(before).toEqual(['AcctOpened', 'PendingEventTakenIn']);
      store.tamper(`UPDATE events SET ${damage} WHERE type = 'PendingEventTakenIn'`);
      const next = await start();
      expect(next.waiting).toEqual([]);
      expect(await told('pending-A1234BC')).toHaveLength(2);
    },
  );

  it('counts at once where a program of the service itself tells of it, such as import', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    expect(await one.import(SESSION, ACCT)).toEqual(['accepted', 'accepted']);
    expect(await history()).toEqual(['PrisonerReceived', 'KeyWorkerSessionHeld', 'AcctOpened']);
    expect(one.waiting).toEqual([]);
  });

  it('is tried again with the next tick while the log cannot be written', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    await one.tell(DEPARTURE);
    let refused = 0;
    store.refuses = (stream) => stream.includes('person-') && ++refused > 0;
    await one.heard();
    expect(refused).toBeGreaterThan(0);
    expect(await history()).not.toContain('AcctOpened');
    store.refuses = () => false;
    await one.tick();
    expect(await history()).toContain('AcctOpened');
  });

  it('goes on waiting while the clock is in doubt, and is taken in with the next tick after that', async () => {
    const one = await start();
    await one.tell(ADMISSION);
    await one.tell(ACCT);
    clock.doubt = { ahead: 3_600_000, since: NINE, dismiss: () => undefined };
    await one.tell(DEPARTURE);
    await one.heard();
    expect(await history()).not.toContain('AcctOpened');
    expect(one.waiting).toEqual(['AcctOpened']);
    clock.doubt = undefined;
    await one.tick();
    expect(await history()).toContain('AcctOpened');
  });

  it('is in the history once, and waits no longer, whatever the order in which it comes and by whichever service', async () => {
    const sent = fc.shuffledSubarray([DEPARTURE, ARRIVAL, SESSION, ACCT], { minLength: 4 });
    const byOther = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sent, byOther, async (events, others) => {
        for (const instance of instances.splice(0)) await instance.stop();
        store = new Fragile();
        const [one, other] = [await start(), await start()];
        await one.tell(ADMISSION);
        for (const [index, event] of events.entries()) await (others[index] ? other : one).tell(event);
        await Promise.all([one.heard(), other.heard()]);
        await Promise.all([one.heard(), other.heard()]);
        expect((await history()).toSorted()).toEqual(
          [ADMISSION, DEPARTURE, ARRIVAL, SESSION, ACCT].map(({ type }) => type).toSorted(),
        );
        expect([one.waiting, other.waiting]).toEqual([[], []]);
      }),
      { numRuns: 30 },
    );
  });
});
