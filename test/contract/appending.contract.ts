import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidAppend, WrongExpectedRevision } from '../../src/store/errors.js';
import type { EventStore, Json } from '../../src/store/event-store.js';
import { all, event, events, freshPrefix, idsOf, type OpenStore, type StoreUnderTest } from './store-under-test.js';

export const appendingContract = (openStore: OpenStore): void => {
  describe('appending', () => {
    let underTest: StoreUnderTest;
    let store: EventStore;
    let stream: string;

    beforeEach(async () => {
      underTest = await openStore();
      store = underTest.store;
      stream = `${freshPrefix()}a`;
    });
    afterEach(() => underTest.dispose());

    it('counts revisions from 0 and goes on where the stream stands', async () => {
      const first = await store.append(stream, 'no-stream', events(2));
      const second = await store.append(stream, 1, events(1));
      expect([first, second]).toMatchObject([
        { outcome: 'appended', revision: 1 },
        { outcome: 'appended', revision: 2 },
      ]);
      const revisions = (await all(store.readStream(stream))).map(({ revision }) => revision);
      expect(revisions).toEqual([0, 1, 2]);
    });

    it('answers with the position that the last event is read at', async () => {
      const { position } = await store.append(stream, 'no-stream', events(3));
      const last = (await all(store.readStream(stream))).at(-1);
      expect(last?.position).toBe(position);
    });

    it.each<[string, number, 'no-stream' | number]>([
      ['no stream where there is one', 2, 'no-stream'],
      ['a revision that has been passed', 2, 0],
      ['a revision that is not there yet', 2, 5],
      ['a revision of a stream that is not there', 0, 0],
    ])('refuses %s, says what it found, and stores nothing', async (_, there, expected) => {
      if (there > 0) await store.append(stream, 'no-stream', events(there));
      const refusal = store.append(stream, expected, events(2));
      await expect(refusal).rejects.toBeInstanceOf(WrongExpectedRevision);
      await expect(refusal).rejects.toMatchObject({
        code: 'WRONG_EXPECTED_REVISION',
        stream,
        expected,
        actual: there > 0 ? there - 1 : 'no-stream',
      });
      expect(await all(store.readStream(stream))).toHaveLength(there);
    });

    it('takes the same append again as a duplicate, and stores it once', async () => {
      const twice = events(3);
      const first = await store.append(stream, 'no-stream', twice);
      const again = await store.append(stream, 'no-stream', twice);
      expect(again).toEqual({ ...first, outcome: 'duplicate' });
      expect(idsOf(await all(store.readStream(stream)))).toEqual(idsOf(twice));
    });

    it('knows a duplicate long after the stream has moved on', async () => {
      await store.append(stream, 'no-stream', events(2));
      const repeated = events(2);
      const first = await store.append(stream, 1, repeated);
      await store.append(stream, 3, events(2));
      expect(await store.append(stream, 1, repeated)).toEqual({ ...first, outcome: 'duplicate' });
      expect(await all(store.readStream(stream))).toHaveLength(6);
    });

    it('compares ids, not contents: the caller that cares reads the event', async () => {
      const original = event({ data: { n: 1 } });
      await store.append(stream, 'no-stream', [original]);
      const result = await store.append(stream, 'no-stream', [{ ...original, data: { n: 2 } }]);
      expect(result.outcome).toBe('duplicate');
      expect((await store.findEvent(stream, original.id))?.data).toEqual({ n: 1 });
    });

    it('takes a part that is there and a part that is not as a conflict, and stores nothing', async () => {
      const [first, second] = [event(), event()];
      await store.append(stream, 'no-stream', [first, second]);
      for (const overlap of [[first, event()], [second], [second, first], [first, second, event()]])
        await expect(store.append(stream, 'no-stream', overlap)).rejects.toBeInstanceOf(WrongExpectedRevision);
      expect(await all(store.readStream(stream))).toHaveLength(2);
    });

    it('takes the same id in another stream as another event', async () => {
      const shared = event();
      const results = [
        await store.append(stream, 'no-stream', [shared]),
        await store.append(`${stream}-other`, 'no-stream', [shared]),
      ];
      expect(results.map(({ outcome }) => outcome)).toEqual(['appended', 'appended']);
    });

    it('refuses nothing at all, an id that comes twice, and what is no JSON object', async () => {
      const twice = event();
      const noObject = event({ metadata: undefined as unknown as Json });
      for (const impossible of [[], [twice, twice], [event({ data: { n: 1n } })], [noObject]])
        await expect(store.append(stream, 'no-stream', impossible)).rejects.toBeInstanceOf(InvalidAppend);
      expect(await all(store.readStream(stream))).toEqual([]);
    });

    it('gives back what was put in: ids, types, unicode, nesting and numbers', async () => {
      const put = event({
        type: 'Noted',
        data: { text: 'Žofie said “ça va” 👩🏽‍🦱 \u0000 \u2028', nested: { list: [1, -0.5, 1e21, null, true] }, empty: {} },
        metadata: { knownAt: '2026-01-07T16:40:00.000Z' },
      });
      await store.append(stream, 'no-stream', [put]);
      const reopened = await underTest.reopen();
      expect(await all(reopened.readStream(stream))).toEqual([
        { ...put, stream, revision: 0, position: expect.any(String) },
      ]);
    });

    it('keeps what it acknowledged when it is closed and opened again', async () => {
      const kept = events(5);
      const { position } = await store.append(stream, 'no-stream', kept);
      const reopened = await underTest.reopen();
      const read = await all(reopened.readStream(stream));
      expect(idsOf(read)).toEqual(idsOf(kept));
      expect(read.at(-1)?.position).toBe(position);
      expect(await reopened.append(stream, 'no-stream', kept)).toMatchObject({ outcome: 'duplicate', revision: 4 });
      expect(await reopened.append(stream, 4, events(1))).toMatchObject({ outcome: 'appended', revision: 5 });
    });
  });
};
