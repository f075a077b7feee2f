import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import type { SetLevel } from '../../src/safety-alerts/alert/safety-alert-commands.js';
import type { Severity } from '../../src/prison/severity.js';
import { verify } from '../../src/watch/verify.js';
import { days, PREFIX, RULES, Service } from './service.js';

const DAY = 86_400_000;
const ARRIVED = Date.parse('2026-01-05T15:20:00Z');

const arrival: CustodyEvent = {
  id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a11',
  type: 'PrisonerReceived',
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: '2026-01-05T15:20:00Z',
  occurredAtMs: ARRIVED,
  recordedAt: '2026-01-05T15:20:00Z',
  recordedAtMs: ARRIVED,
  data: { reason: 'NEW_ADMISSION' },
};

describe('verify, after six days in which nobody was allocated and nobody came', () => {
  let service: Service;
  const now = ARRIVED + 6 * DAY;

  beforeEach(async () => {
    service = await new Service().start();
    await service.know(ARRIVED, arrival);
    await service.wait(now);
  });

  const verified = async () =>
    verify({
      store: service.store,
      prefix: PREFIX,
      rulebook: { catalogue: RULES, settings: [] },
      days,
      upTo: await service.checkpoint(),
    });

  type Level = Pick<SetLevel & { level: 'none' }, 'level' | 'outcome'> | { readonly level: Severity };

  const decided = (rule: string, level: Level, at = now): SetLevel => ({
    type: 'SetLevel',
    rule,
    ruleVersion: 1,
    prisonNumber: 'A0001AA',
    prisonId: 'XYI',
    decidedOn: '1',
    at: new Date(at - 10_000).toISOString(),
    reason: '',
    why: {},
    evidence: [],
    ...level,
  });

  it('finds nothing where the watch has done its work', async () => {
    expect((await service.alerts()).map(({ rule }) => rule)).toEqual(['KW-03', 'KW-02']);
    expect(await verified()).toEqual({ checked: 1, findings: [], parked: 0 });
  });

  describe('of whom, and of whose alert, an event cannot be read', () => {
    const later = { id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a0b', type: 'NotOfThisVersion', data: {}, metadata: {} };
    const other = { ...arrival, id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a0c', prisonNumber: 'A0002AA' };

    it.each([
      ['person', 'person-A0001AA'],
      ['alert', alertStreamOf('KW-03', 'A0001AA')],
    ])('goes on to everybody else, and says so: %s', async (_, stream) => {
      await service.know(now, other);
      await service.wait(now + 2_000);
      await service.store.append(PREFIX + stream, 0, [later]);
      await service.wait(now + 4_000);
      await service.safetyAlerts.setLevel(decided('KW-01', { level: 'LOW' }));
      await service.safetyAlerts.setLevel({ ...decided('KW-01', { level: 'LOW' }), prisonNumber: 'A0002AA' });
      const { checked, findings, parked } = await verified();
      expect({ checked, parked }).toEqual({ checked: 1, parked: 1 });
      expect(findings).toMatchObject([{ kind: 'extra', rule: 'KW-01', prisonNumber: 'A0002AA' }]);
    });
  });

  it('finds an alert that nothing in the log asks for', async () => {
    await service.safetyAlerts.setLevel(decided('KW-01', { level: 'LOW' }));
    expect((await verified()).findings).toMatchObject([{ kind: 'extra', rule: 'KW-01', prisonNumber: 'A0001AA' }]);
  });

  it('finds an alert that was closed although nothing has changed', async () => {
    await service.safetyAlerts.setLevel(decided('KW-03', { level: 'none', outcome: 'met' }));
    expect((await verified()).findings).toMatchObject([
      { kind: 'missing', rule: 'KW-03', expected: '2026-01-08T00:00:00.000Z', found: null },
    ]);
  });

  it('finds an alert that was raised at another instant', async () => {
    await service.safetyAlerts.setLevel(decided('KW-03', { level: 'none', outcome: 'met' }, now - DAY));
    await service.safetyAlerts.setLevel(decided('KW-03', { level: 'MEDIUM' }));
    expect((await verified()).findings).toMatchObject([
      { kind: 'wrongTime', rule: 'KW-03', expected: '2026-01-08T00:00:00.000Z' },
    ]);
  });

  it('finds a step that was not reached', async () => {
    const { id } = (await service.alerts()).find(({ rule }) => rule === 'KW-02') ?? { id: '' };
    await service.closeByHand(id);
    await service.watch.stop();
    const upTo = { ...(await service.checkpoint()), until: ARRIVED + 20 * DAY };
    const { findings } = await verify({
      store: service.store,
      prefix: PREFIX,
      rulebook: { catalogue: RULES, settings: [] },
      days,
      upTo,
    });
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'missing', rule: 'KW-02' }));
  });

  it('leaves to people what they have closed by hand', async () => {
    const { id } = (await service.alerts()).find(({ rule }) => rule === 'KW-03') ?? { id: '' };
    await service.closeByHand(id);
    expect((await verified()).findings).toEqual([]);
  });
});
