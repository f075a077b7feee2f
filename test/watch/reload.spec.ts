import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { WEEKLY } from '../../src/kernel/prison-settings.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { live, some } from './lives.js';
import { ordinaryLives } from './ordinary-lives.js';
import { days, RULEBOOK, RULES, Service } from './service.js';

/** One rule less, some more severe, and a prison without key work: rules that close, raise and worsen other alerts. */
const others = new Rulebook(
  RULES.filter(({ id }) => id !== 'KW-03').map((rule) =>
    rule.id === 'KW-02'
      ? { ...rule, steps: rule.steps.map((step) => ({ ...step, level: 'CRITICAL' as const })) }
      : rule,
  ),
  days,
);
const withoutScheme = new Rulebook(RULES, days, [
  { prisonId: 'XYI', keyWork: [{ ...WEEKLY, scheme: false }], rules: [] },
]);
const RULEBOOKS = [others, RULEBOOK, withoutScheme];

type Change = (service: Service, rulebook: Rulebook) => Promise<unknown>;

const restart: Change = (service, rulebook) => service.restart({ rulebook });
const reload: Change = (service, rulebook) => service.watch.goBy({ rulebook });

/** Other rules, and a second in which the watch looks at the clock. */
const changing = (change: Change, every: number) => {
  let turn = 0;
  return async (service: Service): Promise<void> => {
    turn += 1;
    if (turn % every > 0) return;
    await change(service, RULEBOOKS[(turn / every) % RULEBOOKS.length] ?? RULEBOOK);
    await service.wait(service.clock.now() + 1_000);
  };
};

const told = async (service: Service) => ({ transitions: await service.transitions(), alerts: await service.alerts() });

/** How a history comes out that is lived while the rules change again and again. */
const livedThrough = async (change: Change, name: string, every: number) => {
  const service = new Service(undefined, undefined, RULEBOOK, new InMemorySnapshotStore());
  await live(some(name, 2).events, changing(change, every), service);
  return told(service);
};

const { instants, until } = ordinaryLives(6);

/** Ordinary lives up to the last event, and four days on. */
const inTheMidst = async (store?: InMemoryEventStore): Promise<Service> => {
  const service = await new Service(store).start();
  for (const [instant, event] of instants.slice(0, 6)) await service.know(instant, event);
  await service.wait(service.clock.now() + 4 * 86_400_000);
  return service;
};

describe('a watch that is told other rules', () => {
  let quiet: jest.SpiedFunction<Logger['warn']>;
  beforeEach(() => {
    quiet = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  });
  afterEach(() => {
    quiet.mockRestore();
  });

  it.each([
    ['many-late-11', 7],
    ['many-edges-22', 11],
  ])(
    'comes to what a start with them comes to, transition by transition, wherever in a history that is: %s',
    async (name, every) => {
      const reloaded = await livedThrough(reload, name, every);
      expect(reloaded).toEqual(await livedThrough(restart, name, every));
      expect(reloaded.alerts.map(({ outcome }) => outcome)).toContain('rule-changed');
    },
  );

  it('neither loses what comes meanwhile nor decides it twice', async () => {
    const [reloaded, restarted] = [await inTheMidst(), await inTheMidst()];
    const rest = instants.slice(6);
    const changed = reloaded.watch.goBy({ rulebook: others });
    for (const [instant, event] of rest) await reloaded.know(Math.max(instant, reloaded.clock.now()), event);
    await changed;
    await restarted.restart({ rulebook: others });
    for (const [instant, event] of rest) await restarted.know(Math.max(instant, restarted.clock.now()), event);
    for (const service of [reloaded, restarted]) {
      await service.wait(service.clock.now() + 1_000);
      await service.wait(until + 8 * 86_400_000);
    }
    const standing = async (service: Service) =>
      (await service.alerts()).map(({ id, rule, state, severity }) => ({ id, rule, state, severity }));
    expect(await standing(reloaded)).toEqual(await standing(restarted));
    expect((await reloaded.verified()).findings).toEqual([]);
  });

  it('never says that less is decided on than was before', async () => {
    const service = await inTheMidst();
    const before = await service.checkpoint();
    await service.watch.goBy({ rulebook: others });
    await service.watch.stop();
    expect(await service.checkpoint()).toEqual(before);
  });

  it('goes on by those that it has where the log cannot be read anew', async () => {
    const store = new InMemoryEventStore();
    const service = await inTheMidst(store);
    const before = service.watch.rules;
    const away = jest.spyOn(store, 'readAll').mockImplementation(() => {
      throw new StoreUnavailable('The log is away.');
    });
    await expect(service.watch.goBy({ rulebook: others })).rejects.toThrow(StoreUnavailable);
    away.mockRestore();
    expect(service.watch.rules).toBe(before);
    for (const [instant, event] of instants.slice(6)) await service.know(Math.max(instant, service.clock.now()), event);
    await service.wait(until + 8 * 86_400_000);
    expect((await service.verified()).findings).toEqual([]);
  });

  it('reads nothing anew where they decide nothing otherwise', async () => {
    const store = new InMemoryEventStore();
    const service = await inTheMidst(store);
    const read = jest.spyOn(store, 'readAll');
    const same = { rulebook: new Rulebook(RULES, days), sources: [{ source: 'PPO', points: [] }] };
    expect(await service.watch.goBy(same)).toBe(false);
    expect(read).not.toHaveBeenCalled();
    expect(service.watch.rules).toBe(same);
  });
});
