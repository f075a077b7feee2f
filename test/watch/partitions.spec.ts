import { aboutOf } from '../../src/prison/alert-subject.js';
import { describe, expect, it } from '@jest/globals';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { toIso } from '../../src/prison/instant.js';
import type { Partition } from '../../src/watch/partition.js';
import { EVERYBODY, includes } from '../../src/watch/partition.js';
import { verify } from '../../src/watch/verify.js';
import { eventsOf } from '../acceptance/cases.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { ordinaryLives } from './ordinary-lives.js';
import { days, GRACE, RULEBOOK, PREFIX, RULES, Service } from './service.js';

const { instants, until } = ordinaryLives(24);
const HALF = Math.trunc(instants.length / 2);

const sharesOf = (of: number): Partition[] => Array.from({ length: of }, (_, index) => ({ share: index + 1, of }));

const watching = (store: InMemoryEventStore, partition: Partition): Service =>
  new Service(store, undefined, RULEBOOK, new InMemorySnapshotStore(), partition);

/** These instances live a part of the lives side by side; the first of them takes in what happens. */
const liveOn = async (services: readonly Service[], part = instants): Promise<void> => {
  for (const [instant, event] of part) {
    await services[0]?.know(instant, event);
    for (const service of services) {
      await service.untilRead();
      await service.wait(instant + 1_000);
    }
  }
};

const fallDue = async (services: readonly Service[]): Promise<void> => {
  for (const service of services) await service.wait(until + GRACE);
};

const started = (store: InMemoryEventStore, of: number): Promise<Service[]> =>
  Promise.all(sharesOf(of).map((share) => watching(store, share).start()));

const undisturbed = async (): Promise<string[]> => {
  const alone = await watching(new InMemoryEventStore(), EVERYBODY).start();
  await liveOn([alone]);
  await fallDue([alone]);
  return alone.transitions();
};

/** By then there are not enough charges any more: the alert stands by its latch alone. */
const LATE = Date.parse('2026-02-06T09:00:00Z');

const mergedLate = (event: CustodyEvent): [number, CustodyEvent] => {
  const at = event.type === 'PrisonerRecordsMerged' ? LATE : event.occurredAtMs;
  const instant = toIso(at);
  return [at, { ...event, occurredAt: instant, occurredAtMs: at, recordedAt: instant, recordedAtMs: at }];
};

describe('instances that watch a share of the people each', () => {
  it.each([2, 3, 5])('of %d make together exactly the alerts of one, each once', async (of) => {
    const services = await started(new InMemoryEventStore(), of);
    await liveOn(services);
    await fallDue(services);
    expect(await services[0]?.transitions()).toEqual(await undisturbed());
  });

  it('decide on nobody else, and know where everybody is', async () => {
    const share = { share: 1, of: 2 };
    const service = await watching(new InMemoryEventStore(), share).start();
    await liveOn([service]);
    await fallDue([service]);
    const alerts = await service.alerts();
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts.filter((alert) => !includes(share, aboutOf(alert)))).toEqual([]);
    const everybody = [...service.watch.people.everybody()];
    expect(everybody.map(([, { prisonId }]) => prisonId)).toEqual(everybody.map(() => 'XYI'));
    expect(everybody).toHaveLength(24);
  });

  it.each([
    [1, 3],
    [3, 2],
    [2, 1],
  ])('leave nothing undone when %d of them become %d', async (before, after) => {
    const store = new InMemoryEventStore();
    const earlier = await started(store, before);
    await liveOn(earlier, instants.slice(0, HALF));
    await Promise.all(earlier.map(({ watch }) => watch.stop()));
    const later = await started(store, after);
    await liveOn(later, instants.slice(HALF));
    await fallDue(later);
    expect(await later[0]?.transitions()).toEqual(await undisturbed());
  });

  it('leave nothing undone when one of them was missing all the time, and another share is added to its own', async () => {
    const store = new InMemoryEventStore();
    const [first] = await started(store, 2);
    if (!first) throw new Error('There is no first.');
    await liveOn([first]);
    await first.restart({ partition: EVERYBODY });
    await fallDue([first]);
    expect(await first.transitions()).toEqual(await undisturbed());
  });

  it.each([2, 3, 5])(
    'of %d hand over what is latched under a number that is merged into one of another share',
    async (of) => {
      const merged = eventsOf('real-39-latched-and-merged')
        .map(mergedLate)
        .sort(([a], [b]) => a - b);
      const shareOf = (number: string) => sharesOf(of).findIndex((share) => includes(share, number));
      expect(shareOf('R3910RR')).not.toBe(shareOf('R3911RR'));
      const services = await started(new InMemoryEventStore(), of);
      await liveOn(services, merged);
      const alone = await started(new InMemoryEventStore(), 1);
      await liveOn(alone, merged);
      expect(await services[0]?.transitions()).toEqual(await alone[0]?.transitions());
    },
  );

  it('say of everybody what is so now, also of those whom others watch', async () => {
    const services = await started(new InMemoryEventStore(), 2);
    await liveOn(services);
    await fallDue(services);
    const people = new Set((await services[0]?.alerts())?.map(aboutOf));
    expect(people.size).toBeGreaterThan(2);
    const [first, second] = await Promise.all(
      services.map(({ watch }) => Promise.all(Array.from(people, (one) => watch.reasonsOf(one, until + GRACE)))),
    );
    expect(second).toEqual(first);
    expect(first?.some(({ size }) => size > 0)).toBe(true);
  });

  it('find no difference among their own, and leave the others to the others', async () => {
    const service = await watching(new InMemoryEventStore(), { share: 2, of: 2 }).start();
    await liveOn([service]);
    await fallDue([service]);
    const own = {
      store: service.store,
      prefix: PREFIX,
      rulebook: { catalogue: RULES, settings: [] },
      days,
      upTo: await service.checkpoint(),
    };
    expect((await verify({ ...own, partition: { share: 2, of: 2 } })).findings).toEqual([]);
    expect((await verify({ ...own, partition: EVERYBODY })).findings).not.toEqual([]);
  });
});
