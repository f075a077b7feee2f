import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { at, levelIs, levelIsNone } from '../../../test/safety-alerts/given.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { alertStreamOf } from './alert-ids.js';
import { AlertChanged, CriticalMayNotSnooze } from './errors.js';
import { type PersonAction, SafetyAlerts } from './safety-alerts.js';

const stream = alertStreamOf('KW-01', 'A0019AA');
const REQUEST = '3f0c6a52-8f55-4c0e-9d6b-0a7a3a3c9f10';
/** The revision of the raise, which everybody here has seen. */
const RAISED = 0;

let store: InMemoryEventStore;
let alerts: SafetyAlerts;
beforeEach(async () => {
  store = new InMemoryEventStore();
  alerts = new SafetyAlerts({
    store,
    clock: { now: () => Date.parse(at(12)) },
    prefix: 'test_',
    seals: new Seals(new InMemoryKeyRing()),
  });
  await alerts.setLevel(levelIs('LOW', 1));
});

const acknowledge = (by = 'ASMITH_GEN'): PersonAction => ({ type: 'Acknowledge', by });
const act = (action: PersonAction, seenRevision?: number, requestId?: string, episode = 1) =>
  alerts.act({ stream, episode }, action, { seenRevision, requestId });
const written = async () => {
  const events = [];
  for await (const event of store.readStream(`test_${stream}`)) events.push(event);
  return events;
};
const typesWritten = async () => (await written()).map(({ type }) => type);
const changesToldTo = async (refused: Promise<unknown>) => {
  const error = await refused.catch((reason: unknown) => reason);
  return error instanceof AlertChanged ? error.changes : error;
};

describe('somebody who acts on a safety alert as they saw it', () => {
  it('does so, where nothing has happened to it since', async () => {
    await act(acknowledge(), RAISED);
    expect(await typesWritten()).toEqual(['SafetyAlertRaised', 'SafetyAlertAcknowledged']);
  });

  it('is told what has happened since, when and by whom, and nothing is stored', async () => {
    await act(acknowledge('BJONES_GEN'));
    await alerts.setLevel(levelIs('HIGH', 2));
    expect(await changesToldTo(act(acknowledge(), RAISED))).toEqual([
      { transition: 'acknowledged', at: at(12), by: 'BJONES_GEN', revision: 1 },
      { transition: 'escalated', at: at(2), by: 'custody-watch', revision: 2 },
    ]);
    expect(await written()).toHaveLength(3);
  });

  it('is not told of what they had seen', async () => {
    await act(acknowledge('BJONES_GEN'));
    await alerts.setLevel(levelIs('HIGH', 2));
    expect(await changesToldTo(act(acknowledge(), 1))).toMatchObject([{ transition: 'escalated' }]);
    await act(acknowledge(), 2);
    expect(await written()).toHaveLength(4);
  });

  it('acts all the same, where they did not say what they had seen', async () => {
    await act(acknowledge('BJONES_GEN'));
    await act(acknowledge());
    expect(await written()).toHaveLength(3);
  });

  it('is not stopped where what they ask for has been done', async () => {
    await act(acknowledge());
    await expect(act(acknowledge(), RAISED)).resolves.toBe('2');
    expect(await written()).toHaveLength(2);
  });

  it('is told who closed it, rather than only that it is closed', async () => {
    await act({ type: 'Resolve', by: 'BJONES_GEN', reasonCode: 'DUPLICATE' });
    expect(await changesToldTo(act(acknowledge(), RAISED))).toMatchObject([
      { transition: 'resolved', by: 'BJONES_GEN' },
    ]);
  });

  it('is told first of what they may never do', async () => {
    await alerts.setLevel(levelIs('CRITICAL', 2));
    const snooze: PersonAction = { type: 'Snooze', by: 'ASMITH_GEN', until: null, reasonCode: 'SEEN_TODAY' };
    expect(await changesToldTo(act(snooze, RAISED))).toBeInstanceOf(CriticalMayNotSnooze);
  });

  it('is told of their own episode only, and of nothing that nobody sees', async () => {
    await act({ type: 'Resolve', by: 'BJONES_GEN', reasonCode: 'DUPLICATE' });
    await alerts.setLevel(levelIsNone(3));
    await alerts.setLevel(levelIs('LOW', 4));
    const note: PersonAction = { type: 'AddNote', by: 'ASMITH_GEN', note: 'seen at work' };
    expect(await changesToldTo(act(note, RAISED))).toMatchObject([{ transition: 'resolved' }]);
    await act(note, 3, undefined, 2);
    expect((await typesWritten()).slice(2)).toEqual(['SafetyAlertQuietEnded', 'SafetyAlertRaised', 'SafetyAlertNoted']);
  });
});

describe('a request that is sent again', () => {
  it('is carried out once, whatever happened in between, and its event names it', async () => {
    await act(acknowledge(), RAISED, REQUEST);
    await alerts.setLevel(levelIs('HIGH', 2));
    await act(acknowledge('BJONES_GEN'));
    await expect(act(acknowledge(), RAISED, REQUEST)).resolves.toBe('4');
    const requests = (await written()).map(({ metadata }) => metadata['requestId']);
    expect(requests).toEqual([undefined, REQUEST, undefined, undefined]);
  });

  it('is told from another one', async () => {
    await act(acknowledge(), RAISED, REQUEST);
    await act(acknowledge('BJONES_GEN'), 1, '11217e7c-8f55-4c0e-9d6b-0a7a3a3c9f10');
    expect(await written()).toHaveLength(3);
  });

  it('leaves no mark where it had no name', async () => {
    await act(acknowledge(), RAISED);
    const [, acknowledged] = await written();
    expect(Object.keys(acknowledged?.metadata ?? {})).toEqual(['schema', 'occurredAt', 'recordedAt', 'knownAt']);
  });
});
