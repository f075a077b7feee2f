import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import type { Subscription } from '../../src/store/event-store.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { eventsOf, expectedOf } from '../acceptance/cases.js';
import { eachCase } from '../acceptance/each-case.js';
import { knownAt, live, some } from './lives.js';
import { days, RULEBOOK, PREFIX, RULES, Service } from './service.js';
import { SENDER } from '../sender.js';

const DAY = 86_400_000;

const A_FEW = (name: string): boolean => /^mr-|-11$|merged/.test(name);

describe('the watch, living a history', () => {
  eachCase('%s: makes exactly the alerts that were expected', async (name) => {
    expect(await live(eventsOf(name))).toEqual([...expectedOf(name)].sort());
  });

  eachCase(
    '%s: makes the same alerts when every event is delivered twice',
    async (name) => {
      const { events, expected } = some(name, 2);
      const twice = await live(events, async ({ log, clock }) => {
        const known = events.filter((event) => knownAt(event) <= clock.now());
        await log.recordAll(known, { knownAt: () => clock.now(), sender: SENDER });
      });
      expect(twice).toEqual(expected);
    },
    A_FEW,
  );

  eachCase(
    '%s: makes the same alerts when it is restarted after every event',
    async (name) => {
      const { events, expected } = some(name, 2);
      expect(await live(events, (service) => service.restart())).toEqual(expected);
    },
    A_FEW,
  );

  eachCase(
    '%s: makes the same alerts when it is killed after every event, and when time passes in between',
    async (name) => {
      const { events, expected } = some(name, 2);
      const lived = await live(events, async (service) => {
        await service.wait(service.clock.now() + 1_000);
        await service.restart({ killed: true });
      });
      expect(lived).toEqual(expected);
    },
    A_FEW,
  );
});

const at = (instant: string): number => Date.parse(instant);

const arrival: CustodyEvent = {
  id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a01',
  type: 'PrisonerReceived',
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: '2026-01-05T15:20:00Z',
  occurredAtMs: at('2026-01-05T15:20:00Z'),
  recordedAt: '2026-01-05T15:20:00Z',
  recordedAtMs: at('2026-01-05T15:20:00Z'),
  data: { reason: 'NEW_ADMISSION' },
};

const happening = (type: CustodyEvent['type'], occurredAtMs: number, data: object): CustodyEvent => {
  const occurredAt = new Date(occurredAtMs).toISOString();
  const times = { occurredAt, occurredAtMs, recordedAt: occurredAt, recordedAtMs: occurredAtMs };
  return { ...arrival, ...times, id: randomUUID(), type, data: { ...data } };
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a watch that was down while something fell due', () => {
  it('raises it once it is back, with its true instant', async () => {
    const service = await new Service().start();
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(arrival.occurredAtMs + 1_000);
    await service.watch.stop();
    service.clock.moveTo(arrival.occurredAtMs + 8 * DAY);
    await service.restart({ killed: true });
    await service.wait(service.clock.now());
    expect(await service.transitions()).toEqual([
      '2026-01-08T00:00:00.000Z A0001AA KW-03 raised LOW',
      '2026-01-11T00:00:00.000Z A0001AA KW-02 raised MEDIUM',
      '2026-01-13T00:00:00.000Z A0001AA KW-03 escalated MEDIUM',
    ]);
  });
});

describe('a watch whose rules have changed', () => {
  const withoutKw03 = new Rulebook(
    RULES.filter(({ id }) => id !== 'KW-03'),
    days,
  );

  it('raises what they ask for now, at the instant of the change, closes what they no longer ask for, and says so', async () => {
    const service = await new Service(undefined, undefined, withoutKw03).start();
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(arrival.occurredAtMs + 4 * DAY);
    expect(await service.alerts()).toEqual([]);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    await service.restart({ rulebook: RULEBOOK });
    await service.wait(service.clock.now() + 1_000);
    expect(warned.mock.calls.map(String)).toEqual([
      expect.stringContaining(': 1 safety alerts raised or changed, 0 closed'),
    ]);
    expect(await service.transitions()).toEqual(['2026-01-09T15:19:56.000Z A0001AA KW-03 raised LOW']);
    expect(await service.alerts()).toMatchObject([{ trueSince: '2026-01-08T00:00:00.000Z' }]);
    await service.restart({ rulebook: withoutKw03 });
    await service.wait(service.clock.now() + 1_000);
    const alerts = await service.alerts();
    expect(alerts.map(({ rule, state, outcome }) => [rule, state, outcome])).toEqual([
      ['KW-03', 'RESOLVED', 'rule-changed'],
    ]);
    expect(warned).toHaveBeenLastCalledWith(expect.stringContaining(': 0 safety alerts raised or changed, 1 closed'));
    warned.mockClear();
    await service.restart();
    await service.wait(service.clock.now() + 1_000);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});

/** The same person, a little later. */
const later = (number: number, occurredAtMs: number, event: Partial<CustodyEvent>): CustodyEvent => {
  const occurredAt = new Date(occurredAtMs).toISOString();
  const id = `0d9b4f0c-59f1-4c76-8e52-2f6f5d7f1${String(number).padStart(3, '0')}`;
  return { ...arrival, occurredAt, occurredAtMs, recordedAt: occurredAt, recordedAtMs: occurredAtMs, id, ...event };
};

describe('a person whose prison changes while an alert is open and stays true', () => {
  const fourDays = arrival.occurredAtMs + 4 * DAY + 10_000;
  const places = async (event: Partial<CustodyEvent>): Promise<unknown[]> => {
    const service = await new Service().start();
    await service.know(arrival.occurredAtMs, arrival);
    const told = arrival.occurredAtMs + DAY;
    await service.know(told, later(2, told, { type: 'BereavementNotified', data: {} }));
    await service.wait(arrival.occurredAtMs + 4 * DAY);
    await service.know(fourDays, later(1, fourDays, { prisonId: 'QRI', ...event }));
    await service.wait(fourDays + 2_000);
    return (await service.alerts())
      .filter(({ rule }) => rule === 'FAM-02')
      .map(({ rule, state, prisonId }) => [rule, state, prisonId]);
  };

  it('takes the alert along', async () => {
    expect(await places({ data: { reason: 'RETURN_FROM_COURT' } })).toEqual([['FAM-02', 'OPEN', 'QRI']]);
  });

  it('is not taken along by what another prison merely says', async () => {
    const said = { type: 'CellMoved', data: { location: 'A', segregationUnit: false } } as const;
    expect(await places(said)).toEqual([['FAM-02', 'OPEN', 'XYI']]);
  });
});

describe('a further ask after somebody has closed the alert by hand', () => {
  it('raises it anew, once', async () => {
    const service = await new Service().start();
    const harm = (number: number, at: number) => later(number, at, { type: 'SelfHarmReported', data: {} });
    await service.know(arrival.occurredAtMs, arrival);
    const [first, second] = [arrival.occurredAtMs + DAY / 2, arrival.occurredAtMs + DAY];
    await service.know(first, harm(2, first));
    await service.wait(first + 2 * 3_600_000);
    const vul01 = async () => (await service.alerts()).filter(({ rule }) => rule === 'VUL-01');
    await service.closeByHand((await vul01())[0]?.id ?? '');
    await service.know(second, harm(3, second));
    await service.wait(second + 2_000);
    await service.restart({ killed: true });
    await service.wait(second + 3_000);
    expect((await vul01()).map(({ state, outcome }) => [state, outcome])).toEqual([
      ['RESOLVED', 'manual'],
      ['OPEN', undefined],
    ]);
  });
});

describe('what became known at one instant', () => {
  it('is left to settle for a second, for the rest of it to reach the log, and is then decided on', async () => {
    const service = await new Service().start();
    const fourDays = arrival.occurredAtMs + 4 * DAY;
    const states = async () => (await service.alerts()).map(({ rule, state }) => [rule, state]);
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(fourDays);
    await service.know(fourDays, later(4, fourDays, { type: 'KeyWorkerAllocated', data: { staffId: '1' } }));
    await service.wait(fourDays + 999);
    expect(await states()).toEqual([['KW-03', 'OPEN']]);
    await service.wait(fourDays + 1_000);
    expect(await states()).toEqual([['KW-03', 'RESOLVED']]);
  });
});

describe('a watch whose clock was set back', () => {
  it('goes on deciding on what it is told', async () => {
    const service = await new Service().start();
    const noon = arrival.occurredAtMs + DAY;
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(noon + DAY);
    const opened = later(4, noon, { type: 'SelfHarmReported', data: {} });
    await service.know(noon, opened);
    await service.wait(noon + 60_000);
    expect((await service.alerts()).map(({ rule }) => rule)).toContain('VUL-01');
  });
});

describe('a reader that waits for what somebody did with an alert', () => {
  it('is let go on with the next tick, although that was no custody event', async () => {
    const service = await new Service().start();
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(arrival.occurredAtMs + 4 * DAY);
    const [alert] = await service.alerts();
    await service.closeByHand(alert?.id ?? '');
    await service.untilRead();
    await service.wait(service.clock.now() + 1_000);
    const end = await service.store.end();
    await expect(service.watch.decided.reached(end, AbortSignal.abort())).resolves.toBeUndefined();
  });
});

describe('an event that this version cannot read', () => {
  it('is parked, and keeps the alerts of its person open', async () => {
    const service = await new Service().start();
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(arrival.occurredAtMs + 4 * DAY);
    await service.store.append('test_person-A0001AA', 0, [
      { id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a03', type: 'NotOfThisVersion', data: {}, metadata: {} },
    ]);
    const id = '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a04';
    const occurredAtMs = service.clock.now();
    const occurredAt = new Date(occurredAtMs).toISOString();
    const when = { occurredAt, occurredAtMs, recordedAt: occurredAt, recordedAtMs: occurredAtMs };
    await service.know(occurredAtMs, { ...arrival, ...when, id, type: 'KeyWorkerAllocated', data: { staffId: '1' } });
    await service.wait(occurredAtMs + 2_000);
    expect(service.watch.parked.count).toBe(1);
    await service.restart();
    await service.wait(occurredAtMs + 4_000);
    expect((await service.alerts()).map(({ rule, state }) => [rule, state])).toEqual([['KW-03', 'OPEN']]);
  });
});

describe('an event of an alert that this version does not know', () => {
  const harm = (prisonNumber: string, number: number, instant: number) =>
    later(number, instant, { prisonNumber, type: 'SelfHarmReported', data: {} });

  it.each([
    ['of an unknown type', { type: 'NotOfThisVersion' }],
    ['of a later schema', { type: 'SafetyAlertNoted', data: { episode: 1 }, metadata: { schema: 100 } }],
    ['without what its type has', { type: 'SafetyAlertRaised', data: { episode: 2 } }],
  ])('is parked: nothing closes for its person, and everybody else is watched as before: %s', async (_, event) => {
    const service = await new Service().start();
    const other = { ...later(5, arrival.occurredAtMs, arrival), prisonNumber: 'A0002AA', id: later(5, 0, {}).id };
    await service.know(arrival.occurredAtMs, arrival, other);
    const fourDays = arrival.occurredAtMs + 4 * DAY;
    await service.wait(fourDays);
    const [kw03] = (await service.alerts()).filter(({ prisonNumber }) => prisonNumber === 'A0001AA');
    const stream = PREFIX + alertStreamOf(kw03?.rule ?? '', 'A0001AA');
    const unknown = { id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a05', data: {}, metadata: {}, ...event };
    await service.store.append(stream, 0, [unknown]);
    const allocated = (prisonNumber: string, number: number) =>
      later(number, fourDays, { prisonNumber, type: 'KeyWorkerAllocated', data: { staffId: '1' } });
    await service.know(fourDays, allocated('A0001AA', 6), allocated('A0002AA', 7));
    const anHour = fourDays + 3_600_000;
    await service.know(anHour, harm('A0001AA', 8, anHour), harm('A0002AA', 9, anHour));
    await service.wait(anHour + 3_600_000);
    const goneAt = anHour + 2 * 3_600_000;
    await service.know(goneAt, later(10, goneAt, { type: 'PrisonerReleased', data: { reason: 'RELEASED' } }));
    await service.wait(goneAt + DAY);
    expect(service.watch.failure).toBeUndefined();
    expect(service.watch.parked.count).toBe(1);
    expect(await toldOf(service, 'A0001AA', 'KW-03')).toEqual(['SafetyAlertRaised', event.type]);
    expect(await toldOf(service, 'A0001AA', 'VUL-01')).toEqual(['SafetyAlertRaised']);
    expect(await toldOf(service, 'A0002AA', 'KW-03')).toEqual(['SafetyAlertRaised', 'SafetyAlertResolved']);
    expect(await toldOf(service, 'A0002AA', 'VUL-01')).toContain('SafetyAlertRaised');
  });
});

/** What has become of an alert, as its stream tells it. */
const toldOf = async ({ store }: Service, prisonNumber: string, rule: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of store.readStream(PREFIX + alertStreamOf(rule, prisonNumber))) types.push(type);
  return types;
};

describe('a watch that is started while the log is away', () => {
  it('looks for it with each tick, and then decides as if nothing had been', async () => {
    class Away extends InMemoryEventStore {
      away = true;
      override end(): Promise<string> {
        return this.away ? Promise.reject(new StoreUnavailable('The log is away.')) : super.end();
      }
    }
    const store = new Away();
    const service = new Service(store);
    await service.watch.start();
    await service.watch.tick(arrival.occurredAtMs);
    expect(service.watch.failure).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    store.away = false;
    await service.watch.tick(arrival.occurredAtMs);
    await service.know(arrival.occurredAtMs, arrival);
    await service.wait(arrival.occurredAtMs + 4 * DAY);
    expect((await service.alerts()).map(({ rule }) => rule)).toEqual(['KW-03']);
  });
});

describe('a watch whose log is far away', () => {
  /** Each message, and the answer to where the log ends, takes some turns of the process. */
  class Far extends InMemoryEventStore {
    turns = 0;
    override subscribeToAll(...[options, handle]: Parameters<InMemoryEventStore['subscribeToAll']>): Subscription {
      return super.subscribeToAll(options, async (message) => {
        await turns(5);
        await handle(message);
      });
    }
    override async end(): Promise<string> {
      const end = await super.end();
      await turns(this.turns);
      return end;
    }
  }

  it.each([0, 2, 4, 6, 8, 10, 12, 14])(
    'decides together on what came in one piece while it asked where the log ends (%i turns)',
    async (away) => {
      const store = new Far();
      const service = await new Service(store).start();
      const noon = at('2026-01-05T12:00:00Z');
      await service.know(noon, arrival, happening('RiskMarkerAdded', noon, { code: 'HC' }));
      const one = at('2026-01-05T13:00:00Z');
      await service.wait(one - 1_000);
      store.turns = away;
      const ticking = service.wait(one);
      const inOnePiece = [
        happening('SegregationStarted', one - 3_000, { authority: 'RULE_45_GOOD_ORDER' }),
        happening('AcctSegregationDecisionRecorded', one - 2_000, { decidedBy: 'governor', justification: 'safest' }),
        happening('AcctCaseReviewHeld', one - 1_000, { keyWorkerInvited: true, keyWorkerAttended: true }),
      ];
      await service.log.recordAll(inOnePiece, { knownAt: () => one + 10, sender: SENDER });
      await ticking;
      store.turns = 0;
      await service.untilRead();
      await service.wait(one + 60_000);
      expect((await service.transitions()).filter((line) => line.includes('SEG-02'))).toEqual([]);
    },
  );
});

describe('a watch that is told late of what another instance wrote', () => {
  /** Subscribers believe that they have caught up, while the rest is on its way. */
  class Slow extends InMemoryEventStore {
    delivery: Promise<void> = Promise.resolve();
    override subscribeToAll(...[options, handle]: Parameters<InMemoryEventStore['subscribeToAll']>): Subscription {
      return super.subscribeToAll(options, async (message) => {
        await this.delivery;
        await handle(message);
      });
    }
  }

  it('reads it before it decides that something was missed', async () => {
    const store = new Slow();
    const service = await new Service(store).start();
    await service.know(arrival.occurredAtMs, arrival);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    store.delivery = promise;
    const inTime = at('2026-01-07T12:00:00Z');
    await service.log.recordAll([happening('KeyWorkerAllocated', inTime, { staffId: '1001' })], {
      knownAt: () => inTime,
      sender: SENDER,
    });
    const decided = service.wait(arrival.occurredAtMs + 4 * DAY);
    await turns(1);
    resolve(undefined);
    await decided;
    expect((await service.alerts()).filter(({ rule }) => rule === 'KW-03')).toEqual([]);
  });
});
