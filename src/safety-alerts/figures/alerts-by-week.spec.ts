import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { compare, levelIs, levelIsNone } from '../../../test/safety-alerts/given.js';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { ALL_PRISONS, type Prisons } from '../../access/prisons.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { alertStreamOf } from '../alert/alert-ids.js';
import { AlertsByWeek, AlertsByWeekHandler, AlertsOverWeeks, AlertsOverWeeksHandler } from './alerts-by-week.js';
import { AlertIndex } from '../list/alert-index.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';

const XYI: Prisons = { has: (prisonId) => prisonId === 'XYI' };

let store: InMemoryEventStore;
let alerts: SafetyAlerts;
let clock: VirtualClock;
let position: number;

const raised = (at: string, prisonNumber: string, prisonId = 'XYI') =>
  alerts.setLevel({ ...levelIs('LOW', ++position), at, prisonNumber, prisonId });
const closed = (at: string, prisonNumber: string) => alerts.setLevel({ ...levelIsNone(++position), at, prisonNumber });
const acknowledged = (at: string, prisonNumber: string) => {
  clock.moveTo(at);
  return alerts.act({ stream: alertStreamOf('KW-01', prisonNumber), episode: 1 }, { type: 'Acknowledge', by: 'A' });
};

async function model() {
  const alertsRead = new AlertIndex('test_', compare);
  for await (const event of store.readAll()) alertsRead.apply(event);
  return alertsRead;
}

async function weeks(from: string, to: string, prisons = ALL_PRISONS, prisonIds?: string[]) {
  const span = { from: Date.parse(from), to: Date.parse(to) };
  return new AlertsByWeekHandler(await model()).execute(new AlertsByWeek({ ...span, prisons, prisonIds }));
}

beforeEach(() => {
  position = 0;
  clock = new VirtualClock(0);
  store = new InMemoryEventStore();
  alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals: new Seals(new InMemoryKeyRing()) });
});

describe('safety alerts by prison and week', () => {
  it('are counted in the week in which it happened, zeros included', async () => {
    await raised('2026-11-09T10:00:00.000Z', 'A0001AA');
    await acknowledged('2026-11-09T11:00:00.000Z', 'A0001AA');
    await closed('2026-11-23T10:00:00.000Z', 'A0001AA');
    const none = { raised: 0, closed: 0, acknowledged: 0, medianSecondsToAcknowledge: null };
    expect(await weeks('2026-11-09T10:00:00Z', '2026-11-25T10:00:00Z')).toEqual([
      {
        prisonId: 'XYI',
        week: '2026-W46',
        monday: '2026-11-09',
        raised: 1,
        closed: 0,
        acknowledged: 1,
        medianSecondsToAcknowledge: 3600,
      },
      { prisonId: 'XYI', week: '2026-W47', monday: '2026-11-16', ...none },
      { prisonId: 'XYI', week: '2026-W48', monday: '2026-11-23', ...none, closed: 1 },
    ]);
  });

  it('tell the middle of how long they waited', async () => {
    await raised('2026-11-16T10:00:00.000Z', 'A0001AA');
    await raised('2026-11-16T10:00:00.000Z', 'A0002AA');
    await raised('2026-11-16T10:00:00.000Z', 'A0003AA');
    await acknowledged('2026-11-16T10:10:00.000Z', 'A0001AA');
    await acknowledged('2026-11-16T10:20:00.000Z', 'A0002AA');
    const median = async () =>
      (await weeks('2026-11-16T10:00:00Z', '2026-11-16T10:00:00Z'))[0]?.medianSecondsToAcknowledge;
    expect(await median()).toBe(900);
    await acknowledged('2026-11-18T10:00:00.000Z', 'A0003AA');
    expect(await median()).toBe(1200);
  });

  it('tell the middle over several weeks from all who waited, not from the weeks', async () => {
    for (const [who, week, minutes] of [
      ['A0001AA', '09', '10'],
      ['A0002AA', '16', '20'],
      ['A0003AA', '16', '50'],
    ]) {
      await raised(`2026-11-${week}T10:00:00.000Z`, `${who}`);
      await acknowledged(`2026-11-${week}T10:${minutes}:00.000Z`, `${who}`);
    }
    const span = { from: Date.parse('2026-11-09T10:00:00Z'), to: Date.parse('2026-11-22T10:00:00Z') };
    const asked = { ...span, prisons: ALL_PRISONS, prisonIds: ['XYI', 'XYX'] };
    const over = await new AlertsOverWeeksHandler(await model()).execute(new AlertsOverWeeks(asked));
    expect(over).toEqual([
      { prisonId: 'XYI', raised: 3, closed: 0, acknowledged: 3, medianSecondsToAcknowledge: 1200 },
      { prisonId: 'XYX', raised: 0, closed: 0, acknowledged: 0, medianSecondsToAcknowledge: null },
    ]);
  });

  it('begin on Monday in London, in summer an hour before it is Monday in UTC', async () => {
    await raised('2026-06-07T23:30:00.000Z', 'A0001AA');
    await raised('2026-01-04T23:30:00.000Z', 'A0002AA');
    expect(await weeks('2026-06-07T23:30:00Z', '2026-06-07T23:30:00Z')).toMatchObject([
      { monday: '2026-06-08', week: '2026-W24', raised: 1 },
    ]);
    expect(await weeks('2026-01-04T23:30:00Z', '2026-01-04T23:30:00Z')).toMatchObject([
      { monday: '2025-12-29', week: '2026-W01', raised: 1 },
    ]);
  });

  it('hold the prisons that the one who asks may see, and those asked for with zeros', async () => {
    await raised('2026-11-16T10:00:00.000Z', 'A0001AA', 'XYM');
    await raised('2026-11-16T10:00:00.000Z', 'A0002AA');
    const [from, to] = ['2026-11-16T10:00:00Z', '2026-11-17T10:00:00Z'];
    expect(await weeks(from, to)).toMatchObject([{ prisonId: 'XYI' }, { prisonId: 'XYM' }]);
    expect(await weeks(from, to, XYI, ['XYI', 'XYM'])).toMatchObject([{ prisonId: 'XYI', raised: 1 }]);
    expect(await weeks(from, to, ALL_PRISONS, ['XYX'])).toMatchObject([{ prisonId: 'XYX', raised: 0 }]);
  });

  it.each([
    ['2026-11-16T10:00:00Z', '2026-11-15T10:00:00Z'],
    ['2020-11-16T10:00:00Z', '2026-11-15T10:00:00Z'],
    ['no instant', '2026-11-15T10:00:00Z'],
  ])('refuse the weeks from %s to %s', async (from, to) => {
    await expect(weeks(from, to)).rejects.toMatchObject({ code: 'INVALID_QUERY' });
  });
});
