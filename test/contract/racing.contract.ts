import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WrongExpectedRevision } from '../../src/store/errors.js';
import type { EventStore, NewEvent } from '../../src/store/event-store.js';
import { all, events, freshPrefix, idsOf, type OpenStore, type StoreUnderTest } from './store-under-test.js';

const WRITERS = 20;
const writers = Array.from({ length: WRITERS }, (_, writer) => writer);

export const racingContract = (openStore: OpenStore): void => {
  describe('many writers at once', () => {
    let underTest: StoreUnderTest;
    let store: EventStore;
    let stream: string;

    beforeEach(async () => {
      underTest = await openStore();
      store = underTest.store;
      stream = `${freshPrefix()}raced`;
    });
    afterEach(() => underTest.dispose());

    it('lets one of them have the revision, whole, and tells the others', async () => {
      const attempts = writers.map(() => events(3));
      const results = await Promise.allSettled(attempts.map((attempt) => store.append(stream, 'no-stream', attempt)));
      const won = results.flatMap(({ status }, writer) => (status === 'fulfilled' ? [attempts[writer] ?? []] : []));
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(won).toHaveLength(1);
      expect(lost).toHaveLength(WRITERS - 1);
      for (const reason of lost) expect(reason).toBeInstanceOf(WrongExpectedRevision);
      expect(idsOf(await all(store.readStream(stream)))).toEqual(idsOf(won[0] ?? []));
    });

    it('stores once what all of them send alike', async () => {
      const same = events(2);
      const results = await Promise.all(writers.map(() => store.append(stream, 'no-stream', same)));
      expect(results.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
      expect(new Set(results.map(({ position }) => position)).size).toBe(1);
      expect(await all(store.readStream(stream))).toHaveLength(2);
    });

    it('loses nothing and doubles nothing when each reads again after a conflict', async () => {
      const sent = writers.map(() => events(2));
      await Promise.all(sent.map((pair) => appendAtEnd(store, stream, pair)));
      const read = await all(store.readStream(stream));
      expect(read.map(({ revision }) => revision)).toEqual(read.map((_, index) => index));
      expect(idsOf(read).sort()).toEqual(idsOf(sent.flat()).sort());
      for (const [first, second] of sent) {
        const at = read.findIndex(({ id }) => id === first?.id);
        expect(read[at + 1]?.id).toBe(second?.id);
      }
    });

    it('refuses one without harm to the others that came at the same time', async () => {
      const results = await Promise.allSettled(
        writers.map((writer) => store.append(`${stream}-${writer}`, writer % 2 ? 7 : 'no-stream', events(1))),
      );
      expect(results.map(({ status }) => status)).toEqual(
        writers.map((writer) => (writer % 2 ? 'rejected' : 'fulfilled')),
      );
    });

    it('shows every append to the reader that comes after it', async () => {
      await Promise.all(
        writers.map(async (writer) => {
          await store.append(`${stream}-${writer}`, 'no-stream', events(1));
          expect(await all(store.readStream(`${stream}-${writer}`))).toHaveLength(1);
        }),
      );
    });
  });
};

const appendAtEnd = async (store: EventStore, stream: string, pair: readonly NewEvent[]): Promise<void> => {
  for (;;) {
    const last = (await all(store.readStream(stream, { direction: 'backward', limit: 1 })))[0];
    try {
      await store.append(stream, last?.revision ?? 'no-stream', pair);
      return;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
};
