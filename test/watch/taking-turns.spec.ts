import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { EventStore } from '../../src/store/event-store.js';
import { Watch } from '../../src/watch/watch.js';
import { NOW, ServiceApp, session } from '../http/service-app.js';
import { asCustodyEvent } from '../soak/as-custody-event.js';
import { Service } from './service.js';

let stop: () => Promise<void>;
afterEach(async () => {
  jest.restoreAllMocks();
  await stop();
});

/** So many events of one person, a minute apart, up to now; where they are late, the last of them is told first. */
const ofOnePerson = (count: number, late: boolean) =>
  Array.from({ length: count }, (_, n) => {
    const ago = late ? n : count - n;
    return session(n + 1, { occurredAt: new Date(NOW - ago * 60_000).toISOString() });
  });

describe('many events of one person in one delivery', () => {
  it.each([
    ['that come in order', false],
    ['of which all are late', true],
  ])('%s come in 200 at a time, and only while no more than a thousand are not decided on', async (_, late) => {
    const service = await ServiceApp.start();
    stop = () => service.stop();
    const store: EventStore = service.estate.store;
    const watch = service.get(Watch);
    while (!watch.caughtUp) await new Promise((resolve) => setImmediate(resolve));
    const append = store.append.bind(store);
    const undecided: number[] = [];
    jest.spyOn(store, 'append').mockImplementation(async (stream, ...more) => {
      service.clock.pass(10);
      const end = await store.end();
      if (stream.includes('person-')) undecided.push(Number(end) - Number(watch.decided.position));
      return append(stream, ...more);
    });
    await service.send(ofOnePerson(2_600, late)).expect(201);
    const ofAlerts = 20;
    expect(undecided.length).toBeGreaterThanOrEqual(13);
    expect(Math.max(...undecided)).toBeLessThanOrEqual(1_000 + ofAlerts);
  });
});

describe('many people of whom something is due at one instant', () => {
  it('are decided on in turns of fifty, and the rest of the process has its turn in between', async () => {
    const service = await new Service().start();
    stop = () => service.watch.stop();
    const people = Array.from({ length: 300 }, (_, n) => `A${String(n).padStart(4, '0')}AA`);
    const arrivals = people.map((prisonNumber) =>
      asCustodyEvent({
        id: prisonNumber,
        type: 'PrisonerReceived',
        at: NOW,
        recordedAt: NOW,
        prisonId: 'XYI',
        prisonNumber,
        data: { reason: 'NEW_ADMISSION' },
      }),
    );
    await service.know(NOW, ...arrivals);
    const decidedByTurn = [0];
    const settle = service.watch.people.settle.bind(service.watch.people);
    jest.spyOn(service.watch.people, 'settle').mockImplementation((...asked) => {
      decidedByTurn.push((decidedByTurn.pop() ?? 0) + 1);
      return settle(...asked);
    });
    const nextTurn = setImmediate;
    jest.spyOn(globalThis, 'setImmediate').mockImplementation((begin: () => void) => {
      decidedByTurn.push(0);
      return nextTurn(begin);
    });
    await service.wait(NOW + 10_000);
    expect(decidedByTurn.reduce((sum, decided) => sum + decided, 0)).toBeGreaterThanOrEqual(people.length);
    expect(Math.max(...decidedByTurn)).toBeLessThanOrEqual(50);
  });
});
