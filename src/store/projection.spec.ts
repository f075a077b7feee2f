import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { StoreUnavailable } from './errors.js';
import type { Json, RecordedEvent } from './event-store.js';
import { Projection } from './projection.js';
import type { Snapshot, SnapshotStore } from './snapshot-store.js';
import { Snapshots } from './snapshots.js';
import { UnreadableEvent } from './unreadable-event.js';
import { Waterline } from './waterline.js';

class FromLater extends UnreadableEvent {
  readonly code = 'FROM_LATER';
  constructor(recorded: RecordedEvent) {
    super(recorded, 'person-A1234BC is of a later version');
  }
}

/** Keeps the last snapshot, and wants one whenever it is asked. */
class EagerSnapshots implements SnapshotStore {
  readonly pace = { events: 1, milliseconds: 0 };
  last: { upTo: Snapshot['upTo']; parts: Json[] } | undefined;

  load(): Promise<Snapshot | undefined> {
    return Promise.resolve(this.last);
  }

  save(_consumer: string, _version: string, { upTo, parts }: Snapshot): Promise<void> {
    this.last = { upTo, parts: [...parts] };
    return Promise.resolve();
  }
}

/** The types of all events, in order. */
class Types extends Projection {
  types: string[] = [];
  away = false;

  constructor(
    store: InMemoryEventStore,
    private readonly read: Waterline,
    snapshots: SnapshotStore,
  ) {
    super({
      name: 'The types',
      store,
      streamPrefixes: [''],
      read,
      writing: {
        snapshots: new Snapshots(snapshots, 'types', '1'),
        clock: { now: () => 0 },
        model: {
          memory: () => this.types.map((type) => ({ type })),
          recall: ({ upTo, parts }) => {
            this.types = Array.from(parts, ({ type }) => String(type));
            read.rise(upTo.position);
          },
        },
      },
    });
  }

  protected takeIn(event: RecordedEvent): void {
    if (this.away) throw new StoreUnavailable('away');
    if (event.type === 'Later') throw new FromLater(event);
    if (event.type === 'Broken') throw new TypeError('A1234BC is not iterable');
    this.types.push(event.type);
    this.read.rise(event.position);
  }
}

let store: InMemoryEventStore;
let snapshots: EagerSnapshots;

const started = async (): Promise<Types> => {
  const projection = new Types(store, new Waterline((a, b) => store.compare(a, b)), snapshots);
  await projection.onModuleInit();
  await turns();
  return projection;
};

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const happen = async (...types: string[]): Promise<void> => {
  for (const type of types)
    await store.append(crypto.randomUUID(), 'no-stream', [{ id: crypto.randomUUID(), type, data: {}, metadata: {} }]);
  await turns();
};

beforeEach(() => {
  Logger.overrideLogger(false);
  store = new InMemoryEventStore();
  snapshots = new EagerSnapshots();
});

describe('a projection', () => {
  it('takes in what is there and what comes, and says so', async () => {
    await happen('A');
    const projection = await started();
    await happen('B');
    expect(projection.types).toEqual(['A', 'B']);
    expect([projection.caughtUp, projection.isAtTheEnd, projection.isStale]).toEqual([true, true, false]);
    await expect(projection.readable()).resolves.toBeUndefined();
    await expect(projection.reached('2', AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('goes on from its snapshot', async () => {
    await happen('A');
    await (await started()).onModuleDestroy();
    snapshots.last?.parts.push({ type: 'remembered' });
    await happen('B');
    expect((await started()).types).toEqual(['A', 'remembered', 'B']);
  });

  it('has once caught up, though it is not at the end any more', async () => {
    const projection = await started();
    projection.away = true;
    await happen('A');
    expect([projection.caughtUp, projection.isAtTheEnd, projection.isStale]).toEqual([true, false, true]);
  });

  it('sets nothing aside because the log is away, and takes it in with the next tick once it is back', async () => {
    const projection = await started();
    projection.away = true;
    await happen('A');
    projection.away = false;
    await projection.tick(0);
    await turns();
    expect([projection.types, projection.parked.size]).toEqual([['A'], 0]);
  });
});

describe('an event that cannot be taken in', () => {
  it.each([
    ['Later', 'FROM_LATER'],
    ['Broken', 'UNFORESEEN'],
  ])('is set aside, with the code of the reason, and holds up nothing else: %s', async (type, reason) => {
    await happen('A', type, 'B');
    const projection = await started();
    expect(projection.types).toEqual(['A', 'B']);
    expect([...projection.parked]).toMatchObject([['2', { reason }]]);
    expect([projection.failure, projection.isAtTheEnd]).toEqual([undefined, true]);
  });

  it('is told by its position and the code, and by nothing that it says', async () => {
    const told: string[] = [];
    Logger.overrideLogger({ log: () => undefined, warn: () => undefined, error: (text: string) => told.push(text) });
    await happen('Later', 'Broken');
    await started();
    Logger.overrideLogger(false);
    expect(told).toEqual([
      'The types have set aside the event at position 1: FROM_LATER.',
      'The types have set aside the event at position 2: UNFORESEEN.',
    ]);
  });

  it('is set aside anew by every start: what is written down leaves nothing out', async () => {
    await happen('A');
    await (await started()).onModuleDestroy();
    await happen('Later', 'B');
    await (await started()).onModuleDestroy();
    expect(snapshots.last).toMatchObject({ upTo: { position: '1' }, parts: [{ type: 'A' }] });
    expect([...(await started()).parked.keys()]).toEqual(['2']);
  });
});
