import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../store/event-store.js';
import { BrokenSeal } from './errors.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { ERASED, isUnreadable, KEY_MISSING, type SealedPlace, Seals, unopened } from './seals.js';

const PERSONAL = ['name', 'topics'];
const here: SealedPlace = { subject: 'person-A1234BC', stream: 'cw_person-A1234BC', id: 'event-1' };
const erasure = { reason: 'COURT_ORDER', by: 'local', at: '2026-11-22T09:00:00.000Z' };
const inLog = (data: Json): Json => JSON.parse(JSON.stringify(data)) as Json;

function given() {
  const keys = new InMemoryKeyRing();
  const seals = new Seals(keys);
  const sealed = async (data: Json) => inLog(await seals.seal(data, PERSONAL, here));
  const read = (data: Json, place = here) => seals.reveal(data, PERSONAL, place);
  return { keys, seals, sealed, read };
}

describe('what is personal in the log', () => {
  it('comes back as it was, whatever it was', async () => {
    const anyData = fc.record(
      { name: fc.string({ unit: 'binary' }), topics: fc.array(fc.string()), count: fc.integer() },
      { requiredKeys: [], noNullPrototype: true },
    );
    const { sealed, read } = given();
    await fc.assert(
      fc.asyncProperty(anyData, async (data) => {
        expect(await read(await sealed(data))).toEqual(data);
      }),
    );
  });

  it('stands there in no form that can be read, and the rest as it is', async () => {
    const { sealed } = given();
    const data = await sealed({ name: 'Canary', topics: ['Canary song'], count: 3 });
    expect(JSON.stringify(data)).not.toMatch(/canary|Q2FuYXJ5/i);
    expect(data['count']).toBe(3);
  });

  it('looks different each time, so that nobody can tell who shares a name', async () => {
    const { sealed } = given();
    expect(await sealed({ name: 'Canary' })).not.toEqual(await sealed({ name: 'Canary' }));
  });

  it('reads as recorded where nobody opens it, and as absent where it is absent', async () => {
    const { sealed } = given();
    expect(unopened(await sealed({ name: 'Canary', count: 3 }))).toEqual({ name: '(personal)', count: 3 });
    expect(unopened(await sealed({ count: 3 }))).toEqual({ count: 3 });
  });

  it.each<Partial<SealedPlace>>([{ id: 'event-2' }, { stream: 'cw_person-B0001AA' }])(
    'opens for no other event: %j',
    async (elsewhere) => {
      const { sealed, read } = given();
      await expect(read(await sealed({ name: 'Canary' }), { ...here, ...elsewhere })).rejects.toThrow(BrokenSeal);
    },
  );

  it('is found out when it was changed', async () => {
    const { sealed, read } = given();
    const { $personal: seal } = (await sealed({ name: 'Canary' })) as { $personal: { box: string } };
    const box = `${seal.box.startsWith('A') ? 'B' : 'A'}${seal.box.slice(1)}`;
    await expect(read({ $personal: { ...seal, box } })).rejects.toThrow(BrokenSeal);
  });
});

describe('after an erasure', () => {
  it('what was personal reads as erased, and still as recorded', async () => {
    const { keys, sealed, read } = given();
    const before = await sealed({ name: 'Canary', count: 3 });
    await keys.erase(here.subject, erasure);
    expect(await read(before)).toEqual({ name: ERASED, count: 3 });
    expect(unopened(before)).toEqual({ name: '(personal)', count: 3 });
    expect(isUnreadable(await read(before), PERSONAL)).toBe(true);
  });

  it('what is written of the person anew has a key of its own', async () => {
    const { keys, sealed, read } = given();
    const before = await sealed({ name: 'Canary' });
    await keys.erase(here.subject, erasure);
    const after = await sealed({ name: 'Robin' });
    expect(await read(after)).toEqual({ name: 'Robin' });
    expect(await read(before)).toEqual({ name: ERASED });
  });

  it('hides what an earlier version wrote in the clear', async () => {
    const { keys, read } = given();
    const old = { name: 'Canary', count: 3 };
    expect(await read(old)).toEqual(old);
    await keys.erase(here.subject, erasure);
    expect(await read(old)).toEqual({ name: ERASED, count: 3 });
  });
});

it('a lost key is never taken for an erasure', async () => {
  const before = await given().sealed({ name: 'Canary' });
  expect(await given().read(before)).toEqual({ name: KEY_MISSING });
});
