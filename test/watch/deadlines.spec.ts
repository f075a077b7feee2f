import { describe, expect, it } from '@jest/globals';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { ordinaryLives } from './ordinary-lives.js';
import { GRACE, RULES, Service } from './service.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');
/** The end of the second day after the arrival: no key worker allocated. */
const DUE = Date.parse('2026-03-05T00:00:00Z');

const arrival = (): CustodyEvent => {
  const sent = {
    type: 'PrisonerReceived',
    prisonNumber: 'A0001AA',
    prisonId: 'XYI',
    data: { reason: 'NEW_ADMISSION' },
  };
  const read = readCustodyEvent(
    { ...sent, occurredAt: new Date(NOON).toISOString() },
    { now: NOON, recordedAtDefault: 'now' },
  );
  if (isRefusal(read)) throw new Error(JSON.stringify(read.errors));
  return read;
};

const arrived = async (): Promise<Service> => {
  const service = await new Service().start();
  await service.know(NOON, arrival());
  await service.wait(NOON + GRACE);
  return service;
};

describe('the deadlines', () => {
  it('are counted by rule, as many as there are', async () => {
    const service = await new Service().start();
    const { people } = service.watch;
    const { instants, until } = ordinaryLives(6);
    const asMany = (): void => {
      const counted = RULES.filter(({ subject }) => !subject).map(() => 0);
      for (const [, person] of people.everybody()) person.addArmed(counted, 1);
      expect([...people.headcount.armedByRule.values()]).toEqual(counted);
    };
    for (const [instant, event] of instants) {
      await service.know(instant, event);
      asMany();
    }
    expect(Math.max(...people.headcount.armedByRule.values())).toBeGreaterThan(1);
    await service.wait(until);
    asMany();
  });

  it.each([
    ['with the grace that the tick gives', DUE + GRACE + 1_000, { count: 1, sum: (GRACE + 1_000) / 1_000 }],
    ['with the two hours that nobody looked', DUE + 7_200_000, { count: 1, sum: 7_200 }],
    ['not before they are due', DUE, { count: 0, sum: 0 }],
  ])('tell how late they were decided: %s', async (_, looked, delays) => {
    const service = await arrived();
    await service.wait(looked);
    expect(service.watch.fireDelays).toMatchObject(delays);
    expect(await service.transitions()).toHaveLength(delays.count);
  });

  it('that were decided before a restart are not counted again', async () => {
    const service = await arrived();
    await service.wait(DUE + GRACE + 1_000);
    await service.restart();
    await service.wait(DUE + 2 * GRACE);
    expect(service.watch.fireDelays.count).toBe(0);
  });
});
