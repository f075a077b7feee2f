import { describe, expect, it } from '@jest/globals';
import { session } from '../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { VirtualClock } from '../../test/virtual-clock.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { Seals } from '../personal-data/seals.js';
import type { CustodyEvent } from './custody-event.js';
import { CustodyLog } from './custody-log.js';
import { Erasures } from './erasures.js';
import { formerPrisonersBefore } from './gone-people.js';
import { SENDER } from '../../test/sender.js';

const CUT_OFF = Date.parse('2020-01-01T00:00:00Z');

let count = 0;
const event = (type: string, day: string, data: object = {}): CustodyEvent =>
  session(++count, { type, occurredAt: `${day}T10:00:00Z`, data });
const received = (day: string) => event('PrisonerReceived', day, { reason: 'NEW_ADMISSION' });
const released = (day: string, reason = 'RELEASED') => event('PrisonerReleased', day, { reason });
const withdrawn = ({ id }: CustodyEvent, day: string) =>
  event('EventWithdrawn', day, { withdraws: id, reason: 'error' });

async function given(...events: CustodyEvent[]) {
  const store = new InMemoryEventStore();
  const keys = new InMemoryKeyRing();
  const log = new CustodyLog(store, 'cw_', new Seals(keys));
  const record = (...more: CustodyEvent[]) => log.recordAll(more, { knownAt: () => CUT_OFF, sender: SENDER });
  await record(...events);
  const erasures = new Erasures(store, keys, new VirtualClock(CUT_OFF), 'cw_', {
    openAlertsOf: () => Promise.resolve([]),
  });
  return {
    store,
    record,
    erase: () => erasures.erase({ prisonNumber: 'A1234BC', reason: 'RETENTION_EXPIRED', by: 'local' }),
    gone: () => formerPrisonersBefore(CUT_OFF, store, 'cw_'),
  };
}

describe('who is gone', () => {
  it('is told with when and why they left', async () => {
    const { gone } = await given(received('2018-01-01'), released('2019-06-01', 'DIED'));
    expect(await gone()).toEqual([
      { prisonNumber: 'A1234BC', prisonId: 'XYI', reason: 'DIED', since: Date.parse('2019-06-01T10:00:00Z') },
    ]);
  });

  const wrongRelease = released('2019-06-01');
  it.each<[string, CustodyEvent[]]>([
    ['is here', [received('2018-01-01')]],
    ['left after the day', [received('2018-01-01'), released('2020-06-01')]],
    ['came back', [released('2018-01-01'), received('2019-01-01')]],
    ['is on the way to another prison', [received('2018-01-01'), released('2019-01-01', 'TRANSFERRED')]],
    ['is at court', [received('2018-01-01'), released('2019-01-01', 'SENT_TO_COURT')]],
    [
      'was released by mistake of the record',
      [received('2018-01-01'), wrongRelease, withdrawn(wrongRelease, '2019-06-02')],
    ],
    ['was heard of since', [released('2019-01-01'), event('AcctOpened', '2020-02-01')]],
    ['is known by nothing but a session', [event('AcctOpened', '2018-02-01')]],
  ])('is not somebody who %s', async (_, events) => {
    expect(await (await given(...events)).gone()).toEqual([]);
  });

  it('is listed until erased, and again when something is recorded afterwards', async () => {
    const { gone, erase, record } = await given(received('2018-01-01'), released('2019-06-01'));
    await erase();
    expect(await gone()).toEqual([]);
    await record(event('SelfHarmReported', '2019-05-01'));
    expect(await gone()).toHaveLength(1);
  });

  it('is not somebody who is here under another number, and is told by the one that was kept', async () => {
    const under = (number: string, event: CustodyEvent) => ({ ...event, prisonNumber: number });
    const merged = event('PrisonerRecordsMerged', '2019-07-01', { removedPrisonNumber: 'B0001AA' });
    const before = [under('B0001AA', received('2018-01-01')), under('B0001AA', released('2018-06-01'))];
    const here = await given(...before, received('2019-01-01'), merged);
    expect(await here.gone()).toEqual([]);
    const left = await given(...before, received('2019-01-01'), released('2019-06-01'), merged);
    expect(await left.gone()).toMatchObject([{ prisonNumber: 'A1234BC', reason: 'RELEASED' }]);
  });

  it('is not somebody of whom an event cannot be read', async () => {
    const { gone, store } = await given(released('2019-06-01'));
    const unknown = { id: 'x', type: 'PrisonerBeamedUp', data: {}, metadata: {} };
    await store.append('cw_person-A1234BC', 0, [unknown]);
    expect(await gone()).toEqual([]);
  });
});
