import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InMemoryCheckpointStore } from '../../test/in-memory-checkpoint-store.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { eventsOf } from '../../test/acceptance/cases.js';
import { GRACE, PREFIX, Service } from '../../test/watch/service.js';
import { PersonStreams } from '../custody/person-streams.js';
import { type Position, START } from '../store/event-store.js';
import { PersonHistories } from './person-histories.js';

const SECOND = 1_000;
/** What happened last is told first, months later. */
const LIFE = eventsOf('real-21-self-harm-in-segregation').reverse();
const LATE = Date.parse('2026-06-01T09:00:00Z');

let service: Service;
beforeEach(async () => {
  service = await new Service(new InMemoryEventStore(), new InMemoryCheckpointStore()).start();
  for (const [n, event] of LIFE.entries()) {
    await service.know(LATE + n * 10 * SECOND, event);
    await service.wait(LATE + n * 10 * SECOND + 2 * SECOND);
  }
  await service.wait(LATE + LIFE.length * 10 * SECOND + GRACE);
});

describe('a start on a log of late events', () => {
  it('reads the history of each person once, not once for each event, and decides the same', async () => {
    const before = await service.transitions();
    const reads = jest.spyOn(service.store, 'readStream');
    const again = await new Service(service.store, new InMemoryCheckpointStore()).start();
    await again.wait(LATE + LIFE.length * 10 * SECOND + GRACE);
    const people = new Set(LIFE.map(({ prisonNumber }) => prisonNumber));
    const histories = reads.mock.calls.filter(([stream]) => stream.startsWith(`${PREFIX}person-`));
    expect(histories.length).toBeLessThanOrEqual(people.size);
    expect(await again.transitions()).toEqual(before);
    expect((await again.verified()).findings).toEqual([]);
  });
});

describe('histories that are kept in mind', () => {
  const [{ prisonNumber = '' } = {}] = LIFE;

  const given = (most?: number) => {
    let position: Position = START;
    const streams = new PersonStreams(service.store, PREFIX);
    const histories = new PersonHistories(streams, () => position, most);
    const readOn = async (events: number): Promise<void> => {
      for await (const event of service.store.readStream(`${PREFIX}person-${prisonNumber}`)) {
        if (service.store.compare(event.position, position) <= 0) continue;
        if (events-- === 0) return;
        position = event.position;
        histories.passed(event);
      }
    };
    return { histories, readOn };
  };

  it('go on with the log, and hold nothing from beyond where it was read to', async () => {
    const { histories, readOn } = given();
    await readOn(3);
    expect(await histories.of(prisonNumber)).toHaveLength(3);
    await readOn(2);
    expect(await histories.of(prisonNumber)).toHaveLength(5);
  });

  it('are not kept where the log is read on while they are being read', async () => {
    const { histories, readOn } = given();
    await readOn(3);
    const reading = histories.of(prisonNumber);
    await readOn(2);
    expect(await reading).toHaveLength(3);
    expect(await histories.of(prisonNumber)).toHaveLength(5);
  });

  it('make room also while they go on with the log', async () => {
    const { histories, readOn } = given(4);
    await readOn(3);
    await histories.of(prisonNumber);
    const reads = jest.spyOn(service.store, 'readStream');
    await readOn(1);
    reads.mockClear();
    await histories.of(prisonNumber);
    expect(reads).not.toHaveBeenCalled();
    await readOn(1);
    reads.mockClear();
    expect(await histories.of(prisonNumber)).toHaveLength(5);
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('make room for others, and are read again', async () => {
    const { histories, readOn } = given(1);
    await readOn(3);
    expect(await histories.of(prisonNumber)).toHaveLength(3);
    await readOn(2);
    expect(await histories.of(prisonNumber)).toHaveLength(5);
  });
});
