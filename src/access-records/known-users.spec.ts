import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { VirtualClock } from '../../test/virtual-clock.js';
import { KnownUsers } from './known-users.js';

let store: InMemoryEventStore;
beforeEach(() => {
  store = new InMemoryEventStore();
});

const users = (): KnownUsers => new KnownUsers(store, 'cw_', new VirtualClock(Date.parse('2026-11-22T09:00:00Z')));

const noted = async (count: number): Promise<string[]> => {
  for (;;) {
    const found: string[] = [];
    for await (const { data } of store.readStream('cw_users')) found.push(String(data['user']));
    if (found.length >= count) return found;
    await new Promise((done) => setImmediate(done));
  }
};

describe('a user name', () => {
  it('is known once somebody has come under it, at every instance, and after a start', async () => {
    const [here, there] = [users(), users()];
    expect(await there.knows('ASMITH_GEN')).toBe(false);
    here.note('ASMITH_GEN');
    await noted(1);
    expect([await here.knows('ASMITH_GEN'), await there.knows('ASMITH_GEN')]).toEqual([true, true]);
    expect([await users().knows('ASMITH_GEN'), await there.knows('BJONES_GEN')]).toEqual([true, false]);
  });

  it('is noted once, however often and wherever somebody comes', async () => {
    const [here, there] = [users(), users()];
    for (const one of [here, there, here]) one.note('ASMITH_GEN');
    await noted(1);
    here.note('BJONES_GEN');
    expect(await noted(2)).toEqual(['ASMITH_GEN', 'BJONES_GEN']);
  });
});
