import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { LogTimeSettings } from '../../src/store/log-time/log-time-settings.js';
import { mendLogTime } from '../../src/store/log-time/mend-log-time.js';
import { straightened } from '../../src/store/log-time/straight-event-store.js';
import { EVERYBODY } from '../../src/watch/partition.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { eventsOf } from '../acceptance/cases.js';
import { VirtualClock } from '../virtual-clock.js';
import { knownAt } from './lives.js';
import { GRACE, RULEBOOK, PREFIX, Service } from './service.js';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TWO_YEARS = 730 * DAY;

/** A log, and what watches it have saved of it; an older version watches it, which believed any clock. */
class PoisonedLog {
  readonly store = new InMemoryEventStore();
  readonly checkpoints = new InMemoryCheckpointStore();
  service = new Service(this.store, this.checkpoints);

  /** Lives through some events, with a clock that is ahead by so much. */
  async live(events: readonly CustodyEvent[], ahead = 0): Promise<void> {
    for (const [instant, together] of Map.groupBy(events, knownAt)) {
      await this.service.know(instant + ahead, ...together);
      await this.service.wait(instant + ahead + 2 * SECOND);
    }
  }

  /** As a start reads it, on what is saved. */
  async opened(checkpoints = this.checkpoints): Promise<Service> {
    const logTime = await LogTimeSettings.read(this.store, PREFIX);
    return new Service(straightened(this.store, logTime), checkpoints, RULEBOOK, undefined, EVERYBODY, logTime);
  }

  /** Log time is set straight, and the service starts anew. */
  async mend(now: number, killed = false): Promise<number> {
    const found = await mendLogTime(this.store, PREFIX, saying(now));
    if (!killed) await this.service.watch.stop();
    this.service = await (await this.opened()).start();
    return found;
  }
}

/** That it is so late, and the clock says the same. */
const saying = (now: number) => ({ clock: new VirtualClock(now), said: now, by: 'ASMITH_GEN' });
const inOrder = (events: readonly CustodyEvent[]) => [...events].sort((a, b) => knownAt(a) - knownAt(b));
const COUNTS = { missing: 0, extra: 0, wrongTime: 0 };
const counts = async (service: Service) => {
  const { findings } = await service.verified();
  const of = (kind: string) => findings.filter((finding) => finding.kind === kind).length;
  return { missing: of('missing'), extra: of('extra'), wrongTime: of('wrongTime') };
};
/** Which rules are true of whom. */
const open = async (service: Service): Promise<string[]> =>
  (await service.alerts())
    .filter(({ closedAt }) => closedAt === undefined)
    .map(({ rule, prisonNumber }) => `${rule} ${prisonNumber}`)
    .sort();

const LIVES = inOrder(eventsOf('real-21-self-harm-in-segregation'));

describe('a log that a clock has poisoned which ran two years ahead for some events', () => {
  it('is set straight by LogTimeSet: what was never true is closed, what is true has its own instant, and verify finds nothing', async () => {
    const log = new PoisonedLog();
    await log.service.start();
    const middle = Math.floor(LIVES.length / 2);
    await log.live(LIVES.slice(0, middle));
    await log.live(LIVES.slice(middle, middle + 2), TWO_YEARS);
    await log.live(LIVES.slice(middle + 2, middle + 5));
    const now = knownAt(LIVES[middle + 4] as CustodyEvent) + HOUR;
    await log.service.wait(now);
    expect(await counts(log.service)).not.toEqual(COUNTS);
    expect(await log.mend(now)).toBeGreaterThan(0);
    await log.service.wait(now + GRACE + SECOND);
    expect(await counts(log.service)).toEqual(COUNTS);
    for (const { raisedAt } of await log.service.alerts())
      expect(Date.parse(raisedAt)).toBeLessThanOrEqual(now + GRACE);
    expect(log.service.watch.present).toBeLessThanOrEqual(now + GRACE);
    expect(await mendLogTime(log.store, PREFIX, saying(now + HOUR))).toBe(0);
  });

  it('is read the same by everybody, whenever it was poisoned, by how much, and when that was mended', async () => {
    const place = fc.integer({ min: 0, max: LIVES.length - 1 });
    const jump = fc.oneof(fc.integer({ min: 2 * 60_000, max: DAY }), fc.integer({ min: DAY, max: TWO_YEARS }));
    await fc.assert(
      fc.asyncProperty(place, place, place, jump, fc.boolean(), async (a, b, c, ahead, killed) => {
        const [from = 0, until = 0, mended = 0] = [a, b, c].sort((x, y) => x - y);
        const log = new PoisonedLog();
        await log.service.start();
        await log.live(LIVES.slice(0, from));
        await log.live(LIVES.slice(from, until), ahead);
        await log.live(LIVES.slice(until, mended + 1));
        const now = knownAt(LIVES[mended] as CustodyEvent) + 3 * SECOND;
        await log.mend(now, killed);
        await log.service.wait(now + GRACE + SECOND);
        expect(await counts(log.service)).toEqual(COUNTS);
        // Another instance, that has nothing of its own yet.
        const other = await (await log.opened(new InMemoryCheckpointStore())).start();
        await other.wait(now + GRACE + SECOND);
        expect(await counts(other)).toEqual(COUNTS);
        expect(await open(other)).toEqual(await open(log.service));
        await other.watch.stop();
        // Life goes on.
        await log.live(LIVES.slice(mended + 1));
        await log.service.wait(knownAt(LIVES.at(-1) as CustodyEvent) + DAY);
        expect(await counts(log.service)).toEqual(COUNTS);
        await log.service.restart();
        await log.service.wait(knownAt(LIVES.at(-1) as CustodyEvent) + DAY + GRACE);
        expect(await counts(log.service)).toEqual(COUNTS);
      }),
      { numRuns: 10 },
    );
  }, 300_000);
});
