import { describe, expect, it } from '@jest/globals';
import { Readiness } from './readiness.js';

const given = (watch: { caughtUp: boolean }, caughtUp = Promise.resolve(), keyWork = { caughtUp: true }) =>
  new Readiness({ caughtUp }, keyWork, watch);

describe('readiness', () => {
  it('waits for the watch and for the read models', async () => {
    const watch = { caughtUp: false };
    const readiness = given(watch);
    await Promise.resolve();
    expect([readiness.watch, readiness.readModel, readiness.ready]).toEqual([false, true, false]);
    watch.caughtUp = true;
    expect(readiness.ready).toBe(true);
    expect(given(watch, new Promise(() => undefined)).ready).toBe(false);
    expect(given(watch, Promise.resolve(), { caughtUp: false }).ready).toBe(false);
  });

  it('stays, when the watch falls behind again', async () => {
    const watch = { caughtUp: true };
    const readiness = given(watch);
    await Promise.resolve();
    expect(readiness.ready).toBe(true);
    watch.caughtUp = false;
    expect(readiness.ready).toBe(true);
  });
});
