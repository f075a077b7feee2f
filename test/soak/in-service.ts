import assert from 'node:assert/strict';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import type { History } from '../properties/arbitraries.js';
import { HOUR, MINUTE } from '../../src/prison/instant.js';
import { knownAt, tellHistory } from '../watch/lives.js';
import { GRACE, Service } from '../watch/service.js';
import { asCustodyEvent } from './as-custody-event.js';

/** What becomes of the service after something was told. */
const AFTERWARDS = {
  'goes on': () => Promise.resolve(),
  decides: (service: Service) => service.wait(service.clock.now() + GRACE),
  'is restarted': (service: Service) => service.restart(),
  'is killed': (service: Service) => service.restart({ killed: true }),
} as const;

export type Afterwards = keyof typeof AFTERWARDS;
export const AFTERWARDS_IT = Object.keys(AFTERWARDS) as Afterwards[];

const inService = async (living: (service: Service) => Promise<unknown>): Promise<void> => {
  const service = new Service(undefined, undefined, undefined, new InMemorySnapshotStore());
  await living(service);
  const { findings, parked } = await service.verified();
  await service.watch.stop();
  await service.store.close();
  assert.deepEqual({ findings, parked }, { findings: [], parked: 0 });
};

const eventsOf = ({ history, until }: History): CustodyEvent[] =>
  history.map(asCustodyEvent).filter((event) => knownAt(event) <= until);

/** By when what was recorded comes in, so many minutes later. No clock is more than an hour ahead. */
const arrivals = ({ history }: History, delays: readonly number[]): [number, CustodyEvent[]][] => {
  const arriving = history.map((occurrence, index) => {
    const event = asCustodyEvent(occurrence);
    const delay = MINUTE * (delays[index % delays.length] ?? 0);
    return { event, at: Math.max(event.recordedAtMs, event.occurredAtMs - HOUR) + delay };
  });
  const byInstant = Map.groupBy(arriving, ({ at }) => at);
  return [...byInstant].sort(([a], [b]) => a - b).map(([at, together]) => [at, together.map(({ event }) => event)]);
};

/** What comes in, early or late, leaves `verify` nothing to find, whatever happens to the service in between. */
export const livesAsVerified = (
  history: History,
  afterwards: readonly Afterwards[],
  delays: readonly number[],
): Promise<void> =>
  inService(async (service) => {
    await service.start();
    let times = 0;
    for (const [instant, together] of arrivals(history, delays)) {
      await service.know(instant, ...together);
      await AFTERWARDS[afterwards[times++ % afterwards.length] ?? 'goes on'](service);
    }
    await service.wait(Math.max(history.until, service.clock.now()) + GRACE);
  });

/** What is told as history, all at once, leaves `verify` nothing to find. */
export const isToldAsVerified = (history: History, [during, after]: readonly Afterwards[]): Promise<void> =>
  inService(async (service) => {
    service.clock.moveTo(history.until);
    await service.start();
    const telling = await tellHistory(service, eventsOf(history));
    await AFTERWARDS[during ?? 'goes on'](service);
    await telling.complete();
    await AFTERWARDS[after ?? 'goes on'](service);
    await service.untilRead();
    await service.wait(service.clock.now() + GRACE);
  });
