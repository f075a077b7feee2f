import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SessionData } from 'express-session';
import type { SessionUser } from './session.js';
import { IDLE, LONGEST, SessionStore } from './session-store.js';

const MOST = 3;

let now: number;
let store: SessionStore;

beforeEach(() => {
  now = Date.parse('2026-11-22T09:00:00Z');
  store = new SessionStore({ now: () => now }, MOST);
});

const person = (): SessionData => ({ person: { name: 'Anna Smith', since: now } }) as unknown as SessionData;

const kept = (id: string): unknown => {
  let found: unknown;
  store.get(id, (_, session) => (found = session ?? undefined));
  return found;
};

describe('the store of sessions', () => {
  it('gives back what was kept, and never the same object', () => {
    const session = person();
    store.set('a', session);
    expect(kept('a')).toEqual(session);
    expect(kept('a')).not.toBe(kept('a'));
  });

  it('knows when a session will be over, and forgets it then', () => {
    store.set('a', person());
    expect(store.endOf('a')).toBe(now + IDLE);
    const signedIn = now;
    for (let n = 0; n < 6; n++) {
      now += IDLE - 1;
      store.use('a');
    }
    expect(store.endOf('a')).toBe(signedIn + LONGEST);
    now = signedIn + LONGEST;
    store.use('a');
    expect([kept('a'), store.endOf('a')]).toEqual([undefined, now]);
  });

  it('never brings back a session that was ended, though a request of it was still under way', () => {
    store.set('a', person());
    store.destroy('a');
    store.set('a', person());
    store.use('a');
    expect(kept('a')).toBeUndefined();
  });

  it('says of a session that was ended that it is over', () => {
    store.set('a', person());
    store.destroy('a');
    expect(store.endOf('a')).toBe(now);
    const ended = now;
    now += 1;
    expect(store.endOf('a')).toBe(ended);
  });

  it('renews no session that was ended meanwhile, and says so', () => {
    const { person: renewed } = person();
    store.set('a', person());
    expect(store.renew('a', renewed as SessionUser)).toBe(true);
    store.destroy('a');
    expect(store.renew('a', renewed as SessionUser)).toBe(false);
    expect(kept('a')).toBeUndefined();
  });

  it('gives up the session that was used least recently, when there are too many', () => {
    for (const id of ['a', 'b', 'c']) store.set(id, person());
    store.use('a');
    store.set('d', person());
    expect(['a', 'b', 'c', 'd'].map((id) => kept(id) !== undefined)).toEqual([true, false, true, true]);
  });

  it('gives up nobody for those who sign out of sessions that never were', () => {
    store.set('a', person());
    for (let n = 0; n < 10 * MOST; n++) store.destroy(`stranger ${n}`);
    expect(kept('a')).toBeDefined();
  });

  it('knows who signed in as it did, whatever a request that is still under way writes', () => {
    store.set('a', person());
    store.set('a', {
      ...person(),
      person: { name: 'Bo Jones', since: now },
      location: 'XYI',
    } as unknown as SessionData);
    expect(kept('a')).toEqual({ ...person(), location: 'XYI' });
  });

  it('ends all sessions of certain people, and no others', () => {
    for (const id of ['a', 'b']) store.set(id, person());
    store.set('c', { person: { name: 'Bo Jones', since: now } } as unknown as SessionData);
    store.destroy('b');
    expect(store.endAll(({ name }) => name === 'Anna Smith')).toBe(1);
    expect(['a', 'b', 'c'].map((id) => kept(id) !== undefined)).toEqual([false, false, true]);
  });

  it('asks anew who certain people are, and of no others', () => {
    const until = now + 3_600_000;
    const sessionOf = (name: string): SessionData =>
      ({ person: { name, since: now, until } }) as unknown as SessionData;
    store.set('a', sessionOf('Anna Smith'));
    store.set('b', sessionOf('Bo Jones'));
    store.askAnew(({ name }) => name === 'Anna Smith');
    expect(['a', 'b'].map((id) => (kept(id) as SessionData).person?.until)).toEqual([now, until]);
  });

  it('holds no more than it must: what is over goes when something comes', () => {
    store.set('a', person());
    now += IDLE;
    store.set('b', person());
    expect((Reflect.get(store, 'sessions') as Map<string, unknown>).size).toBe(1);
  });
});
