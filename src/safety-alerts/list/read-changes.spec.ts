import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { at, compare, levelIs, levelIsNone } from '../../../test/safety-alerts/given.js';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { ALL_PRISONS, type Prisons } from '../../access/prisons.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { AlertHistories } from './alert-histories.js';
import { alertIdOf, alertStreamOf } from '../alert/alert-ids.js';
import { AlertIndex } from './alert-index.js';
import { type Changes, ReadChanges, ReadChangesHandler } from './read-changes.js';
import { Lapses } from '../alert/terms.js';
import { type PersonAction, SafetyAlerts } from '../alert/safety-alerts.js';
import { PresentReasons } from './present-reasons.js';
import { VisibleAlerts } from './visible-alerts.js';

const [first, second] = ['A0019AA', 'A0020AA'].map((who) => alertIdOf(alertStreamOf('KW-01', who), 1));
const by = 'ASMITH_GEN';
const XYI: Prisons = { has: (prisonId) => prisonId === 'XYI' };

let clock: VirtualClock;
let store: InMemoryEventStore;
let alerts: SafetyAlerts;
let seals: Seals;

const act = (hour: number, action: PersonAction) => {
  clock.moveTo(at(hour));
  return alerts.act({ stream: alertStreamOf('KW-01', 'A0019AA'), episode: 1 }, action);
};

/** As an instance tells it that has read the log up to now. */
async function changesSince(hour: number, prisons = ALL_PRISONS, most?: number): Promise<Changes> {
  const model = new AlertIndex('test_', compare);
  for await (const event of store.readAll()) model.apply(event);
  const handler = new ReadChangesHandler(
    new VisibleAlerts(model, {
      readable: () => Promise.resolve(),
      holderOf: () => undefined,
      takeoverOf: () => undefined,
      numbersOf: (number: string) => [number],
    }),
    new AlertHistories(store, 'test_', seals, model, new Lapses()),
    new PresentReasons(clock),
  );
  return handler.execute(new ReadChanges(Date.parse(at(hour)), prisons, most));
}

beforeEach(async () => {
  clock = new VirtualClock(Date.parse(at(1)));
  store = new InMemoryEventStore();
  seals = new Seals(new InMemoryKeyRing());
  alerts = new SafetyAlerts({ store, clock, prefix: 'test_', seals });
  await alerts.setLevel(levelIs('LOW', 1));
  clock.moveTo(at(2));
  await alerts.setLevel({ ...levelIs('HIGH', 2), prisonNumber: 'A0020AA', prisonId: 'XYM' });
});

describe('what happened to safety alerts since an instant', () => {
  it('is every step written since, with who, when and why, the worst alert first', async () => {
    await act(3, { type: 'Acknowledge', by });
    await act(4, { type: 'AddNote', by, note: 'seen at work' });
    await act(5, { type: 'Snooze', by, until: at(9), reasonCode: 'SEEN_TODAY' });
    const { since, totalElements, content } = await changesSince(2);
    expect({ since, totalElements }).toEqual({ since: at(2), totalElements: 2 });
    expect(content).toMatchObject([
      { alert: { id: second, severity: 'HIGH' }, changes: [{ transition: 'raised', at: at(2), by: 'custody-watch' }] },
      {
        alert: { id: first, state: 'ACKNOWLEDGED' },
        changes: [
          { transition: 'acknowledged', at: at(3), by },
          { transition: 'noted', at: at(4), by, note: 'seen at work' },
          { transition: 'snoozed', at: at(5), by, until: at(9), reasonCode: 'SEEN_TODAY' },
        ],
      },
    ]);
    expect((await changesSince(6)).content).toEqual([]);
  });

  it('includes what is closed by now', async () => {
    clock.moveTo(at(3));
    await alerts.setLevel(levelIsNone(3));
    expect((await changesSince(3)).content).toMatchObject([
      { alert: { id: first, state: 'RESOLVED' }, changes: [{ transition: 'resolved', outcome: 'met' }] },
    ]);
  });

  it('includes what fell due before, and was only written since', async () => {
    clock.moveTo(at(6));
    await alerts.setLevel(levelIs('MEDIUM', 4));
    expect((await changesSince(5)).content).toMatchObject([
      { alert: { id: first }, changes: [{ transition: 'escalated', at: at(4), recordedAt: at(6) }] },
    ]);
  });

  it('leaves out what was over before, though it was only written since', async () => {
    clock.moveTo(at(6));
    await alerts.setLevel(levelIsNone(4));
    expect((await changesSince(5)).content).toEqual([]);
    expect((await changesSince(4)).content).toMatchObject([{ alert: { id: first } }]);
  });

  it('is for those who see the alert', async () => {
    expect((await changesSince(1, XYI)).content).toMatchObject([{ alert: { id: first } }]);
    expect((await changesSince(1, { has: () => false })).totalElements).toBe(0);
  });

  it('counts none of which the reader may see no change', async () => {
    await act(3, { type: 'AddNote', by, note: 'seen at work' });
    expect(await changesSince(3, XYI)).toMatchObject({ totalElements: 0, content: [] });
  });

  it('tells how many there are where it does not show all', async () => {
    const { totalElements, content } = await changesSince(1, ALL_PRISONS, 1);
    expect(totalElements).toBe(2);
    expect(content).toMatchObject([{ alert: { id: second } }]);
  });
});
