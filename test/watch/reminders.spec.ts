import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { DAY, HOUR, MINUTE, toIso } from '../../src/prison/instant.js';
import { fromStored } from '../../src/safety-alerts/alert/stored-safety-alert-event.js';
import { ALERT_STREAMS } from '../../src/safety-alerts/alert/alert-ids.js';
import { InMemoryCheckpointStore } from '../in-memory-checkpoint-store.js';
import { verify } from '../../src/watch/verify.js';
import { days, RULEBOOK, PREFIX, RULES, Service } from './service.js';
import { SENDER } from '../sender.js';

const OPENED = Date.parse('2026-01-10T09:00:00Z');
/** ACCT-01 is raised an hour after an ACCT was opened without a plan, and CRITICAL after four. */
const RAISED = OPENED + HOUR;
const CRITICAL = OPENED + 4 * HOUR;

let number = 0;
const event = (type: CustodyEvent['type'], at: number, data: object = {}): CustodyEvent => ({
  id: `0d9b4f0c-59f1-4c76-8e52-${String(++number).padStart(12, '0')}`,
  type,
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: toIso(at),
  occurredAtMs: at,
  recordedAt: toIso(at),
  recordedAtMs: at,
  data: { ...data },
});

let service: Service;

beforeEach(async () => {
  service = await new Service().start();
  await service.know(OPENED - HOUR, event('PrisonerReceived', OPENED - HOUR, { reason: 'NEW_ADMISSION' }));
  await service.know(OPENED, event('AcctOpened', OPENED));
  await service.wait(CRITICAL + 10 * MINUTE);
});

/** What came back to triage: each event of ACCT-01 that brought it back, with its instant. */
const cameBack = async (): Promise<string[]> => {
  const lines: string[] = [];
  for await (const recorded of service.store.readAll({ filter: { streamPrefixes: [PREFIX + ALERT_STREAMS] } })) {
    const { type, data } = fromStored(recorded);
    if (type === 'SafetyAlertAcknowledgementLapsed' || type === 'SafetyAlertReopened') lines.push(`${data.at} ${type}`);
  }
  return lines;
};
const alert = async () => (await service.alerts()).find(({ rule }) => rule === 'ACCT-01');
const differences = async () => {
  const upTo = await service.checkpoint();
  return (
    await verify({ store: service.store, prefix: PREFIX, rulebook: { catalogue: RULES, settings: [] }, days, upTo })
  ).findings;
};
const acknowledge = () => service.act('ACCT-01', { type: 'Acknowledge' });
const resolve = () =>
  service.act('ACCT-01', {
    type: 'Resolve',
    reasonCode: 'COVERED_BY_ACCT_PLAN',
    note: 'in hand',
    confirmStillTrue: true,
  });
const lapsed = (at: number) => `${toIso(at)} SafetyAlertAcknowledgementLapsed`;
const reopened = (at: number) => `${toIso(at)} SafetyAlertReopened`;

describe('an acknowledgement that nobody follows up', () => {
  const ACKNOWLEDGED = CRITICAL + 10 * MINUTE;

  beforeEach(acknowledge);

  it('lapses after its time, at its instant, and the alert is to triage again', async () => {
    await service.wait(ACKNOWLEDGED + 2 * HOUR);
    expect(await cameBack()).toEqual([]);
    await service.wait(ACKNOWLEDGED + 2 * HOUR + MINUTE);
    expect(await cameBack()).toEqual([lapsed(ACKNOWLEDGED + 2 * HOUR)]);
    expect(await alert()).toMatchObject({ state: 'OPEN', assignedTo: 'ASMITH_GEN' });
    await service.wait(ACKNOWLEDGED + 2 * DAY);
    expect(await cameBack()).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it('lapses at its instant after an outage, before what happened later', async () => {
    await service.watch.stop();
    const answered = ACKNOWLEDGED + 5 * HOUR;
    service.clock.moveTo(answered);
    await service.log.recordAll([event('AcctImmediateActionPlanCompleted', answered)], {
      knownAt: () => answered,
      sender: SENDER,
    });
    service.clock.moveTo(ACKNOWLEDGED + 3 * DAY);
    await service.restart({ killed: true });
    await service.wait(ACKNOWLEDGED + 3 * DAY);
    expect(await cameBack()).toEqual([lapsed(ACKNOWLEDGED + 2 * HOUR)]);
    expect(await alert()).toMatchObject({ state: 'RESOLVED', outcome: 'met' });
    expect(await differences()).toEqual([]);
  });

  it('lapses once, whichever of two instances looks', async () => {
    const other = await new Service(service.store, new InMemoryCheckpointStore()).start();
    const late = ACKNOWLEDGED + 3 * HOUR;
    await Promise.all([service.wait(late), other.wait(late)]);
    expect(await cameBack()).toEqual([lapsed(ACKNOWLEDGED + 2 * HOUR)]);
  });

  it('is left to the instance that watches the person', async () => {
    const checkpoints = new InMemoryCheckpointStore();
    for (const share of [1, 2]) {
      const instance = new Service(service.store, checkpoints, RULEBOOK, undefined, { share, of: 2 });
      await (await instance.start()).wait(ACKNOWLEDGED + 3 * HOUR);
    }
    expect(await cameBack()).toHaveLength(1);
  });

  it('holds anew from a key worker session', async () => {
    const then = ACKNOWLEDGED + HOUR;
    await service.know(then, event('KeyWorkerSessionHeld', then, { staffId: '1001' }));
    await service.wait(then + 2 * HOUR - MINUTE);
    expect(await cameBack()).toEqual([]);
    await service.wait(then + 2 * HOUR + MINUTE);
    expect(await cameBack()).toEqual([lapsed(then + 2 * HOUR)]);
    expect(await differences()).toEqual([]);
  });

  it('does not hold for what the rule does not name', async () => {
    const then = ACKNOWLEDGED + HOUR;
    await service.know(then, event('ChaplaincyContactHeld', then));
    await service.wait(then + 2 * HOUR);
    expect(await cameBack()).toEqual([lapsed(ACKNOWLEDGED + 2 * HOUR)]);
  });

  it('is put off once by a note', async () => {
    service.clock.moveTo(ACKNOWLEDGED + HOUR);
    await service.act('ACCT-01', { type: 'AddNote', note: 'the case co-ordinator is on her way' });
    await service.wait(ACKNOWLEDGED + 3 * HOUR);
    await service.act('ACCT-01', { type: 'AddNote', note: 'still on her way' });
    await service.wait(ACKNOWLEDGED + 5 * HOUR);
    expect(await cameBack()).toEqual([lapsed(ACKNOWLEDGED + 4 * HOUR)]);
    expect(await differences()).toEqual([]);
  });

  it('is missed by verify where it did not lapse', async () => {
    const upTo = { ...(await service.checkpoint()), until: ACKNOWLEDGED + 3 * HOUR };
    const { findings } = await verify({
      store: service.store,
      prefix: PREFIX,
      rulebook: { catalogue: RULES, settings: [] },
      days,
      upTo,
    });
    expect(findings.filter(({ about }) => about === 'lapse')).toEqual([
      {
        kind: 'missing',
        about: 'lapse',
        rule: 'ACCT-01',
        prisonNumber: 'A0001AA',
        expected: toIso(ACKNOWLEDGED + 2 * HOUR),
        found: null,
      },
    ]);
  });

  it('is told by verify where it lapsed too soon', async () => {
    const at = toIso(ACKNOWLEDGED + 3 * HOUR);
    await service.safetyAlerts.remind({
      type: 'Remind',
      ...{ rule: 'ACCT-01', prisonNumber: 'A0001AA', at, decidedOn: '1', recordings: [] },
    });
    const then = ACKNOWLEDGED + HOUR;
    await service.know(then, event('KeyWorkerSessionHeld', then, { staffId: '1001' }));
    await service.wait(then + DAY);
    expect(await differences()).toMatchObject([
      { kind: 'wrongTime', about: 'lapse', expected: toIso(then + 2 * HOUR), found: toIso(ACKNOWLEDGED + 2 * HOUR) },
    ]);
  });
});

describe('an alert of an ACCT that somebody closed by hand', () => {
  const CLOSED = CRITICAL + 10 * MINUTE;

  beforeEach(resolve);

  it('comes back as the same alert after 24 hours, if it is still true', async () => {
    await service.wait(CLOSED + DAY);
    expect(await cameBack()).toEqual([]);
    await service.wait(CLOSED + DAY + MINUTE);
    expect(await cameBack()).toEqual([reopened(CLOSED + DAY)]);
    expect((await service.alerts()).filter(({ rule }) => rule === 'ACCT-01')).toMatchObject([
      { state: 'OPEN', severity: 'CRITICAL', raisedAt: toIso(RAISED), closedAt: undefined },
    ]);
    expect(await differences()).toEqual([]);
  });

  it('comes back at its instant after an outage, although it has ended since', async () => {
    await service.watch.stop();
    const answered = CLOSED + DAY + HOUR;
    service.clock.moveTo(answered);
    await service.log.recordAll([event('AcctImmediateActionPlanCompleted', answered)], {
      knownAt: () => answered,
      sender: SENDER,
    });
    service.clock.moveTo(CLOSED + 3 * DAY);
    await service.restart({ killed: true });
    await service.wait(CLOSED + 3 * DAY);
    expect(await cameBack()).toEqual([reopened(CLOSED + DAY)]);
    expect(await alert()).toMatchObject({ state: 'RESOLVED', outcome: 'met', closedAt: toIso(answered) });
    expect(await differences()).toEqual([]);
  });

  it('stays closed where it is no longer true', async () => {
    const answered = CLOSED + HOUR;
    await service.know(answered, event('AcctImmediateActionPlanCompleted', answered));
    await service.wait(CLOSED + 2 * DAY);
    expect(await cameBack()).toEqual([]);
    expect(await alert()).toMatchObject({ state: 'RESOLVED', outcome: 'manual', stillTrue: undefined });
    expect(await differences()).toEqual([]);
  });

  it('is looked at by verify while it is closed', async () => {
    expect(await differences()).toEqual([]);
    const upTo = { ...(await service.checkpoint()), until: CLOSED + 2 * DAY };
    const { findings } = await verify({
      store: service.store,
      prefix: PREFIX,
      rulebook: { catalogue: RULES, settings: [] },
      days,
      upTo,
    });
    expect(findings.filter(({ rule }) => rule === 'ACCT-01')).toMatchObject([
      { kind: 'missing', about: 'reopening', expected: toIso(CLOSED + DAY) },
    ]);
    await service.safetyAlerts.setLevel({
      type: 'SetLevel',
      level: 'none',
      outcome: 'met',
      ...{ rule: 'ACCT-01', ruleVersion: 2, prisonNumber: 'A0001AA', prisonId: 'XYI', decidedOn: '1' },
      ...{ at: toIso(CLOSED), reason: '', why: {}, evidence: [] },
    });
    await service.wait(CLOSED + MINUTE);
    expect(await differences()).toMatchObject([{ kind: 'missing', about: 'alert', rule: 'ACCT-01' }]);
  });
});
