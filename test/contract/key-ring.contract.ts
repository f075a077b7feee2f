import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataKey, KeyRing } from '../../src/personal-data/key-ring.js';

/** The keys of one log, opened for one test. */
export interface KeysUnderTest {
  /** The ring as another process opens it on the same keys. */
  open(): Promise<KeyRing>;
  /** So much time that every process knows what any of them did. */
  aMomentPasses(): void;
  dispose(): Promise<void>;
}

const WHO = 'person-A1234BC';
const erasure = { reason: 'COURT_ORDER', by: 'local', at: '2026-11-22T09:00:00.000Z' };
const bytesOf = ({ key }: DataKey) => key.export();

/** What sealing and erasing rely on. Any ring must pass it, unchanged. */
export const keyRingContract = (name: string, openKeys: () => Promise<KeysUnderTest>): void => {
  describe(`${name}, as any ring of keys,`, () => {
    let keys: KeysUnderTest;
    beforeEach(async () => {
      keys = await openKeys();
    });
    afterEach(() => keys.dispose());

    it('has its keys again after a restart, one for each subject', async () => {
      const ring = await keys.open();
      const made = await ring.current(WHO);
      const other = await ring.current('staff-1001');
      const restarted = await keys.open();
      const again = await restarted.current(WHO);
      expect([again.id, bytesOf(again)]).toEqual([made.id, bytesOf(made)]);
      expect(bytesOf(other)).not.toEqual(bytesOf(made));
      expect(await restarted.find(WHO, made.id)).toMatchObject({ id: made.id });
      expect(await restarted.find(WHO, other.id)).toBe('missing');
    });

    it('makes a key once when many ask at the same time, in two processes', async () => {
      const rings = [await keys.open(), await keys.open()];
      const asked = rings.flatMap((ring) => [ring.current(WHO), ring.current(WHO), ring.current('staff-1')]);
      expect(new Set((await Promise.all(asked)).map(({ id }) => id)).size).toBe(2);
    });

    it('lets every process know of an erasure, whatever copies it held', async () => {
      const [one, other] = [await keys.open(), await keys.open()];
      const made = await one.current(WHO);
      expect(await other.find(WHO, made.id)).toMatchObject({ id: made.id });
      await one.erase(WHO, erasure);
      expect(await one.find(WHO, made.id)).toBe('erased');
      keys.aMomentPasses();
      expect(await other.find(WHO, made.id)).toBe('erased');
      expect((await other.current(WHO)).id).not.toBe(made.id);
    });

    it('remembers an erasure with its reason, and does it once', async () => {
      const ring = await keys.open();
      const made = await ring.current(WHO);
      const first = await ring.erase(WHO, erasure);
      expect(first).toMatchObject({ id: made.id, subject: WHO, ...erasure });
      expect(await ring.erase(WHO, { ...erasure, reason: 'RETENTION_EXPIRED' })).toEqual(first);
      expect(await (await keys.open()).lastErasure(WHO)).toMatchObject({ id: made.id, subject: WHO, ...erasure });
      expect(await ring.lastErasure('person-B0001AA')).toBeUndefined();
    });

    it('erases once, whoever asks at the same time', async () => {
      const rings = [await keys.open(), await keys.open()];
      await rings[0]?.current(WHO);
      await Promise.all(rings.map((ring) => ring.erase(WHO, erasure)));
      expect(await rings[1]?.erasures()).toHaveLength(1);
    });

    it('remembers an erasure also where there was no key yet', async () => {
      const ring = await keys.open();
      expect(await ring.erase(WHO, erasure)).toMatchObject({ subject: WHO, reason: 'COURT_ORDER' });
      expect(await ring.lastErasure(WHO)).toMatchObject(erasure);
    });

    it('reaches what was written since, when an erasure is done again, and forgets none', async () => {
      const ring = await keys.open();
      await ring.current('person-B0001AA');
      const first = await ring.current(WHO);
      await ring.erase(WHO, erasure);
      const second = await ring.current(WHO);
      expect(await ring.erase(WHO, erasure)).toMatchObject({ id: second.id });
      expect((await ring.erasures()).map(({ id }) => id)).toEqual([first.id, second.id]);
      expect(await ring.lastErasure(WHO)).toMatchObject({ id: second.id });
      expect(await ring.find(WHO, first.id)).toBe('erased');
    });
  });
};
