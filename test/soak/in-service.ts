import assert from 'node:assert/strict';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import type { KnownFeeds } from '../../src/kernel/definitional/silence.js';
import { type FeedRegister, NO_FEEDS } from '../../src/kernel/feed-terms.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import type { History } from '../properties/arbitraries.js';
import { HOUR, MINUTE } from '../../src/prison/instant.js';
import { knownAt, tellHistory } from '../watch/lives.js';
import { GRACE, Service } from '../watch/service.js';
import { asCustodyEvent, asReported } from './as-custody-event.js';

/** What becomes of the service after something was told. */
const AFTERWARDS = {
  'goes on': () => Promise.resolve(),
  decides: (service: Service) => service.wait(service.clock.now() + GRACE),
  'is restarted': (service: Service) => service.restart(),
  'is killed': (service: Service) => service.restart({ killed: true }),
} as const;

export type Afterwards = keyof typeof AFTERWARDS;
export const AFTERWARDS_IT = Object.keys(AFTERWARDS) as Afterwards[];

const inService = async (living: (service: Service) => Promise<unknown>, register?: FeedRegister): Promise<void> => {
  const snapshots = new InMemorySnapshotStore();
  const service = new Service(undefined, undefined, undefined, snapshots, undefined, undefined, undefined, register);
  await living(service);
  const { findings, parked } = await service.verified();
  await service.watch.stop();
  await service.store.close();
  assert.deepEqual({ findings, parked }, { findings: [], parked: 0 });
};

const NO_REPORTS: KnownFeeds = { register: NO_FEEDS, reports: [] };

const eventsOf = ({ history, until }: History): CustodyEvent[] =>
  history.map(asCustodyEvent).filter((event) => knownAt(event) <= until);

/** By when what was recorded comes in, so many minutes later. No clock is more than an hour ahead. */
const arrivals = (
  { history }: History,
  delays: readonly number[],
  { reports }: KnownFeeds = NO_REPORTS,
): [number, CustodyEvent[]][] => {
  const arriving = history.map((occurrence, index) => {
    const event = asCustodyEvent(occurrence);
    const delay = MINUTE * (delays[index % delays.length] ?? 0);
    return { event, at: Math.max(event.recordedAtMs, event.occurredAtMs - HOUR) + delay };
  });
  const reported = reports.map((report) => ({ event: asReported(report), at: report.knownAt }));
  const byInstant = Map.groupBy([...arriving, ...reported], ({ at }) => at);
  return [...byInstant].sort(([a], [b]) => a - b).map(([at, together]) => [at, together.map(({ event }) => event)]);
};

/** What comes in, early or late, leaves `verify` nothing to find, whatever happens to the service in between. */
export const livesAsVerified = (
  history: History,
  afterwards: readonly Afterwards[],
  delays: readonly number[],
  feeds?: KnownFeeds,
): Promise<void> =>
  inService(async (service) => {
    await service.start();
    let times = 0;
    for (const [instant, together] of arrivals(history, delays, feeds)) {
      await service.know(instant, ...together);
      await AFTERWARDS[afterwards[times++ % afterwards.length] ?? 'goes on'](service);
    }
    await service.wait(Math.max(history.until, service.clock.now()) + GRACE);
  }, feeds?.register);

/** What is told as history, all at once, leaves `verify` nothing to find. */
export const isToldAsVerified = (
  history: History,
  [during, after]: readonly Afterwards[],
  feeds?: KnownFeeds,
): Promise<void> =>
  inService(async (service) => {
    await service.start();
    for (const [instant, together] of arrivals({ ...history, history: [] }, [], feeds))
      if (instant < history.until) await service.know(instant, ...together);
    service.clock.moveTo(history.until);
    const telling = await tellHistory(service, eventsOf(history));
    await AFTERWARDS[during ?? 'goes on'](service);
    await telling.complete();
    await AFTERWARDS[after ?? 'goes on'](service);
    await service.untilRead();
    await service.wait(service.clock.now() + GRACE);
  }, feeds?.register);
