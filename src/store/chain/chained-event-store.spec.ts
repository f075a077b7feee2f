import { beforeEach, describe, expect, it } from '@jest/globals';
import { chained, chainOn } from '../../../test/chain.js';
import { all, event, events, idsOf } from '../../../test/contract/store-under-test.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { InvalidAppend, WrongExpectedRevision } from '../errors.js';
import type { EventStore } from '../event-store.js';
import { checkLog } from './log-check.js';
import { ChainedEventStore, DAMAGED } from './chained-event-store.js';

const PREFIX = 'test_';
const WHO = 'test_person-A0001AA';

let raw: InMemoryEventStore;
let store: ChainedEventStore;

beforeEach(async () => {
  raw = new InMemoryEventStore();
  store = await chained(raw, PREFIX);
});

/** What is wrong with the log, looked at from its start. */
const findings = async () => (await checkLog(await chainOn(raw, PREFIX))).findings;

/** Another process on the same log. */
const another = () => chained(raw, PREFIX);

/** The same log, to which the first append to `WHO` goes through only once it is released; later ones go at once. */
const heldBack = (log: InMemoryEventStore) => {
  const { promise, resolve: release } = Promise.withResolvers<undefined>();
  let isFirst = true;
  const append: EventStore['append'] = async (stream, expected, written) => {
    if (stream === WHO && isFirst) {
      isFirst = false;
      await promise;
    }
    return log.append(stream, expected, written);
  };
  const held = new Proxy<EventStore>(log, {
    get: (target, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return {
    held,
    release: () => {
      release(undefined);
    },
  };
};

describe('a log whose events hang in a chain', () => {
  it('stores each with the hash of the one before it in its stream, which nobody who reads is shown', async () => {
    const [first, second, third] = [event(), event(), event({ metadata: { knownAt: 'now' } })];
    await store.append(WHO, 'no-stream', [first, second]);
    await store.append(WHO, 1, [third]);
    const stored = (await all(raw.readStream(WHO))).map(({ metadata }) => metadata['chain']);
    const hash = expect.stringMatching(/^[\w-]{43}$/);
    const links = stored as { readonly before?: string; readonly hash: string }[];
    expect(links).toEqual([{ hash }, { hash, before: links[0]?.hash }, { hash, before: links[1]?.hash }]);
    expect((await all(store.readStream(WHO))).map(({ metadata }) => metadata)).toEqual([{}, {}, { knownAt: 'now' }]);
    expect(await findings()).toEqual([]);
  });

  it('holds whoever appends, and whatever they knew of the stream', async () => {
    await store.append(WHO, 'no-stream', events(2));
    const other = await another();
    await other.append(WHO, 1, events(1));
    await expect(store.append(WHO, 1, events(1))).rejects.toThrow(WrongExpectedRevision);
    await expect(store.append(WHO, 7, events(1))).rejects.toThrow(WrongExpectedRevision);
    await all(store.readStream(WHO, { direction: 'backward', limit: 1 }));
    await store.append(WHO, 2, events(1));
    await (await another()).append(WHO, 3, events(2));
    expect(await findings()).toEqual([]);
  });

  it('holds when appends to a stream are under way at the same time', async () => {
    await Promise.all([
      store.append(WHO, 'no-stream', events(2)),
      store.append(WHO, 1, events(1)),
      store.append(WHO, 2, events(3)),
    ]);
    expect(await all(store.readStream(WHO))).toHaveLength(6);
    expect(await findings()).toEqual([]);
  });

  it('holds where an append that will be refused is under way while its stream is read and appended to', async () => {
    await store.append(WHO, 'no-stream', events(1));
    const { held, release } = heldBack(raw);
    const slow = await chained(held, PREFIX);
    await all(slow.readStream(WHO));
    const refused = slow.append(WHO, 0, events(1));
    await store.append(WHO, 0, events(1));
    await all(slow.readStream(WHO));
    const later = slow.append(WHO, 1, events(1));
    release();
    await expect(refused).rejects.toThrow(WrongExpectedRevision);
    expect(await later).toMatchObject({ outcome: 'appended' });
    expect(await findings()).toEqual([]);
  });

  it('holds where what was sent again says something else under the same id', async () => {
    const [first, again] = [event({ data: { n: 1 } }), event({ data: { n: 2 } })];
    await store.append(WHO, 'no-stream', [first]);
    expect(await store.append(WHO, 'no-stream', [{ ...again, id: first.id }])).toMatchObject({ outcome: 'duplicate' });
    await store.append(WHO, 0, events(1));
    expect(await findings()).toEqual([]);
  });

  it('holds where the ends of few streams are kept in mind', async () => {
    const forgetful = new ChainedEventStore(await chainOn(raw, PREFIX), 'several', 1);
    for (const [round, expected] of (['no-stream', 0, 1] as const).entries())
      for (const who of ['A', 'B', 'C']) await forgetful.append(`test_${who}`, expected, [event({ data: { round } })]);
    expect(await findings()).toEqual([]);
  });

  it('takes no metadata that look like a link', async () => {
    await expect(store.append(WHO, 'no-stream', [event({ metadata: { chain: {} } })])).rejects.toThrow(InvalidAppend);
  });

  it('hands over what is not as it was written as something that nobody knows, and tells of it once', async () => {
    const written = events(3);
    await store.append(WHO, 'no-stream', written);
    raw.tamper(`UPDATE events SET data = '{"what":"another"}' WHERE position = 3`);
    for (let twice = 0; twice < 2; twice++) {
      const read = await all(store.readStream(WHO));
      expect(idsOf(read)).toEqual(idsOf(written));
      expect(read.map(({ type, data }) => [type, data])).toEqual([
        ['SomethingHappened', { what: 'a test' }],
        [DAMAGED, {}],
        ['SomethingHappened', { what: 'a test' }],
      ]);
    }
    expect((await all(store.readAll({ filter: { streamPrefixes: [WHO] } })))[1]?.type).toBe(DAMAGED);
    expect((await store.findEvent(WHO, written[1]?.id ?? ''))?.type).toBe(DAMAGED);
    expect([...store.damaged]).toEqual(['3']);
  });
});

describe('a log that was begun without a chain', () => {
  it('has one from now on, over all that is there, and goes on in the same streams', async () => {
    raw = new InMemoryEventStore();
    await raw.append(WHO, 'no-stream', events(3));
    store = await chained(raw, PREFIX);
    await store.append(WHO, 2, events(2));
    expect(await all(store.readStream(WHO))).toHaveLength(5);
    expect(await findings()).toEqual([]);
    raw.tamper(`UPDATE events SET data = '{"what":"another"}' WHERE position = 2`);
    expect(await findings()).toEqual([{ kind: 'moved', position: '3', what: expect.any(String) as unknown }]);
  });
});
