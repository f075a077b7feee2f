import { describe, expect, it } from '@jest/globals';
import { HOUR } from '../../src/prison/instant.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { asCustodyEvent } from '../soak/as-custody-event.js';
import { Service } from './service.js';

/** Counts the events that are read of single streams. */
class CountedStore extends InMemoryEventStore {
  read = 0;

  override async *readStream(
    ...asked: Parameters<InMemoryEventStore['readStream']>
  ): ReturnType<InMemoryEventStore['readStream']> {
    for await (const event of super.readStream(...asked)) {
      this.read += 1;
      yield event;
    }
  }
}

const FROM = Date.parse('2026-01-05T09:00:00Z');

/** How many events are read for each of 120 that are told, of which the last happened so many hours before it was told. */
const readFor = async (late: number): Promise<number[]> => {
  const store = new CountedStore();
  const service = await new Service(store).start();
  const read: number[] = [];
  for (let n = 0; n < 120; n++) {
    const now = FROM + n * HOUR;
    const before = store.read;
    const at = n === 119 ? now - late * HOUR : now;
    const told = { id: `e${n}`, at, recordedAt: at, prisonId: 'XYI', prisonNumber: 'A0001AA', data: {} };
    await service.know(now, asCustodyEvent({ ...told, type: n % 2 === 0 ? 'ConcernNoticed' : 'AssaultReported' }));
    await service.wait(now + HOUR / 2);
    read.push(store.read - before);
  }
  await service.watch.stop();
  return read;
};

describe('of what was told of somebody before', () => {
  it('nothing is read for an event that comes next, and each once for one that comes late', async () => {
    const ofAlerts = 10;
    expect(Math.max(...(await readFor(0)))).toBeLessThanOrEqual(ofAlerts);
    const late = (await readFor(50)).at(-1) ?? 0;
    expect(late).toBeGreaterThanOrEqual(120);
    expect(late).toBeLessThanOrEqual(120 + ofAlerts);
  });
});
