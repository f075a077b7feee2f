import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/custody/catalogue/catalogue.js';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import type { Pattern, Where } from '../../src/kernel/condition.js';
import { personSubject } from '../../src/personal-data/key-ring.js';
import { verify } from '../../src/watch/verify.js';
import { readOrFail } from '../any-custody-event.js';
import { days, GRACE, RULES, Service } from '../watch/service.js';

const WHO = 'A0001AA';
const PREFIX = 'test_';

const event = (number: number, type: string, occurredAt: string, data: object = {}): CustodyEvent =>
  readOrFail({
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    type,
    prisonNumber: WHO,
    prisonId: 'XYI',
    occurredAt,
    data,
  });

/** Segregated while on ACCT, with the decision recorded; a late session makes the watch look at the whole history again. */
const before = [
  event(1, 'PrisonerReceived', '2026-01-05T15:20:00Z', { reason: 'NEW_ADMISSION', dateOfBirth: '1990-01-01' }),
  event(2, 'AcctOpened', '2026-01-08T10:00:00Z', { concern: 'low in mood' }),
  event(3, 'SegregationStarted', '2026-01-10T14:00:00Z', {
    authority: 'RULE_45_GOOD_ORDER',
    exceptionalCircumstances: 'no safer place was found',
  }),
];
const after = [
  event(4, 'KeyWorkerSessionHeld', '2026-01-09T10:00:00Z', { staffId: '1001', topics: ['his brother'] }),
  event(5, 'AcctCaseReviewHeld', '2026-01-12T10:00:00Z', { keyWorkerInvited: true, keyWorkerAttended: true }),
];
const at = (day: number): number => Date.UTC(2026, 0, day);

const verified = async ({ store, watch }: Service) => {
  const upTo = { position: await store.end(), until: watch.lastTick ?? 0 };
  return verify({
    store,
    prefix: PREFIX,
    rulebook: { catalogue: RULES, settings: [] },
    days,
    upTo: { ...upTo, until: upTo.until - GRACE },
  });
};

const live = async (between: (service: Service) => Promise<void>) => {
  const service = await new Service().start();
  for (const one of before) await service.know(one.occurredAtMs, one);
  await service.wait(at(11));
  await between(service);
  await service.know(at(13), ...after);
  await service.wait(at(20));
  return service;
};

const erase = async ({ keys }: Service): Promise<void> => {
  await keys.erase(personSubject(WHO), { reason: 'COURT_ORDER', by: 'local', at: '2026-01-11T00:00:00.000Z' });
};

describe('after an erasure', () => {
  it('the rules say the same, also when the whole history is looked at again', async () => {
    const untouched = await live(() => Promise.resolve());
    const told = await untouched.transitions();
    expect(told.length).toBeGreaterThan(3);
    expect(await (await live(erase)).transitions()).toEqual(told);
    expect(await (await live((service) => erase(service).then(() => service.restart()))).transitions()).toEqual(told);
  });

  it('verify finds nothing, as before', async () => {
    const service = await live(() => Promise.resolve());
    const whole = await verified(service);
    expect(whole).toEqual({ checked: 1, findings: [], parked: 0 });
    await erase(service);
    expect(await verified(service)).toEqual(whole);
  });

  it('the decision still reads as recorded: without it the alert would be a worse one', async () => {
    const [, , segregated] = before;
    const undecided = event(3, 'SegregationStarted', '2026-01-10T14:00:00Z', { authority: 'RULE_45_GOOD_ORDER' });
    const severityWith = async (start: CustodyEvent | undefined) => {
      const service = await new Service().start();
      for (const one of before.slice(0, 2)) await service.know(one.occurredAtMs, one);
      if (start) await service.know(start.occurredAtMs, start);
      await erase(service);
      await service.restart({ killed: true });
      await service.wait(at(11));
      return (await service.transitions())
        .filter((line) => line.includes('SEG-02'))
        .map((line) => line.split(' ').at(-1));
    };
    expect(await severityWith(segregated)).toEqual(['HIGH']);
    expect(await severityWith(undecided)).toEqual(['CRITICAL']);
  });
});

it('no rule asks more of a personal member than whether it was recorded', () => {
  const personal = new Map(
    [...CATALOGUE].map(([type, { data }]) => [
      type,
      data.members.filter((one) => one.personal).map(({ name }) => name),
    ]),
  );
  const asked: string[] = [];
  const look = (thing: unknown): void => {
    if (typeof thing !== 'object' || thing === null) return;
    const { type, where = [] } = thing as Partial<Pattern>;
    if (Array.isArray(where))
      for (const clause of where as Where[])
        if (personal.get(type ?? '')?.includes(clause.field)) asked.push(Object.keys(clause).join(' '));
    Object.values(thing).forEach(look);
  };
  look(RULES);
  expect(new Set(asked)).toEqual(new Set(['field recorded']));
});
