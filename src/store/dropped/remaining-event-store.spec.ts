import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import type { RecordedEvent } from '../event-store.js';
import { revisionOf } from '../transact.js';
import { DroppedEvents, dropEvent, parkedStreamIn, retryEvents } from './dropped-events.js';
import { isGap, withoutDropped } from './remaining-event-store.js';

const PREFIX = 'test_';
const STREAM = `${PREFIX}person-A1234BC`;
const [FIRST, LAST] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const ME = { by: 'ASMITH_GEN', now: Date.parse('2026-11-22T09:00:00Z') };

let store: InMemoryEventStore;

beforeEach(async () => {
  store = new InMemoryEventStore();
  await store.append(
    STREAM,
    'no-stream',
    [FIRST, LAST].map((id) => ({ id, type: 'A', data: { id }, metadata: {} })),
  );
});

const drop = (id = LAST) =>
  dropEvent(store, PREFIX, { stream: 'person-A1234BC', id, reason: 'X', because: 'DAMAGED' }, ME);
const read = async () => withoutDropped(store, await DroppedEvents.read(store, PREFIX));
const everyOne = async (events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
};
/** Those of the person. */
const all = async (events: AsyncIterable<RecordedEvent>) =>
  (await everyOne(events)).filter(({ stream }) => stream === STREAM);
const said = () => everyOne(store.readStream(parkedStreamIn(PREFIX)));
const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id);

describe('a log of which an event was dropped', () => {
  it('is read without it by all who follow it', async () => {
    await drop();
    const remaining = await read();
    expect(ids(await all(remaining.readAll()))).toEqual([FIRST]);
    expect(ids(await all(remaining.readStreams(STREAM, `${STREAM}~`)))).toEqual([FIRST]);
    const heard: string[] = [];
    const caughtUp = Promise.withResolvers<undefined>();
    const subscription = remaining.subscribeToAll({}, (message) => {
      if (message.kind === 'event') heard.push(message.event.id);
      else caughtUp.resolve(undefined);
    });
    await caughtUp.promise;
    await subscription.stop();
    expect(heard).toContain(FIRST);
    expect(heard).not.toContain(LAST);
  });

  it('has a gap in its stream, so that whoever writes there goes on after it', async () => {
    await drop();
    const remaining = await read();
    const stream = await all(remaining.readStream(STREAM));
    expect(stream.map((event) => isGap(event))).toEqual([false, true]);
    expect(stream[1]?.data).toEqual({});
    const expected = await revisionOf(remaining, STREAM);
    const next = { id: '00000000-0000-4000-8000-000000000003', type: 'A', data: {}, metadata: {} };
    expect(await remaining.append(STREAM, expected, [next])).toMatchObject({ outcome: 'appended', revision: 2 });
  });

  it('still finds it by its id, so that one that is sent again is known', async () => {
    await drop();
    expect(await (await read()).findEvent(STREAM, LAST)).toMatchObject({ data: { id: LAST } });
  });

  it('keeps who dropped it and why, once, however often it is dropped', async () => {
    await drop();
    await drop();
    expect(await said()).toMatchObject([
      { type: 'ParkedEventDropped', data: { by: 'ASMITH_GEN', because: 'DAMAGED' } },
    ]);
    const [dropped] = (await DroppedEvents.read(store, PREFIX)).all;
    expect(dropped).toMatchObject({ id: LAST, because: 'DAMAGED', by: 'ASMITH_GEN', at: ME.now });
  });

  it('is read with it once it is read again, and without it when it is dropped once more', async () => {
    await drop();
    await retryEvents(store, PREFIX, [{ stream: 'person-A1234BC', id: LAST }], ME);
    expect(ids(await all((await read()).readAll()))).toEqual([FIRST, LAST]);
    await drop();
    expect(ids(await all((await read()).readAll()))).toEqual([FIRST]);
  });

  it('says so to those who opened it before, and to nobody who knows', async () => {
    const before = await DroppedEvents.read(store, PREFIX);
    await drop();
    const [note] = await said();
    expect(note && [before.isNew(note), (await DroppedEvents.read(store, PREFIX)).isNew(note)]).toEqual([true, false]);
  });
});
