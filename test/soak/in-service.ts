import assert from 'node:assert/strict';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import type { History } from '../properties/arbitraries.js';
import { knownAt, live, tellHistory } from '../watch/lives.js';
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

/** What comes in as it becomes known leaves `verify` nothing to find, whatever happens to the service in between. */
export const livesAsVerified = (history: History, afterwards: readonly Afterwards[]): Promise<void> =>
  inService(async (service) => {
    let times = 0;
    const next = () => AFTERWARDS[afterwards[times++ % afterwards.length] ?? 'goes on'](service);
    await live(eventsOf(history), next, service);
    await service.wait(history.until + GRACE);
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
