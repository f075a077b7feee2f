import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { DAY, HOUR, toIso } from '../../src/prison/instant.js';
import { runs } from '../properties/arbitraries.js';
import { mergedInPrison, peopleInPrison, SPOKEN_TYPES } from '../properties/arbitrary-custody-events.js';
import { toldByFeeds } from '../properties/arbitrary-feeds.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { SENDER } from '../sender.js';
import { asReported } from '../soak/as-custody-event.js';
import { AFTERWARDS_IT, isToldAsVerified, livesAsVerified } from '../soak/in-service.js';
import { tellHistory } from './lives.js';
import { Service } from './service.js';

const MONDAY = Date.parse('2026-01-05T10:00:00Z');
const NOTES = { delivers: ['KeyWorkerSessionHeld'], allowedSilence: 6 * HOUR, expectedOf: new Set(['XYI']) };

const NOTHING_SPECIAL = [undefined, undefined, undefined, undefined, undefined, undefined, undefined] as const;

let count = 0;
const ofNobody = (type: CustodyEvent['type'], at: number, data: object = {}, recordedAt = at): CustodyEvent => ({
  id: `${type} ${count++}`,
  type,
  prisonId: 'XYI',
  occurredAt: toIso(at),
  occurredAtMs: at,
  recordedAt: toIso(recordedAt),
  recordedAtMs: recordedAt,
  data: { ...data },
});
const happens = (...what: Parameters<typeof ofNobody>): CustodyEvent => ({
  ...ofNobody(...what),
  prisonNumber: 'A0001AA',
});
const session = (at: number, recordedAt = at) => happens('KeyWorkerSessionHeld', at, { staffId: '1001' }, recordedAt);
const complete = (until: number) => asReported({ prisonId: 'XYI', feed: 'case-notes', until, knownAt: until });

/** Somebody with a key worker, seen on the first day, of whom the feed told everything until a day at noon. */
const seenOnce = async (daysLater: number): Promise<Service> => {
  const register = new Map([['case-notes', NOTES]]);
  const service = new Service(...NOTHING_SPECIAL, register);
  await service.start();
  await service.know(MONDAY, happens('PrisonerReceived', MONDAY, { reason: 'NEW_ADMISSION' }));
  await service.know(MONDAY + HOUR, happens('KeyWorkerAllocated', MONDAY, { staffId: '1001' }), session(MONDAY + HOUR));
  const until = MONDAY + 2 * HOUR + daysLater * DAY;
  await service.know(until, complete(until));
  return service;
};

const told = async (service: Service): Promise<readonly string[]> => {
  expect((await service.verified()).findings).toEqual([]);
  return (await service.alerts()).map(({ rule, severity, state, outcome }) =>
    [rule, severity, outcome ?? state].join(' '),
  );
};

describe('while the feed of case notes is silent', () => {
  it('nobody is said to be unseen; once it is heard, those are who were not seen, and they alone', async () => {
    const service = await seenOnce(6);
    await service.wait(MONDAY + 10 * DAY);
    expect(await told(service)).toEqual([]);
    await service.know(MONDAY + 10 * DAY, complete(MONDAY + 10 * DAY));
    await service.wait(MONDAY + 10 * DAY + HOUR);
    expect(await told(service)).toEqual(['KW-01 LOW OPEN']);
    const [alert] = await service.alerts();
    expect(alert?.raisedAt).toBe(toIso(MONDAY + 10 * DAY));
  });

  it('what comes late is one telling: a session that was held in time raises nothing', async () => {
    const service = await seenOnce(6);
    await service.know(MONDAY + 9 * DAY, session(MONDAY + 6 * DAY, MONDAY + 9 * DAY));
    await service.know(MONDAY + 10 * DAY, complete(MONDAY + 10 * DAY));
    await service.wait(MONDAY + 10 * DAY + HOUR);
    expect(await told(service)).toEqual([]);
  });

  it('what is open stays open, and closes with what came in the meantime once all of it has come', async () => {
    const service = await seenOnce(8);
    await service.wait(MONDAY + 8 * DAY + 3 * HOUR);
    expect(await told(service)).toEqual(['KW-01 LOW OPEN']);
    await service.know(MONDAY + 9 * DAY, session(MONDAY + 9 * DAY));
    await service.wait(MONDAY + 30 * DAY);
    expect(await told(service)).toEqual(['KW-01 LOW OPEN']);
    expect((await service.watch.reasonsOf('A0001AA', MONDAY + 30 * DAY)).get('KW-01')).toBe(
      'Nobody can say whether this is still so: nothing has come of case-notes since 13 January 2026 at 12:00. It stays open until it is known.',
    );
    await service.know(MONDAY + 30 * DAY, complete(MONDAY + 12 * DAY));
    await service.wait(MONDAY + 30 * DAY + HOUR);
    expect(await told(service)).toEqual(['KW-01 LOW OPEN']);
    await service.know(MONDAY + 31 * DAY, session(MONDAY + 28 * DAY, MONDAY + 31 * DAY), complete(MONDAY + 31 * DAY));
    await service.wait(MONDAY + 31 * DAY + HOUR);
    expect(await told(service)).toEqual(['KW-01 LOW met']);
  });
});

/** A Monday on which the rules about prisons and key workers are in force. */
const FIRST = Date.parse('2027-01-04T10:00:00Z');

/** What became of the alerts of one rule. */
const ofRule = async (service: Service, rule: string): Promise<readonly string[]> =>
  (await service.transitions()).filter((line) => line.includes(` ${rule} `));

describe('a prison whose feed of case notes is silent when a fourth week without sessions ends', () => {
  const silent = async (): Promise<Service> => {
    const service = await new Service(...NOTHING_SPECIAL, new Map([['case-notes', NOTES]])).start();
    await service.know(FIRST, happens('PrisonerReceived', FIRST, { reason: 'NEW_ADMISSION' }));
    await service.know(FIRST + 22 * DAY, complete(FIRST + 22 * DAY));
    await service.wait(FIRST + 28 * DAY - HOUR);
    expect(await ofRule(service, 'PRI-01')).toEqual([]);
    expect(service.watch.silentFeeds[0]?.rules).toEqual(expect.arrayContaining(['PRI-01', 'PRI-02', 'KW-13']));
    return service;
  };

  it('is not accused where a session was held, once that is told', async () => {
    const service = await silent();
    const heard = FIRST + 28 * DAY;
    await service.know(heard, session(FIRST + 23 * DAY, heard), complete(heard));
    await service.wait(heard + HOUR);
    expect(await ofRule(service, 'PRI-01')).toEqual([]);
    expect((await service.verified()).findings).toEqual([]);
  });

  it('is once it is heard, where none was; and stays so while it is silent again', async () => {
    const service = await silent();
    const heard = FIRST + 28 * DAY;
    await service.know(heard, complete(heard));
    await service.know(heard + DAY, session(heard + DAY));
    await service.wait(heard + 10 * DAY);
    expect(await ofRule(service, 'PRI-01')).toEqual([`${toIso(heard)} prison:XYI@XYI PRI-01 raised MEDIUM`]);
    expect((await service.watch.reasonsOf('prison:XYI@XYI', heard + 10 * DAY)).get('PRI-01')).toMatch(
      'Nobody can say whether this is still so: nothing has come of case-notes since 1 February 2027 at 10:00.',
    );
    expect((await service.verified()).findings).toEqual([]);
    await service.know(heard + 11 * DAY, complete(heard + 11 * DAY));
    await service.wait(heard + 11 * DAY + HOUR);
    expect((await ofRule(service, 'PRI-01'))[1]).toBe(
      `${toIso(heard + 11 * DAY)} prison:XYI@XYI PRI-01 resolved MEDIUM`,
    );
    expect((await service.verified()).findings).toEqual([]);
  });
});

it('a key worker who is back, as a feed tells that was silent for days, was not away too long', async () => {
  const staff = { ...NOTES, delivers: ['KeyWorkerAvailabilityChanged'] };
  const snapshots = new InMemorySnapshotStore();
  const feeds = new Map([['case-notes', staff]]);
  const service = new Service(undefined, undefined, undefined, snapshots, undefined, undefined, undefined, feeds);
  await service.start();
  const says = (status: string, at: number, recordedAt = at): CustodyEvent =>
    ofNobody('KeyWorkerAvailabilityChanged', at, { staffId: '1001', status }, recordedAt);
  await service.know(FIRST, happens('PrisonerReceived', FIRST, { reason: 'NEW_ADMISSION' }));
  await service.know(FIRST + HOUR, happens('KeyWorkerAllocated', FIRST, { staffId: '1001' }));
  await service.know(FIRST + 2 * HOUR, says('UNAVAILABLE_ANNUAL_LEAVE', FIRST + 2 * HOUR));
  await service.know(FIRST + 3 * DAY, complete(FIRST + 3 * DAY));
  await service.know(FIRST + 9 * DAY, says('ACTIVE', FIRST + 5 * DAY, FIRST + 9 * DAY));
  await service.wait(FIRST + 9 * DAY + HOUR);
  expect(service.watch.heldEvents).toBe(1);
  await service.restart();
  expect(service.watch.heldEvents).toBe(1);
  await service.know(FIRST + 10 * DAY, complete(FIRST + 10 * DAY));
  await service.wait(FIRST + 10 * DAY + HOUR);
  expect(service.watch.heldEvents).toBe(0);
  expect(await ofRule(service, 'KW-05')).toEqual([]);
  expect((await service.verified()).findings).toEqual([]);
});

describe('what staff type by hand while the feed is silent', () => {
  const byHand = { ...SENDER, client: 'case-notes-screen' };
  const moves = {
    delivers: ['PrisonerReceived', 'PrisonerReleased'],
    allowedSilence: 6 * HOUR,
    expectedOf: new Set(['XYI']),
  };
  const arrival = happens('PrisonerReceived', MONDAY + DAY, { reason: 'NEW_ADMISSION' });

  it.each([
    ['counts at once', byHand, true, 0],
    ['and what comes of the feed itself does not', SENDER, false, 1],
  ])('%s', async (_, sender, isHere, held) => {
    const snapshots = new InMemorySnapshotStore();
    const register = new Map([['movements', moves]]);
    const service = new Service(undefined, undefined, undefined, snapshots, undefined, undefined, undefined, register);
    await service.start();
    await service.know(MONDAY, asReported({ prisonId: 'XYI', feed: 'movements', until: MONDAY, knownAt: MONDAY }));
    await service.wait(MONDAY + 8 * HOUR);
    await service.isTold(sender, MONDAY + DAY, arrival);
    await service.wait(MONDAY + DAY + HOUR);
    expect(service.watch.people.person('A0001AA') !== undefined).toBe(isHere);
    expect([service.watch.heldEvents, service.watch.silentFeeds.map((one) => one.held)]).toEqual([held, [held]]);
    await service.restart();
    expect(service.watch.heldEvents).toBe(held);
    const heard = MONDAY + 12 * DAY;
    await service.know(heard, asReported({ prisonId: 'XYI', feed: 'movements', until: heard, knownAt: heard }));
    await service.wait(heard + HOUR);
    expect(service.watch.heldEvents).toBe(0);
    expect(await told(service)).toContain('KW-02 HIGH OPEN');
    const [alert] = (await service.alerts()).filter(({ rule }) => rule === 'KW-02');
    expect(alert?.raisedAt === toIso(heard)).toBe(!isHere);
  });
});

describe('while the feed of movements is silent', () => {
  const movements = {
    delivers: ['PrisonerReceived', 'PrisonerReleased'],
    allowedSilence: DAY,
    expectedOf: new Set(['XYI']),
  };

  it('a self-harm that is told live is answered for', async () => {
    const service = new Service(...NOTHING_SPECIAL, new Map([['movements', movements]]));
    await service.start();
    await service.know(MONDAY, happens('PrisonerReceived', MONDAY, { reason: 'NEW_ADMISSION' }));
    await service.know(
      MONDAY + HOUR,
      asReported({ prisonId: 'XYI', feed: 'movements', until: MONDAY, knownAt: MONDAY + HOUR }),
    );
    await service.know(MONDAY + 3 * DAY, happens('SelfHarmReported', MONDAY + 3 * DAY));
    await service.wait(MONDAY + 3 * DAY + 5 * HOUR);
    expect(service.watch.silentFeeds.map(({ feed }) => feed)).toEqual(['movements']);
    expect(await told(service)).toContain('VUL-01 CRITICAL OPEN');
    await service.know(MONDAY + 3 * DAY + 6 * HOUR, happens('AcctOpened', MONDAY + 3 * DAY + 6 * HOUR));
    await service.wait(MONDAY + 3 * DAY + 7 * HOUR);
    expect(await told(service)).toContain('VUL-01 CRITICAL met');
  });
});

describe('a merge that waits for a silent feed', () => {
  const merges = { delivers: ['PrisonerRecordsMerged'], allowedSilence: 6 * HOUR, expectedOf: new Set(['XYI']) };
  const arrived = happens('PrisonerReceived', MONDAY - 30 * DAY, { reason: 'NEW_ADMISSION' });
  const merged = { ...happens('PrisonerRecordsMerged', MONDAY + DAY, { removedPrisonNumber: 'A0001AA' }) };

  it('makes no history late that is complete before the feed is heard', async () => {
    const service = new Service(...NOTHING_SPECIAL, new Map([['offenders', merges]]));
    await service.start();
    const heard = (at: number) => asReported({ prisonId: 'XYI', feed: 'offenders', until: at, knownAt: at });
    await service.know(MONDAY, heard(MONDAY));
    service.clock.moveTo(MONDAY + DAY);
    const telling = service.telling('history');
    await telling.begin(['A0001AA']);
    await service.know(MONDAY + DAY, { ...merged, prisonNumber: 'A0002AA' });
    expect(service.watch.heldEvents).toBe(1);
    await telling.record([arrived]);
    await telling.complete();
    await service.untilRead();
    await service.wait(MONDAY + 2 * DAY);
    expect(await told(service)).toContain('KW-02 HIGH OPEN');
    await service.know(MONDAY + 3 * DAY, heard(MONDAY + 3 * DAY));
    await service.wait(MONDAY + 4 * DAY);
    expect(await told(service)).toContain('KW-02 HIGH merged');
  });
});

describe('a history that is told while a feed is silent that was heard when it happened', () => {
  it('counts for the prison as it counts for its people', async () => {
    const levels = { delivers: ['ComplexityOfNeedChanged'], allowedSilence: 6 * HOUR, expectedOf: new Set(['XYM']) };
    const service = await new Service(...NOTHING_SPECIAL, new Map([['levels', levels]])).start();
    await service.know(FIRST, asReported({ prisonId: 'XYM', feed: 'levels', until: FIRST, knownAt: FIRST }));
    service.clock.moveTo(FIRST + 30 * DAY);
    const telling = await tellHistory(service, [
      { ...happens('PrisonerReceived', FIRST, { reason: 'NEW_ADMISSION' }), prisonId: 'XYM' },
      { ...happens('ComplexityOfNeedChanged', FIRST + HOUR, { level: 'HIGH' }), prisonId: 'XYM' },
      happens('PrisonerReceived', FIRST + 2 * HOUR, { reason: 'TRANSFERRED' }),
    ]);
    await telling.complete();
    await service.untilRead();
    await service.wait(FIRST + 31 * DAY);
    expect(service.watch.silentFeeds.map(({ feed }) => feed)).toEqual(['levels']);
    expect(await ofRule(service, 'PRI-01')).toEqual([]);
    expect((await service.verified()).findings).toEqual([]);
  });
});

const people = toldByFeeds(fc.oneof(peopleInPrison, mergedInPrison), SPOKEN_TYPES);
const afterwards = fc.array(fc.constantFrom(...AFTERWARDS_IT), { minLength: 1, maxLength: 12 });
const delays = fc.array(fc.constantFrom(0, 0, 0, 2, 26 * 60), { minLength: 1, maxLength: 12 });

describe('a service of whose people feeds tell that fall silent, restarted, killed and taken up from snapshots', () => {
  it('leaves verify nothing to find', async () => {
    await fc.assert(
      fc.asyncProperty(people, afterwards, delays, ({ story, feeds }, after, late) =>
        livesAsVerified(story, after, late, feeds),
      ),
      { numRuns: runs(300, 20) },
    );
  }, 300_000);

  it('leaves verify nothing to find of a history that it is told later', async () => {
    await fc.assert(
      fc.asyncProperty(people, afterwards, ({ story, feeds }, after) => isToldAsVerified(story, after, feeds)),
      { numRuns: runs(300, 20) },
    );
  }, 300_000);
});
