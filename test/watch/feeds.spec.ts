import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, toIso } from '../../src/prison/instant.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { asReported } from '../soak/as-custody-event.js';
import { days, RULEBOOK, RULES, Service } from './service.js';

const MONDAY = Date.parse('2027-01-04T06:00:00Z');
const NOTES = { delivers: ['KeyWorkerSessionHeld'], allowedSilence: 6 * HOUR, expectedOf: new Set(['XYI', 'XYM']) };
const REGISTER = new Map([['case-notes', NOTES]]);
const FEED = 'feed:case-notes@XYI';

const complete = (knownAt: number, prisonId = 'XYI', until = knownAt) =>
  asReported({ prisonId, feed: 'case-notes', until, knownAt });

const serviceOf = ({
  rulebook = RULEBOOK,
  snapshots = undefined as InMemorySnapshotStore | undefined,
  store = new InMemoryEventStore(),
  share = undefined as { share: number; of: number } | undefined,
}): Service => new Service(store, undefined, rulebook, snapshots, share, undefined, undefined, REGISTER);

/** What became of alerts about feeds, and that what is open is what verify finds. */
const told = async (service: Service): Promise<readonly string[]> => {
  expect((await service.verified()).findings).toEqual([]);
  return (await service.transitions()).filter((line) => line.includes('DATA-01'));
};

const raised = (at: number, feed = FEED): string => `${toIso(at)} ${feed} DATA-01 raised MEDIUM`;
const resolved = (at: number, feed = FEED): string => `${toIso(at)} ${feed} DATA-01 resolved MEDIUM`;

describe('a feed that a prison expects', () => {
  it('has one alert from the end of the silence that it is allowed until it is heard again', async () => {
    const service = await serviceOf({}).start();
    await service.know(MONDAY, complete(MONDAY), complete(MONDAY, 'XYM'));
    await service.know(MONDAY + 5 * HOUR, complete(MONDAY + 5 * HOUR, 'XYM'));
    await service.wait(MONDAY + 7 * HOUR);
    expect(await told(service)).toEqual([raised(MONDAY + 6 * HOUR)]);
    const [alert] = await service.alerts();
    expect(alert).toMatchObject({
      prisonNumber: null,
      subject: { kind: 'feed', id: 'case-notes', prisonId: 'XYI' },
      prisonId: 'XYI',
      reason:
        'The feed has been silent since 4 January 2027: it last said on 4 January 2027 how far it is complete. What it delivers is not known, and the rules that need it wait. To act: people who run this service.',
    });
    await service.know(MONDAY + 10 * HOUR, complete(MONDAY + 10 * HOUR));
    await service.wait(MONDAY + 10 * HOUR + 10_000);
    expect(await told(service)).toEqual([raised(MONDAY + 6 * HOUR), resolved(MONDAY + 10 * HOUR)]);
    expect((await service.alerts()).map(({ outcome }) => outcome)).toEqual(['met']);
  });

  it('rests on the report after which nothing came', async () => {
    const service = await serviceOf({}).start();
    await service.know(MONDAY, complete(MONDAY));
    const last = complete(MONDAY + 2 * HOUR);
    await service.know(MONDAY + 2 * HOUR, last);
    await service.wait(MONDAY + DAY);
    const [alert] = await service.alerts();
    const evidence: unknown[] = [];
    for await (const { data } of service.store.readAll())
      if (data['alertId'] === alert?.id) evidence.push(data['evidence']);
    expect(evidence).toEqual([[last.id]]);
  });

  it.each([
    ['a watch that is killed', undefined],
    ['one that goes on from a snapshot', new InMemorySnapshotStore()],
  ])('is decided on once, also by %s', async (_, snapshots) => {
    const service = await serviceOf({ snapshots }).start();
    await service.know(MONDAY, complete(MONDAY));
    await service.wait(MONDAY + HOUR);
    await service.wait(service.clock.now() + 1_000);
    await service.restart({ killed: snapshots === undefined });
    await service.wait(MONDAY + 8 * HOUR);
    await service.restart({ killed: snapshots === undefined });
    await service.know(MONDAY + 10 * HOUR, complete(MONDAY + 10 * HOUR));
    await service.wait(MONDAY + 10 * HOUR + 10_000);
    expect(await told(service)).toEqual([raised(MONDAY + 6 * HOUR), resolved(MONDAY + 10 * HOUR)]);
  });

  it('counts at once, also within a telling that is not complete', async () => {
    const service = await serviceOf({}).start();
    await service.know(MONDAY, complete(MONDAY));
    await service.wait(MONDAY + 8 * HOUR);
    const telling = service.telling('import');
    await telling.begin();
    await telling.record([complete(MONDAY + 8 * HOUR)]);
    await service.wait(MONDAY + 8 * HOUR + 10_000);
    expect(await told(service)).toEqual([raised(MONDAY + 6 * HOUR), resolved(MONDAY + 8 * HOUR)]);
  });

  it('has none where the prison has the rule off, and from the day on which it is on again', async () => {
    const off = { rule: 'DATA-01', because: 'the feed is moved to another server', until: '2027-01-06' };
    const rulebook = new Rulebook(RULES, days, [{ prisonId: 'XYI', keyWork: [], rules: [off] }]);
    const service = await serviceOf({ rulebook }).start();
    await service.know(MONDAY, complete(MONDAY), complete(MONDAY, 'XYM'));
    await service.wait(MONDAY + DAY);
    expect(await told(service)).toEqual([raised(MONDAY + 6 * HOUR, 'feed:case-notes@XYM')]);
    await service.wait(MONDAY + 2 * DAY);
    expect(await told(service)).toContain(raised(Date.parse('2027-01-06T00:00:00Z')));
  });

  it('is watched by one instance only', async () => {
    const store = new InMemoryEventStore();
    const services = [1, 2, 3].map((share) => serviceOf({ store, share: { share, of: 3 } }));
    for (const service of services) await service.start();
    await services[0]?.know(MONDAY, complete(MONDAY), complete(MONDAY, 'XYM'));
    for (const service of services) {
      await service.untilRead();
      await service.wait(MONDAY + DAY);
    }
    expect((await services[0]?.transitions())?.length).toBe(2);
  });
});
