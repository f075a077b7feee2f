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
import { Service } from './service.js';

const MONDAY = Date.parse('2026-01-05T10:00:00Z');
const NOTES = { delivers: ['KeyWorkerSessionHeld'], allowedSilence: 6 * HOUR, expectedOf: new Set(['XYI']) };

const NOTHING_SPECIAL = [undefined, undefined, undefined, undefined, undefined, undefined, undefined] as const;

let count = 0;
const happens = (type: CustodyEvent['type'], at: number, data: object = {}, recordedAt = at): CustodyEvent => ({
  id: `${type} ${count++}`,
  type,
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: toIso(at),
  occurredAtMs: at,
  recordedAt: toIso(recordedAt),
  recordedAtMs: recordedAt,
  data: { ...data },
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
