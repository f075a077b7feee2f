import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StoreUnavailable } from '../../src/store/errors.js';
import { ClockTrust } from '../../src/oversight/clock-trust.js';
import { NOW, ServiceApp } from './service-app.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TWO_YEARS = 2 * 365 * 24 * HOUR;

let service: ServiceApp;
beforeEach(async () => (service = await ServiceApp.start()));
afterEach(() => service.stop());

const event = (type: string, data: object = {}) => ({
  id: crypto.randomUUID(),
  type,
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: new Date(service.estate.clock.now()).toISOString(),
  data,
});

const alerts = async () =>
  (
    (await service.http.get('/safety-alerts?size=100').expect(200)).body as {
      content: { raisedAt: string; rule: string }[];
    }
  ).content;

/** Somebody who came in just now and has harmed themselves: within an hour an ACCT has to be opened. */
const selfHarm = async () => {
  await service.send(event('PrisonerReceived', { reason: 'NEW_ADMISSION' })).expect(201);
  await service.send(event('SelfHarmReported')).expect(201);
  await service.settle();
};

describe('a clock that goes ahead of the time that passes', () => {
  it('stops intake: what is sent is refused with a code and is to be sent again; what is there already is a duplicate', async () => {
    const before = event('PrisonerReceived', { reason: 'NEW_ADMISSION' });
    await service.send(before).expect(201);
    service.machine.ahead = TWO_YEARS;
    const refused = await service.send(event('SelfHarmReported')).expect(503);
    expect(refused.body).toMatchObject({ errorCode: 'CLOCK_NOT_TRUSTED' });
    expect(refused.headers['retry-after']).toBe('5');
    await service.send(before).expect(201);
    await service.http.post('/tellings').send({ id: crypto.randomUUID(), kind: 'import' }).expect(503);
    expect((await service.log()).map(({ type }) => type)).toEqual(['PrisonerReceived']);
  });

  it('is told to operators: health is DOWN, a line of the log, a metric; and that it is over', async () => {
    await service.tick();
    const trust = service.get(ClockTrust);
    service.machine.ahead = HOUR;
    trust.tick(service.estate.clock.now());
    expect((await service.http.get('/health').expect(503)).body).toMatchObject({
      components: { clock: { status: 'DOWN', details: { reason: 'CLOCK_NOT_TRUSTED', ahead: 3600 } } },
    });
    expect((await service.http.get('/metrics')).text).toContain('custody_watch_clock_ahead_seconds 3600');
    expect(service.logged.join()).toMatch(/went ahead by 3600 s .*clock accept/);
    service.machine.ahead = 0;
    trust.tick(service.estate.clock.now());
    await service.http.get('/health').expect(200);
    expect((await service.http.get('/metrics')).text).toContain('custody_watch_clock_ahead_seconds 0');
    expect(service.logged.join()).toContain('The time is believed again.');
  });

  it('raises nothing that is not so; what falls due goes on being decided, with its own instant', async () => {
    await selfHarm();
    service.machine.ahead = TWO_YEARS;
    const before = await alerts();
    for (let time = 0; time < 30; time += 1) await service.tick();
    expect(await alerts()).toEqual(before);
    service.clock.pass(HOUR);
    for (let time = 0; time < 2; time += 1) await service.tick();
    const raised = (await alerts()).filter(({ rule }) => !before.some((alert) => alert.rule === rule));
    expect(raised.length).toBeGreaterThan(0);
    for (const { raisedAt } of raised) expect(Date.parse(raisedAt)).toBeLessThan(NOW + 2 * HOUR);
  });

  it('takes events in again once somebody says that it is right, and the log keeps who did', async () => {
    service.machine.ahead = TWO_YEARS;
    await service.send(event('PrisonerReceived', { reason: 'NEW_ADMISSION' })).expect(503);
    expect((await service.http.post('/clock/accept').expect(200)).body).toEqual({
      now: new Date(NOW + TWO_YEARS).toISOString(),
      accepted: true,
    });
    await service.send(event('PrisonerReceived', { reason: 'NEW_ADMISSION' })).expect(201);
    expect(await service.log()).toMatchObject([
      { type: 'ClockAccepted', data: { ahead: TWO_YEARS, by: 'local' }, stream: 'test_clock' },
      { type: 'PrisonerReceived' },
    ]);
    expect((await service.http.post('/clock/accept').expect(200)).body).toMatchObject({ accepted: false });
  });

  it('is not accepted while the log cannot keep that: it stays in doubt', async () => {
    service.machine.ahead = TWO_YEARS;
    jest.spyOn(service.estate.store, 'append').mockRejectedValueOnce(new StoreUnavailable('The disk is full.'));
    await service.http.post('/clock/accept').expect(503);
    expect(service.estate.clock.doubt).toBeDefined();
  });
});

describe('a clock that is set back', () => {
  it('makes health DOWN as long as log time is ahead of it, and does no harm', async () => {
    await selfHarm();
    const before = await alerts();
    service.machine.ahead = -HOUR;
    await service.tick();
    expect((await service.http.get('/health').expect(503)).body).toMatchObject({
      components: { clock: { details: { reason: 'LOG_TIME_AHEAD' } } },
    });
    await service.send(event('ChaplaincyContactHeld')).expect(201);
    await service.tick();
    expect(await alerts()).toEqual(before);
    service.machine.ahead = 0;
    await service.tick();
    await service.http.get('/health').expect(200);
  });
});
