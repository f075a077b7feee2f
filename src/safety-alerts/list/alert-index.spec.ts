import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { at, compare, levelIs, levelIsNone, movedTo, repeated } from '../../../test/safety-alerts/given.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { alertIdOf, alertStreamOf } from '../alert/alert-ids.js';
import type { AlertSummary } from './alert-summary.js';
import { type VisibleChange, AlertIndex } from './alert-index.js';
import { type PersonAction, SafetyAlerts } from '../alert/safety-alerts.js';

const stream = alertStreamOf('KW-01', 'A0019AA');
const first = alertIdOf(stream, 1);
const by = 'ASMITH_GEN';
const resolve: PersonAction & { type: 'Resolve' } = { type: 'Resolve', by, reasonCode: 'DUPLICATE' };

let now: number;
let store: InMemoryEventStore;
let alerts: SafetyAlerts;
let model: AlertIndex;

const act = (hour: number, action: PersonAction) => {
  now = Date.parse(at(hour));
  return alerts.act({ stream, episode: 1 }, action);
};

/** The model as an instance has it that has just read the whole log. */
async function rebuilt(): Promise<AlertIndex> {
  const fresh = new AlertIndex('test_', compare);
  for await (const event of store.readAll()) fresh.apply(event);
  return fresh;
}

const theAlert = async (): Promise<AlertSummary> => (await rebuilt()).get(first);

beforeEach(async () => {
  now = Date.parse(at(0));
  store = new InMemoryEventStore();
  alerts = new SafetyAlerts({
    store,
    clock: { now: () => now },
    prefix: 'test_',
    seals: new Seals(new InMemoryKeyRing()),
    worstStepOf: () => 'HIGH',
  });
  model = new AlertIndex('test_', compare);
  await alerts.setLevel(levelIs('LOW', 1));
});

describe('the read model of safety alerts', () => {
  it('shows an alert as it was raised', async () => {
    expect(await theAlert()).toMatchObject({
      id: first,
      rule: 'KW-01',
      prisonNumber: 'A0019AA',
      prisonId: 'XYI',
      state: 'OPEN',
      severity: 'LOW',
      raisedAt: at(1),
      position: '1',
    });
  });

  it('shows who has it, who is to act and until when it rests', async () => {
    await act(2, { type: 'Acknowledge', by });
    await act(3, { type: 'Assign', by, to: 'BJONES_GEN' });
    await act(4, { type: 'Snooze', by, until: at(9), reasonCode: 'SEEN_TODAY' });
    expect(await theAlert()).toMatchObject({
      state: 'ACKNOWLEDGED',
      acknowledgedBy: by,
      acknowledgedAt: at(2),
      assignedTo: 'BJONES_GEN',
      snoozedUntil: at(9),
      changedAt: at(4),
    });
  });

  it('shows the first who has it, and the instant from which that lapses, when somebody else has it too', async () => {
    await act(2, { type: 'Acknowledge', by });
    const { lapsesAt } = await theAlert();
    await act(3, { type: 'Acknowledge', by: 'BJONES_GEN' });
    expect(await theAlert()).toMatchObject({ acknowledgedBy: by, acknowledgedAt: at(2), lapsesAt });
  });

  it('shows an acknowledged alert as open again, and awake, after a further ask', async () => {
    await act(2, { type: 'Acknowledge', by });
    await act(3, { type: 'Snooze', by, until: null, reasonCode: 'SEEN_TODAY' });
    expect((await theAlert()).snoozedUntilWorse).toBe(true);
    await alerts.repeat(repeated(4, 'ask-2'));
    const { state, repeats, snoozedUntilWorse, acknowledgedBy } = await theAlert();
    expect({ state, repeats, snoozedUntilWorse, acknowledgedBy }).toEqual({ state: 'OPEN', repeats: 1 });
  });

  it('follows the person and the severity', async () => {
    await alerts.move(movedTo('XYM', 2));
    await alerts.setLevel(levelIs('HIGH', 3));
    expect(await theAlert()).toMatchObject({ prisonId: 'XYM', severity: 'HIGH' });
  });

  it('keeps a closed alert apart from the one raised after it', async () => {
    await alerts.setLevel(levelIsNone(2, 'left'));
    await alerts.setLevel(levelIs('MEDIUM', 3));
    const fresh = await rebuilt();
    expect(fresh.get(first)).toMatchObject({ state: 'EXPIRED', outcome: 'left', closedAt: at(2), severity: 'LOW' });
    expect(fresh.open()).toMatchObject([{ id: alertIdOf(stream, 2), after: first, severity: 'MEDIUM' }]);
    expect(fresh.ofPerson('A0019AA')).toHaveLength(2);
  });

  it('leaves an alert resolved by hand as it is, but for being still true, when its quiet ends', async () => {
    await act(2, resolve);
    const resolved = await theAlert();
    expect(resolved.stillTrue).toBe(true);
    await alerts.setLevel(levelIsNone(3));
    expect(await theAlert()).toEqual({ ...resolved, stillTrue: undefined });
    expect(resolved).toMatchObject({ state: 'RESOLVED', outcome: 'manual', closedAt: at(2) });
  });

  it('knows no alert by an id of another log', async () => {
    const fresh = await rebuilt();
    expect(() => fresh.addressOf('no-such-id')).toThrow(expect.objectContaining({ code: 'NO_SUCH_ALERT' }));
  });

  it('refuses an event that it does not know, and stands as it was', async () => {
    for await (const event of store.readAll()) {
      expect(() => {
        model.apply({ ...event, type: 'SafetyAlertForgotten' });
      }).toThrow(expect.objectContaining({ code: 'UNKNOWN_ALERT_EVENT' }));
    }
    expect(model.all()).toEqual([]);
  });
});

describe('figures of safety alerts', () => {
  it('count what is open by prison, severity, state and rule, with the oldest', async () => {
    await alerts.setLevel({ ...levelIs('LOW', 3), prisonNumber: 'A0020AA' });
    const fresh = await rebuilt();
    expect(fresh.openFigures.byPrison()).toEqual([{ prisonId: 'XYI', severity: 'LOW', state: 'OPEN', count: 2 }]);
    expect(fresh.openFigures.byRule()).toEqual([{ prisonId: 'XYI', rule: 'KW-01', count: 2 }]);
    expect(fresh.openFigures.oldest()).toEqual([{ prisonId: 'XYI', severity: 'LOW', raisedAt: at(1) }]);
  });

  it('total what was ever raised and closed, and how long it took', async () => {
    await act(4, { type: 'Acknowledge', by });
    await act(7, resolve);
    const { figures } = await rebuilt();
    expect(figures.raisedTotals()).toEqual([{ prisonId: 'XYI', severity: 'LOW', count: 1 }]);
    expect(figures.closedTotals()).toEqual([{ rule: 'KW-01', outcome: 'manual', count: 1 }]);
    expect(figures.timeToAcknowledge).toMatchObject({ count: 1, sum: 3 * 3600, atMost: [0, 1, 1, 1, 1, 1, 1, 1] });
    expect(figures.timeToResolve).toMatchObject({ count: 1, sum: 6 * 3600, atMost: [0, 0, 1, 1, 1, 1, 1, 1] });
  });
});

describe('whether alerts were of use', () => {
  it('is counted by rule, as those said who closed them', async () => {
    await act(2, { ...resolve, useful: 'unsure' });
    expect((await rebuilt()).figures.usefulTotals()).toEqual([{ rule: 'KW-01', useful: 'unsure', count: 1 }]);
  });

  it('is not counted where nobody said so', async () => {
    await act(2, resolve);
    expect((await rebuilt()).figures.usefulTotals()).toEqual([]);
  });
});

describe('who listens to the read model', () => {
  it('is told of each change once it is visible', async () => {
    const seen: (VisibleChange & { state: string })[] = [];
    model.onChange.subscribe((change) => seen.push({ ...change, state: model.get(change.alertId).state }));
    await alerts.setLevel(levelIsNone(2));
    for await (const event of store.readAll()) model.apply(event);
    expect(seen).toEqual([
      { alertId: first, kind: 'raised', position: '1', state: 'OPEN' },
      { alertId: first, kind: 'resolved', position: '2', state: 'RESOLVED' },
    ]);
  });
});
