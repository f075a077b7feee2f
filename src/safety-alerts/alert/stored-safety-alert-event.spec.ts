import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { at, levelIs } from '../../../test/safety-alerts/given.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { personSubject } from '../../personal-data/key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import type { RecordedEvent } from '../../store/event-store.js';
import { alertStreamOf } from './alert-ids.js';
import { UnknownAlertEvent } from './errors.js';
import { type PersonAction, SafetyAlerts } from './safety-alerts.js';
import { decidedOn, decidedOnElsewhere, fromStored, isKnown, withNoteOpened } from './stored-safety-alert-event.js';

const WHO = 'A0019AA';
const stream = alertStreamOf('KW-01', WHO);
const note = 'he cried all night';

let store: InMemoryEventStore;
let keys: InMemoryKeyRing;
let alerts: SafetyAlerts;
beforeEach(async () => {
  store = new InMemoryEventStore();
  keys = new InMemoryKeyRing();
  alerts = new SafetyAlerts({
    store,
    clock: { now: () => Date.parse(at(12)) },
    prefix: 'test_',
    seals: new Seals(keys),
  });
  await alerts.setLevel(levelIs('LOW', 1));
});

const act = (action: PersonAction) => alerts.act({ stream, episode: 1 }, action);
const last = async (): Promise<RecordedEvent> => {
  for await (const event of store.readStream(`test_${stream}`, { direction: 'backward', limit: 1 })) return event;
  throw new Error('There is no event.');
};
const noteOf = async () => (await withNoteOpened(await last(), WHO, new Seals(keys))).data['note'];
const erase = () => keys.erase(personSubject(WHO), { reason: 'COURT_ORDER', by: 'local', at: at(13) });
const by = 'ASMITH_GEN';

describe('a note on a safety alert', () => {
  it.each<PersonAction>([
    { type: 'AddNote', by, note },
    { type: 'Acknowledge', by, note },
    { type: 'Snooze', by, note, until: at(20), reasonCode: 'OTHER' },
    { type: 'Resolve', by, note, reasonCode: 'OTHER' },
  ])('is sealed for the person, and opened for those who read it: $type', async (action) => {
    await act(action);
    const stored = await last();
    expect(JSON.stringify(stored)).not.toContain(note);
    expect(fromStored(stored).data).toHaveProperty('note', '(personal)');
    expect(await noteOf()).toBe(note);
    await erase();
    expect(await noteOf()).toBe('(erased)');
  });

  it('is written once when it is sent again', async () => {
    const first = await act({ type: 'AddNote', by, note });
    expect(await act({ type: 'AddNote', by, note })).toBe(first);
    expect(await act({ type: 'AddNote', by, note: 'another' })).not.toBe(first);
  });

  it('needs no key where there is none', async () => {
    await act({ type: 'Acknowledge', by });
    expect((await last()).data).not.toHaveProperty('$personal');
  });
});

const placed = (position: string) => ({ stream: 'alert-1', id: 'id-1', position });

describe('whether an alert was of use', () => {
  it.each([
    [true, 'yes'],
    [false, 'no'],
    ['unsure', 'unsure'],
  ])('reads, where it was written as %j, as %s', (written, useful) => {
    const data = { episode: 1, useful: written };
    expect(
      fromStored({ type: 'SafetyAlertResolvedByHand', data, metadata: { schema: 2 }, ...placed('1') }).data,
    ).toMatchObject({ useful });
  });
});

describe('an event in the log of a type that this version does not know', () => {
  it.each(['NotOfThisVersion', 'toString'])('is never taken for another: %s', (type) => {
    expect(isKnown(type)).toBe(false);
    expect(() => fromStored({ type, data: { episode: 1 }, metadata: { schema: 3 }, ...placed('17') })).toThrow(
      UnknownAlertEvent,
    );
  });
});

describe('an event in the log of a type that this version knows', () => {
  it.each([
    ['a later schema', { episode: 1 }, { schema: 5 }],
    ['no episode', {}, { schema: 3 }],
  ])('is not taken for one of ours either where it has %s', (_, data, metadata) => {
    const recorded = { type: 'SafetyAlertNoted', data, metadata, ...placed('17') };
    expect(() => fromStored(recorded)).toThrow(UnknownAlertEvent);
  });
});

describe('the position that an event of an alert rests on', () => {
  it('is named by what the watch decided, and by nothing else', async () => {
    expect(decidedOn(await last(), 'test_')).toBe('1');
    await act({ type: 'Acknowledge', by });
    expect(decidedOn(await last(), 'test_')).toBeUndefined();
    expect(decidedOn({ stream: 'test_person-A0019AA', data: { decidedOn: '1' } }, 'test_')).toBeUndefined();
    expect(decidedOn({ stream: `test_${stream}`, data: { decidedOn: 1 } }, 'test_')).toBeUndefined();
  });

  it('is another one in another log, and everything else stays', () => {
    expect(decidedOnElsewhere({ episode: 1, decidedOn: '1' }, '4')).toEqual({ episode: 1, decidedOn: '4' });
  });
});
