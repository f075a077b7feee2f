import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { WEEKLY } from '../../src/kernel/prison-settings.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { days, GRACE, RULEBOOK, RULES, Service } from './service.js';

const at = (instant: string): number => Date.parse(instant);

const happening = (
  type: CustodyEvent['type'],
  when: string,
  { prisonNumber, prisonId = 'XYI', ...data }: Record<string, string>,
): CustodyEvent => ({
  id: randomUUID(),
  type,
  ...(prisonNumber !== undefined && { prisonNumber }),
  prisonId,
  data,
  occurredAt: when,
  occurredAtMs: at(when),
  recordedAt: when,
  recordedAtMs: at(when),
});

const PEOPLE = ['A0001AA', 'A0002AA', 'A0003AA'];

const arrivals = PEOPLE.map((prisonNumber) =>
  happening('PrisonerReceived', '2027-01-04T15:00:00Z', { prisonNumber, reason: 'NEW_ADMISSION' }),
);
const allocated = (prisonNumber: string, when: string, staffId = '1001') =>
  happening('KeyWorkerAllocated', when, { prisonNumber, staffId });
const allocations = PEOPLE.map((prisonNumber) => allocated(prisonNumber, '2027-01-05T09:00:00Z'));
const isNow = (status: string, when: string, staffId = '1001') =>
  happening('KeyWorkerAvailabilityChanged', when, { staffId, status });
const falls = isNow('UNAVAILABLE_LONG_TERM_ABSENCE', '2027-01-11T08:00:00Z');
const DUE = '2027-01-19T00:00:00.000Z';
const RAISED = `${DUE} key-worker:1001@XYI KW-05 raised MEDIUM`;

/** What became of the alerts about key workers, one line for each change. */
const ofKeyWorkers = async (service: Service): Promise<string[]> =>
  (await service.transitions()).filter((line) => line.includes('key-worker:'));

const know = async (service: Service, events: readonly CustodyEvent[]): Promise<void> => {
  for (const event of [...events].sort((a, b) => a.recordedAtMs - b.recordedAtMs))
    await service.know(event.recordedAtMs, event);
};

const wait = async (service: Service, until: string): Promise<void> => {
  await service.untilRead();
  await service.wait(at(until) + GRACE);
};

const differences = async (service: Service) => (await service.verified()).findings;

describe('a key worker who is away for a week, with people who are theirs', () => {
  it('has one alert for all of them, until nobody is theirs any more, as verify finds it', async () => {
    const service = await new Service().start();
    await know(service, [...arrivals, ...allocations, falls]);
    await wait(service, '2027-01-19T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([RAISED]);
    expect(await differences(service)).toEqual([]);
    const [alert] = (await service.alerts()).filter(({ rule }) => rule === 'KW-05');
    expect(alert).toMatchObject({
      prisonNumber: null,
      subject: { kind: 'key-worker', id: '1001', prisonId: 'XYI' },
      prisonId: 'XYI',
      reason:
        'The key worker has been recorded as unavailable since 11 January 2027; people who are still theirs: 3. To act: key work manager.',
    });
    expect(service.watch.peopleOf('key-worker:1001@XYI')).toEqual(PEOPLE);
    await know(
      service,
      PEOPLE.map((prisonNumber, day) => allocated(prisonNumber, `2027-01-2${day}T09:00:00Z`, '1002')),
    );
    await wait(service, '2027-01-23T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([
      RAISED,
      '2027-01-22T09:00:00.000Z key-worker:1001@XYI KW-05 resolved MEDIUM',
    ]);
    expect(await differences(service)).toEqual([]);
  });

  it('names nobody in the log: neither in the sentence nor in what it rests on', async () => {
    const service = await new Service().start();
    await know(service, [...arrivals, ...allocations, falls]);
    await wait(service, '2027-01-19T08:00:00Z');
    const [alert] = (await service.alerts()).filter(({ rule }) => rule === 'KW-05');
    const stored: string[] = [];
    for await (const { data } of service.store.readAll())
      if (data['rule'] === 'KW-05') stored.push(JSON.stringify(data));
    expect(stored).toHaveLength(1);
    expect(stored[0]).toContain(alert?.id);
    for (const prisonNumber of PEOPLE) expect(stored[0]).not.toContain(prisonNumber);
  });

  it.each([
    ['a watch that is killed', undefined],
    ['one that goes on from a snapshot', new InMemorySnapshotStore()],
  ])('is decided on once, also by %s', async (_, snapshots) => {
    const service = await new Service(undefined, undefined, RULEBOOK, snapshots).start();
    await know(service, [...arrivals, ...allocations, falls]);
    await wait(service, '2027-01-15T08:00:00Z');
    await service.wait(service.clock.now() + 1_000);
    await service.restart({ killed: snapshots === undefined });
    await wait(service, '2027-01-19T08:00:00Z');
    await service.restart({ killed: snapshots === undefined });
    const back = isNow('ACTIVE', '2027-01-20T08:00:00Z');
    await know(service, [back]);
    await wait(service, '2027-01-21T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([
      RAISED,
      '2027-01-20T08:00:00.000Z key-worker:1001@XYI KW-05 resolved MEDIUM',
    ]);
    expect(await differences(service)).toEqual([]);
  });

  it('is watched by one instance only, whoever watches their people', async () => {
    const store = new InMemoryEventStore();
    const services = await Promise.all(
      [1, 2, 3].map((share) => new Service(store, undefined, RULEBOOK, undefined, { share, of: 3 }).start()),
    );
    for (const event of [...arrivals, ...allocations, falls]) {
      await services[0]?.know(event.recordedAtMs, event);
      for (const service of services) await wait(service, event.recordedAt);
    }
    for (const service of services) await wait(service, '2027-01-19T08:00:00Z');
    expect(services[0] && (await ofKeyWorkers(services[0]))).toEqual([RAISED]);
    expect(services.map(({ watch }) => watch.peopleOf('key-worker:1001@XYI'))).toEqual([PEOPLE, PEOPLE, PEOPLE]);
  });

  it('is seen once an import that tells of it is complete', async () => {
    const service = await new Service().start();
    await know(service, [...arrivals, ...allocations]);
    await wait(service, '2027-01-25T08:00:00Z');
    const telling = service.telling('import');
    await telling.begin();
    await telling.record([falls]);
    await wait(service, '2027-01-26T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([]);
    await telling.complete();
    await wait(service, '2027-01-27T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([expect.stringMatching(/^2027-01-26T.* KW-05 raised MEDIUM$/)]);
    expect(await differences(service)).toEqual([]);
  });

  it('is seen when a history of their people is complete, and not backwards', async () => {
    const service = await new Service().start();
    await know(service, [
      falls,
      happening('PrisonerReceived', '2027-01-12T08:00:00Z', { prisonNumber: 'Z9999ZZ', reason: 'NEW_ADMISSION' }),
    ]);
    await wait(service, '2027-02-01T08:00:00Z');
    const telling = service.telling('history');
    await telling.begin(PEOPLE);
    await telling.record([...arrivals, ...allocations]);
    await telling.complete();
    await wait(service, '2027-02-02T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([expect.stringMatching(/^2027-02-01T.* KW-05 raised MEDIUM$/)]);
    expect(await differences(service)).toEqual([]);
  });

  it('has none where the prison has no key work scheme, and from the day on which it has one', async () => {
    const keyWork = [
      { ...WEEKLY, scheme: false, until: '2027-01-25' },
      { ...WEEKLY, from: '2027-01-25' },
    ];
    const settings = [{ prisonId: 'XYI', keyWork, rules: [] }];
    const service = await new Service(undefined, undefined, new Rulebook(RULES, days, settings)).start();
    await know(service, [...arrivals, ...allocations, falls]);
    await wait(service, '2027-01-24T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([]);
    expect(await differences(service)).toEqual([]);
    await wait(service, '2027-01-25T08:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual(['2027-01-25T00:00:00.000Z key-worker:1001@XYI KW-05 raised MEDIUM']);
    expect(await differences(service)).toEqual([]);
  });
});

describe('sessions of a key worker with two people at one time', () => {
  const RAISED_ODD = '2027-01-12T10:20:00.000Z key-worker:1001@XYI KW-13 raised LOW';
  const talked = (prisonNumber: string, when: string) => ({
    ...happening('KeyWorkerSessionHeld', when, { prisonNumber, staffId: '1001' }),
    data: { staffId: '1001', minutes: 45 },
  });

  it.each([
    ['a watch that is killed', undefined],
    ['one that goes on from a snapshot', new InMemorySnapshotStore()],
  ])('need a second look, until one is withdrawn, also by %s between the two', async (_, snapshots) => {
    const service = await new Service(undefined, undefined, RULEBOOK, snapshots).start();
    const [one = '', other = ''] = PEOPLE;
    const [first, second] = [talked(one, '2027-01-12T10:00:00Z'), talked(other, '2027-01-12T10:20:00Z')];
    await know(service, [...arrivals, ...allocations, first]);
    await wait(service, '2027-01-12T10:05:00Z');
    await service.restart({ killed: snapshots === undefined });
    await know(service, [second]);
    await wait(service, '2027-01-12T11:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([RAISED_ODD]);
    expect(await differences(service)).toEqual([]);
    await know(service, [
      happening('EventWithdrawn', '2027-01-13T09:00:00Z', { prisonNumber: one, withdraws: first.id, reason: 'error' }),
    ]);
    await wait(service, '2027-01-13T10:00:00Z');
    expect(await ofKeyWorkers(service)).toEqual([
      RAISED_ODD,
      '2027-01-13T09:00:00.000Z key-worker:1001@XYI KW-13 resolved LOW',
    ]);
    expect(await differences(service)).toEqual([]);
  });
});
