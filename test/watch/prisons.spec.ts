import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { GRACE, RULEBOOK, Service } from './service.js';

const at = (instant: string): number => Date.parse(instant);

const happening = (
  type: CustodyEvent['type'],
  when: string,
  { prisonNumber, recordedAt = when, ...data }: Record<string, string>,
): CustodyEvent => ({
  id: randomUUID(),
  type,
  ...(prisonNumber !== undefined && { prisonNumber }),
  prisonId: 'XYI',
  data,
  occurredAt: when,
  occurredAtMs: at(when),
  recordedAt,
  recordedAtMs: at(recordedAt),
});

const PEOPLE = ['A0001AA', 'A0002AA'];
const arrivals = PEOPLE.map((prisonNumber) =>
  happening('PrisonerReceived', '2027-01-04T15:00:00Z', { prisonNumber, reason: 'NEW_ADMISSION' }),
);
const session = (when: string, recordedAt = when) =>
  happening('KeyWorkerSessionHeld', when, { prisonNumber: 'A0001AA', staffId: '1001', recordedAt });

const RAISED = '2027-02-01T00:00:00.000Z prison:XYI@XYI PRI-01 raised MEDIUM';
const RESOLVED = '2027-02-03T09:00:00.000Z prison:XYI@XYI PRI-01 resolved MEDIUM';

/** What became of the alerts about prisons, one line for each change. */
const ofPrisons = async (service: Service): Promise<string[]> =>
  (await service.transitions()).filter((line) => line.includes('prison:'));

const know = async (service: Service, events: readonly CustodyEvent[]): Promise<void> => {
  for (const event of events) await service.know(event.recordedAtMs, event);
};

const wait = async (service: Service, until: string): Promise<void> => {
  await service.untilRead();
  await service.wait(at(until) + GRACE);
};

const differences = async (service: Service) => (await service.verified()).findings;

describe('a prison that holds under half of the sessions due for four weeks', () => {
  it('has an alert that names nobody, until a session that was held is known late, as verify finds it', async () => {
    const service = await new Service().start();
    await know(service, arrivals);
    await wait(service, '2027-02-01T08:00:00Z');
    expect(await ofPrisons(service)).toEqual([RAISED]);
    expect(await differences(service)).toEqual([]);
    const [alert] = (await service.alerts()).filter(({ rule }) => rule === 'PRI-01');
    expect(alert).toMatchObject({
      prisonNumber: null,
      subject: { kind: 'prison', id: 'XYI', prisonId: 'XYI' },
      prisonId: 'XYI',
      reason:
        'In each of the last four weeks under half of the key worker sessions due were held in this prison: 0 in all, where 8 were due. To act: key work manager, governor.',
    });
    await know(service, [session('2027-01-20T10:00:00Z', '2027-02-03T09:00:00Z')]);
    await wait(service, '2027-02-04T08:00:00Z');
    expect(await ofPrisons(service)).toEqual([RAISED, RESOLVED]);
    expect(await differences(service)).toEqual([]);
  });

  it.each([
    ['a watch that is killed', undefined],
    ['one that goes on from a snapshot', new InMemorySnapshotStore()],
  ])('is decided on once, also by %s', async (_, snapshots) => {
    const service = await new Service(undefined, undefined, RULEBOOK, snapshots).start();
    await know(service, arrivals);
    await wait(service, '2027-01-25T08:00:00Z');
    await service.wait(service.clock.now() + 1_000);
    await service.restart({ killed: snapshots === undefined });
    await wait(service, '2027-02-01T08:00:00Z');
    await service.restart({ killed: snapshots === undefined });
    await know(service, [session('2027-01-20T10:00:00Z', '2027-02-03T09:00:00Z')]);
    await wait(service, '2027-02-04T08:00:00Z');
    expect(await ofPrisons(service)).toEqual([RAISED, RESOLVED]);
    expect(await differences(service)).toEqual([]);
  });

  it('is watched by one instance only, whoever watches its people', async () => {
    const store = new InMemoryEventStore();
    const services = await Promise.all(
      [1, 2, 3].map((share) => new Service(store, undefined, RULEBOOK, undefined, { share, of: 3 }).start()),
    );
    for (const event of arrivals) {
      await services[0]?.know(event.recordedAtMs, event);
      for (const service of services) await wait(service, event.recordedAt);
    }
    for (const service of services) await wait(service, '2027-02-01T08:00:00Z');
    expect(services[0] && (await ofPrisons(services[0]))).toEqual([RAISED]);
  });
});
