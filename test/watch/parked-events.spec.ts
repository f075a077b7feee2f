import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { levelIs, levelIsNone } from '../safety-alerts/given.js';
import { alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import { SafetyAlerts } from '../../src/safety-alerts/alert/safety-alerts.js';
import { InMemoryKeyRing } from '../in-memory-key-ring.js';
import { Seals } from '../../src/personal-data/seals.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import { Decisions } from '../../src/watch/decisions.js';
import { ParkedEvents } from '../../src/watch/parked-events.js';

const OTHER = 'A0020AA';

let store: InMemoryEventStore;
/** Of whose alerts those who list them have set an event aside. */
let parkedAlerts: (prisonNumber: string) => Promise<boolean>;
let decisions: Decisions;

beforeEach(() => {
  Logger.overrideLogger(false);
  store = new InMemoryEventStore();
  parkedAlerts = () => Promise.resolve(false);
  const alerts = new SafetyAlerts({
    store,
    clock: { now: () => 0 },
    prefix: '',
    seals: new Seals(new InMemoryKeyRing()),
  });
  decisions = new Decisions(alerts, new ParkedEvents('', (prisonNumber) => parkedAlerts(prisonNumber)));
});

const typesOf = async (prisonNumber: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of store.readStream(alertStreamOf('KW-01', prisonNumber))) types.push(type);
  return types;
};

describe('decisions about somebody of whose other alert an event was set aside', () => {
  it('raise, and close nothing; those about everybody else are carried out', async () => {
    parkedAlerts = (prisonNumber) => Promise.resolve(prisonNumber === 'A0019AA');
    const ofOther = { prisonNumber: OTHER };
    decisions.add([levelIs('LOW', 1), { ...levelIs('LOW', 1), ...ofOther }]);
    decisions.add([levelIsNone(2), { ...levelIsNone(2), ...ofOther }]);
    await decisions.carryOut();
    expect(await typesOf('A0019AA')).toEqual(['SafetyAlertRaised']);
    expect(await typesOf(OTHER)).toEqual(['SafetyAlertRaised', 'SafetyAlertResolved']);
  });

  it('wait, and are not lost, while nobody knows whether there is one', async () => {
    decisions.add([levelIs('LOW', 1), levelIsNone(2)]);
    parkedAlerts = () => Promise.reject(new StoreUnavailable('not read yet'));
    await expect(decisions.carryOut()).rejects.toThrow('not read yet');
    parkedAlerts = () => Promise.resolve(false);
    await decisions.carryOut();
    expect(await typesOf('A0019AA')).toEqual(['SafetyAlertRaised', 'SafetyAlertResolved']);
  });
});
