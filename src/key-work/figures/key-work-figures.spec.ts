import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { at, DAYS } from '../../../test/kernel-kit.js';
import { type KeyWorkTerms, WEEKLY } from '../../kernel/prison-settings.js';
import type { CustodyEvent } from '../../custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../custody/read-custody-event.js';
import { toLog } from '../../custody/stored-custody-event.js';
import { streamOf } from '../../custody/streams.js';
import { Tellings } from '../../custody/tellings/tellings.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import { daysToBeSeen } from '../history/time-in-prison.js';
import { PersonStreams } from '../../custody/person-streams.js';
import { PersonRecords, stands } from '../person-record.js';
import { accounts } from './accounts.js';
import { tellFigures } from './prison-figures.js';
import { KeyWorkFigures } from './key-work-figures.js';
import { LIMITS } from '../../../test/key-work-limits.js';
import { SENDER } from '../../../test/sender.js';

const PREFIX = 'test_';
const NOW = at('2026-04-30 12:00');
const APRIL = { from: DAYS.named('2026-04-01'), to: DAYS.named('2026-04-30') };
const PRISONS = ['XYI', 'XYO'];

/** A log, and the figures that follow it. */
class Followers {
  readonly store = new InMemoryEventStore();
  /** When what comes becomes known. */
  knownAt = NOW;
  private readonly seals = new Seals(new InMemoryKeyRing());
  readonly streams = new PersonStreams(this.store, PREFIX);
  readonly records = new PersonRecords(
    { groupOf: (kept) => ({ kept, own: [kept], elsewhere: [] }) },
    this.streams,
    { outcomes: () => Promise.resolve(new Map()) },
    {
      seals: this.seals,
      prefix: PREFIX,
    },
  );
  readonly figures: KeyWorkFigures;

  /** @param keyWork what the first prison says of its key work */
  constructor(...keyWork: readonly Partial<KeyWorkTerms>[]) {
    const own = { prisonId: 'XYI', rules: [], keyWork: keyWork.map((terms) => ({ ...WEEKLY, ...terms })) };
    this.figures = new KeyWorkFigures({
      streams: this.streams,
      days: DAYS,
      compare: (a, b) => this.store.compare(a, b),
      prefix: PREFIX,
      limits: LIMITS,
      settings: [own],
    });
  }

  /** What came late among them is counted once, with all of them. */
  async learn(...events: readonly CustodyEvent[]): Promise<this> {
    await this.brought(events);
    return this.settled();
  }

  /** The same, each of them counted before the next comes. */
  async learnOneByOne(events: readonly CustodyEvent[]): Promise<this> {
    for (const event of events) await this.learn(event);
    return this;
  }

  /** An import brings events. @returns what completes it */
  async import(...events: readonly CustodyEvent[]): Promise<() => Promise<void>> {
    const id = randomUUID();
    const tellings = new Tellings(this.store, PREFIX, { now: () => NOW });
    const last = async () => {
      for await (const note of this.store.readStream(`${PREFIX}telling-${id}`))
        if (this.store.compare(note.position, this.figures.taken.position) > 0) await this.figures.apply(note);
    };
    await tellings.begin({ id, kind: 'import' }, []);
    await last();
    await this.brought(events, id);
    return async () => {
      await tellings.complete(id);
      await last();
      await this.settled();
    };
  }

  private async settled(): Promise<this> {
    await this.figures.settle(await this.store.end());
    return this;
  }

  private async brought(events: readonly CustodyEvent[], telling?: string): Promise<this> {
    for (const event of events) {
      const stream = streamOf(PREFIX, event);
      const sealed = await toLog(event, { seals: this.seals, prefix: PREFIX });
      const stored = sealed({ knownAtMs: this.knownAt, sender: SENDER, telling });
      let length = 0;
      for await (const { id } of this.store.readStream(stream)) if (id !== event.id) length++;
      await this.store.append(stream, length === 0 ? 'no-stream' : length - 1, [stored]);
      for await (const recorded of this.store.readStream(stream, { from: length })) await this.figures.apply(recorded);
    }
    return this;
  }

  /** What Prometheus is told, at an instant. */
  unseen(now: number) {
    this.figures.unseen.pass(now);
    return PRISONS.map((prison) => ({
      neverSeen: this.figures.unseen.of(prison, 'neverSeen'),
      overdue: this.figures.unseen.of(prison, 'overdue'),
    }));
  }

  get told() {
    return PRISONS.map((prison) => tellFigures(prison, APRIL, { figures: this.figures, days: DAYS, now: NOW }));
  }
}

interface Happening {
  readonly data?: object;
  readonly prisonNumber?: string;
  readonly prisonId?: string;
}

const event = (
  type: string,
  local: string,
  { data = {}, prisonNumber = 'A0001AA', prisonId = 'XYI' }: Happening = {},
): CustodyEvent => {
  const occurredAt = new Date(at(local)).toISOString();
  const read = readCustodyEvent(
    { type, prisonNumber, prisonId, occurredAt, data },
    { now: NOW, recordedAtDefault: 'now' },
  );
  if (isRefusal(read)) throw new Error(JSON.stringify(read.errors));
  return read;
};
const arrives = (local: string, more: Happening = {}) =>
  event('PrisonerReceived', local, { data: { reason: 'NEW_ADMISSION' }, ...more });
const allocated = (local: string, staffId: string) => event('KeyWorkerAllocated', local, { data: { staffId } });
const session = (local: string, staffId: string) => event('KeyWorkerSessionHeld', local, { data: { staffId } });
const withdrawn = (what: CustodyEvent) =>
  event('EventWithdrawn', '2026-04-29 10:00', { data: { withdraws: what.id, reason: 'In error.' } });

describe('the figures of key work', () => {
  it('count a session due for every seven days on which somebody was to be seen', async () => {
    const [told] = (await new Followers().learn(arrives('2026-04-01 15:00'), session('2026-04-03 10:00', 'S1'))).told;
    expect(told?.inPeriod).toMatchObject({
      daysToBeSeen: { value: 30 },
      sessionsDue: { value: 4.3 },
      sessionsHeld: { value: 1 },
      delivered: { value: 23.3 },
    });
  });

  it('count a session due for every fourteen days where the prison is to see everybody once a fortnight', async () => {
    const events = [
      arrives('2026-04-01 15:00'),
      allocated('2026-04-01 16:00', 'S1'),
      session('2026-04-03 10:00', 'S1'),
    ];
    const [told] = (await new Followers({ everyWeeks: 2 }).learn(...events)).told;
    expect(told?.inPeriod).toMatchObject({
      daysToBeSeen: { value: 30 },
      sessionsDue: { value: 2.1 },
      delivered: { value: 46.7 },
    });
    expect(told?.keyWorkers.content).toMatchObject([{ staffId: 'S1', caseload: 1, sessionsDue: 2.1 }]);
    expect(told?.keyworkerApi).toMatchObject({ projectedSessions: { value: 2 }, complianceRate: { value: 50 } });
  });

  it('count each day as the prison was to see people on it', async () => {
    const followers = new Followers(
      { everyWeeks: 4, until: '2026-04-08' },
      { scheme: false, from: '2026-04-08', until: '2026-04-15' },
    );
    const [told] = (await followers.learn(arrives('2026-03-01 15:00'), session('2026-03-03 10:00', 'S1'))).told;
    expect(told?.inPeriod).toMatchObject({ daysToBeSeen: { value: 7 + 16 }, sessionsDue: { value: 2.5 } });
  });

  it('have nobody due, overdue or unseen where there is no key work scheme', async () => {
    const events = [arrives('2026-04-01 15:00'), session('2026-04-03 10:00', 'S1')];
    const followers = new Followers({ scheme: false });
    const other = event('PrisonerReceived', '2026-04-01 15:00', {
      data: { reason: 'NEW_ADMISSION' },
      prisonNumber: 'A0002AA',
    });
    const [told] = (await followers.learn(...events, other)).told;
    expect(told?.inPeriod).toMatchObject({
      daysToBeSeen: { value: 0 },
      sessionsDue: { value: 0 },
      sessionsHeld: { value: 1 },
      delivered: { value: null },
    });
    expect(told?.now).toMatchObject({
      neverSeen: { value: 0 },
      overdue: { value: 0 },
      longestGap: { value: null },
      withoutKeyWorker: { value: 0 },
    });
    expect(followers.unseen(NOW)[0]).toEqual({ neverSeen: 0, overdue: 0 });
  });

  it('have people overdue as late as KW-01 has, also from the day on which a prison changes that', async () => {
    const events = [arrives('2026-04-01 15:00'), session('2026-04-03 10:00', 'S1')];
    const fortnightly = await new Followers({ everyWeeks: 2 }).learn(...events);
    const [told] = fortnightly.told;
    expect(told?.now.overdue).toMatchObject({
      value: 1,
      byDaysSinceSession: [
        { from: 15, to: 28, people: 1 },
        { from: 29, to: 56, people: 0 },
        { from: 57, to: null, people: 0 },
      ],
    });
    const overdueOn = async (days: readonly string[], keyWork: Partial<KeyWorkTerms>) => {
      const followers = new Followers(keyWork);
      followers.knownAt = at('2026-04-04 12:00');
      await followers.learn(...events);
      return days.map((day) => followers.unseen(at(`${day} 12:00`))[0]?.overdue);
    };
    expect(await overdueOn(['2026-04-17', '2026-04-18'], { everyWeeks: 2 })).toEqual([0, 1]);
    const around = ['2026-04-21', '2026-04-22'];
    expect(await overdueOn(around, { everyWeeks: 4, until: '2026-04-22' })).toEqual([0, 1]);
    expect(await overdueOn(around, { scheme: false, from: '2026-04-22' })).toEqual([1, 0]);
  });

  it('count what an import brought once all of it has come, and then as if it had come live', async () => {
    const whole = [
      arrives('2026-04-01 15:00'),
      allocated('2026-04-02 09:00', 'S1'),
      session('2026-04-03 10:00', 'S1'),
      event('KeyWorkerSessionMissed', '2026-04-17 10:00', { data: { reason: 'DECLINED' } }),
    ];
    const late = [session('2026-04-10 10:00', 'S1'), session('2026-04-24 10:00', 'S1')];
    const wrong = withdrawn(whole[3] as CustodyEvent);
    const live = await new Followers().learn(...whole, ...late, wrong);
    const before = (await new Followers().learn(...whole)).told;
    const followers = await new Followers().learn(...whole);
    const complete = await followers.import(...late, wrong);
    expect(followers.told).toEqual(before);
    await complete();
    expect(followers.told).toEqual(live.told);
    expect(followers.unseen(NOW)).toEqual(live.unseen(NOW));
  });

  it('know nobody of whom only an import that is not complete tells', async () => {
    const followers = new Followers();
    const complete = await followers.import(arrives('2026-04-01 15:00'));
    expect([...followers.figures.everybody()]).toEqual([]);
    await complete();
    expect(followers.told[0]?.now.neverSeen).toMatchObject({ value: 1 });
  });

  it('leave out days away, and those of people whose complexity of need is high', async () => {
    const { told } = await new Followers().learn(
      arrives('2026-04-01 15:00'),
      event('PrisonerReleased', '2026-04-10 08:00', { data: { reason: 'SENT_TO_COURT' } }),
      event('PrisonerReceived', '2026-04-12 17:00', { data: { reason: 'RETURN_FROM_COURT' } }),
      event('ComplexityOfNeedChanged', '2026-04-21 10:00', { data: { level: 'HIGH' } }),
    );
    expect(told[0]?.inPeriod.daysToBeSeen.value).toBe(20 - 2);
    expect(told[0]?.now).toMatchObject({ neverSeen: { value: 0 }, overdue: { value: 0 } });
  });

  it('show 0, and not nothing, where nothing was delivered', async () => {
    const [told] = (await new Followers().learn(arrives('2026-04-01 15:00'))).told;
    expect(told?.inPeriod).toMatchObject({
      sessionsHeld: { value: 0 },
      delivered: { value: 0 },
      sessionsMissed: {
        value: 0,
        byReason: { DECLINED: 0, STAFF_NOT_AVAILABLE: 0, REGIME_CURTAILED: 0, AT_COURT: 0, OTHER: 0 },
      },
    });
    expect(told?.now.neverSeen).toMatchObject({
      value: 1,
      byDaysSinceArrival: [
        { from: 0, to: 5, people: 0 },
        { from: 6, to: 10, people: 0 },
        { from: 11, to: null, people: 1 },
      ],
    });
    expect(told?.now.longestGap.value).toBe(29);
  });

  it('tell those never seen from those of whom it is not known', async () => {
    const { told } = await new Followers().learn(
      arrives('2026-04-28 15:00'),
      event('SelfHarmReported', '2026-04-10 10:00', { prisonNumber: 'A0002AA' }),
    );
    expect(told[0]?.now).toMatchObject({ neverSeen: { value: 1 }, notKnownWhetherSeen: { value: 1 } });
  });

  it('put people who are overdue in bands by the days since their last session', async () => {
    const people = ['2026-04-23', '2026-04-22', '2026-04-16', '2026-04-15', '2026-04-02', '2026-04-01'];
    const followers = new Followers();
    for (const [index, day] of people.entries()) {
      const prisonNumber = `A000${index}AA`;
      await followers.learn(arrives('2026-03-20 15:00', { prisonNumber }), {
        ...session(`${day} 10:00`, 'S1'),
        prisonNumber,
      });
    }
    expect(followers.told[0]?.now.overdue).toMatchObject({
      value: 5,
      byDaysSinceSession: [
        { from: 8, to: 14, people: 2 },
        { from: 15, to: 28, people: 2 },
        { from: 29, to: null, people: 1 },
      ],
    });
  });

  it('tell by key worker what was due, what they held, and how their caseload stands', async () => {
    const { told } = await new Followers().learn(
      arrives('2026-04-01 15:00'),
      allocated('2026-04-03 10:00', 'S1'),
      session('2026-04-04 10:00', 'S1'),
      session('2026-04-05 10:00', 'S2'),
      allocated('2026-04-17 10:00', 'S3'),
    );
    expect(told[0]?.keyWorkers.content).toMatchObject([
      { staffId: 'S1', caseload: 0, sessionsDue: 2, sessionsHeld: 1, neverSeen: 0, overdue: 0, longestGap: null },
      { staffId: 'S2', caseload: 0, sessionsDue: 0, sessionsHeld: 1, neverSeen: 0, overdue: 0, longestGap: null },
      { staffId: 'S3', caseload: 1, sessionsDue: 2, sessionsHeld: 0, neverSeen: 0, overdue: 1, longestGap: 25 },
    ]);
  });

  it('offer the figures of keyworker-api by its own formula: no session is no data there', async () => {
    const followers = await new Followers().learn(arrives('2026-04-01 15:00'), allocated('2026-04-16 10:00', 'S1'));
    expect(followers.told[0]?.keyworkerApi).toMatchObject({
      projectedSessions: { value: 4 },
      complianceRate: { value: null },
      percentageAssigned: { value: 50 },
    });
    await followers.learn(session('2026-04-20 10:00', 'S1'));
    expect(followers.told[0]?.keyworkerApi.complianceRate.value).toBe(25);
  });

  it('carry a definition and its version, every one', async () => {
    const [told] = (await new Followers().learn(arrives('2026-04-01 15:00'))).told;
    const figures = [told?.inPeriod, told?.now, told?.keyworkerApi].flatMap((group) => Object.values(group ?? {}));
    expect(figures).toHaveLength(5 + 5 + 3);
    for (const figure of figures) {
      expect(figure).toMatchObject({ version: expect.any(Number), says: expect.stringMatching(/^.{10,}\.$/) });
    }
  });

  it('follow somebody to the other prison', async () => {
    const { told } = await new Followers().learn(
      arrives('2026-04-01 15:00'),
      event('PrisonerReleased', '2026-04-11 09:00', { data: { reason: 'TRANSFERRED' } }),
      event('PrisonerReceived', '2026-04-11 13:00', { data: { reason: 'TRANSFERRED' }, prisonId: 'XYO' }),
    );
    expect(told.map(({ inPeriod }) => inPeriod.daysToBeSeen.value)).toEqual([10, 20]);
    expect(told.map(({ now }) => now.neverSeen.value)).toEqual([0, 1]);
  });

  it('leave somebody in the prison that holds them, whatever is heard of them from elsewhere; it counts where it happened', async () => {
    const { told } = await new Followers().learn(
      arrives('2026-04-01 15:00'),
      event('KeyWorkerSessionMissed', '2026-04-20 10:00', { data: { reason: 'AT_COURT' }, prisonId: 'XYO' }),
    );
    expect(told.map(({ inPeriod }) => inPeriod.daysToBeSeen.value)).toEqual([30, 0]);
    expect(told.map(({ now }) => now.neverSeen.value)).toEqual([1, 0]);
    expect(told.map(({ inPeriod }) => inPeriod.sessionsMissed.value)).toEqual([0, 1]);
  });

  it('let people become overdue as time passes, and cease to be with a session', async () => {
    const followers = await new Followers().learn(arrives('2026-04-01 15:00'), session('2026-04-23 10:00', 'S1'));
    const [before, after] = [at('2026-04-30 23:59'), at('2026-05-01 00:00')];
    expect([before, after].map((now) => followers.unseen(now)[0]?.overdue)).toEqual([0, 1]);
    await followers.learn(session('2026-04-29 10:00', 'S1'));
    expect(followers.unseen(after)[0]).toEqual({ neverSeen: 0, overdue: 0 });
  });

  it('take back what was withdrawn, and count what was recorded late where it happened', async () => {
    const wrong = session('2026-04-20 10:00', 'S1');
    const followers = await new Followers().learn(arrives('2026-04-01 15:00'), wrong, withdrawn(wrong));
    expect(followers.told[0]?.inPeriod.sessionsHeld.value).toBe(0);
    await followers.learn(allocated('2026-04-03 10:00', 'S2'));
    expect(followers.told[0]?.keyWorkers.content).toMatchObject([{ staffId: 'S2', sessionsDue: 4 }]);
    expect(followers.told[0]?.now).toMatchObject({ neverSeen: { value: 1 }, withoutKeyWorker: { value: 0 } });
  });

  it('read what was told of somebody as it was and as it is, once for all that comes late and not for each of it', async () => {
    const followers = await new Followers().learn(arrives('2026-04-01 15:00'));
    const read = jest.spyOn(followers.streams, 'knownOf');
    const late = Array.from({ length: 25 }, (_, n) =>
      session(`2026-04-${String(28 - n).padStart(2, '0')} 10:00`, 'S1'),
    );
    await followers.learn(...late);
    expect(read).toHaveBeenCalledTimes(2);
    expect(followers.told[0]?.inPeriod.sessionsHeld.value).toBe(25);
  });

  it('are the same whatever order it became known in, and say what a person’s own record says', () =>
    fc.assert(
      fc.asyncProperty(anyLifeTwice, async ([life, shuffled]) => {
        const [inOrder, disorder] = [await new Followers().learn(...life), await new Followers().learn(...shuffled)];
        expect(disorder.told).toEqual(inOrder.told);
        expect((await new Followers().learnOneByOne(shuffled)).told).toEqual(inOrder.told);
        expect(disorder.unseen(NOW)).toEqual(
          disorder.told.map(({ now }) => ({ neverSeen: now.neverSeen.value, overdue: now.overdue.value })),
        );
        const record = await disorder.records.of('A0001AA');
        const events = record?.entries.filter(stands).map(({ occurrence }) => occurrence) ?? [];
        const counted = PRISONS.map((prison) => disorder.figures.ledger.personDays(accounts.toBeSeen(prison), APRIL));
        expect(counted.reduce((sum, count) => sum + count)).toBe(daysToBeSeen(events, APRIL, DAYS));
      }),
      { numRuns: 300 },
    ));
});

describe('the figures of people whose records are merged', () => {
  it('count them once, as if all had been told under one number, and apart again when that is withdrawn', async () => {
    const other = { prisonNumber: 'A0002AA' };
    const merged = event('PrisonerRecordsMerged', '2026-04-20 10:00', { data: { removedPrisonNumber: 'A0002AA' } });
    const followers = await new Followers().learn(arrives('2026-04-01 15:00'), arrives('2026-04-01 15:00', other), {
      ...session('2026-04-23 10:00', 'S1'),
      ...other,
    });
    const shown = () => {
      const [told] = followers.told;
      return [told?.inPeriod.daysToBeSeen.value, told?.inPeriod.sessionsHeld.value, told?.now.neverSeen.value];
    };
    expect(shown()).toEqual([60, 1, 1]);
    await followers.learn(merged);
    expect(shown()).toEqual([30, 1, 0]);
    await followers.learn(withdrawn(merged));
    expect(shown()).toEqual([60, 1, 1]);
  });

  it('are the same whatever order it became known in', () =>
    fc.assert(
      fc.asyncProperty(mergedLivesTwice, async ([lives, shuffled]) => {
        const [inOrder, disorder] = [await new Followers().learn(...lives), await new Followers().learn(...shuffled)];
        const oneByOne = await new Followers().learnOneByOne(shuffled);
        for (const followers of [disorder, oneByOne]) {
          expect(followers.told).toEqual(inOrder.told);
          expect(followers.unseen(NOW)).toEqual(inOrder.unseen(NOW));
        }
      }),
      { numRuns: 200 },
    ));
});

const HAPPENINGS: readonly (readonly [string, object])[] = [
  ...['NEW_ADMISSION', 'TRANSFERRED', 'RETURN_FROM_COURT'].map((reason) => ['PrisonerReceived', { reason }] as const),
  ...['RELEASED', 'TRANSFERRED', 'SENT_TO_COURT'].map((reason) => ['PrisonerReleased', { reason }] as const),
  ...['S1', 'S2'].flatMap((staffId) =>
    ['KeyWorkerAllocated', 'KeyWorkerDeallocated', 'KeyWorkerSessionHeld'].map((type) => [type, { staffId }] as const),
  ),
  ...['LOW', 'HIGH'].map((level) => ['ComplexityOfNeedChanged', { level }] as const),
  ['KeyWorkerSessionMissed', { reason: 'DECLINED' }],
  ['SelfHarmReported', {}],
  ['PersonDetailsChanged', { firstName: 'John', lastName: 'Smith' }],
];

const anyEvent = fc
  .record({
    happening: fc.constantFrom(...HAPPENINGS),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    prisonId: fc.constantFrom(...PRISONS),
  })
  .map(({ happening: [type, data], day, hour, prisonId }) =>
    event(type, `2026-04-${String(day).padStart(2, '0')} ${String(hour).padStart(2, '0')}:00`, { data, prisonId }),
  );

/** Up to a dozen happenings of one person, some of them withdrawn, and the same in another order. */
const anyLifeTwice = fc
  .uniqueArray(anyEvent, { maxLength: 12, selector: ({ id }) => id })
  .chain((events) => fc.subarray(events).map((wrong) => [...events, ...wrong.slice(0, 2).map((one) => withdrawn(one))]))
  .chain((life) =>
    fc.tuple(fc.constant(life), fc.shuffledSubarray(life, { minLength: life.length, maxLength: life.length })),
  );

const NUMBERS = ['A0001AA', 'A0002AA', 'A0003AA'];

/** What happens to three people, some of whose records are merged, or told under the number of another. */
const anyEventOfThree = fc.oneof(
  { weight: 8, arbitrary: anyEvent },
  {
    weight: 1,
    arbitrary: fc
      .record({ removedPrisonNumber: fc.constantFrom(...NUMBERS), day: fc.integer({ min: 1, max: 28 }) })
      .map(({ day, ...data }) =>
        event('PrisonerRecordsMerged', `2026-04-${String(day).padStart(2, '0')} 12:00`, {
          data,
          prisonNumber: 'B0001AA',
        }),
      ),
  },
);
const anyRecord = fc.option(fc.record({ id: fc.constantFrom('1', '2'), revision: fc.nat(2) }), {
  nil: undefined,
  freq: 4,
});
const anyOfThree = fc
  .tuple(anyEventOfThree, fc.constantFrom(...NUMBERS), anyRecord)
  .map(([{ id, ...one }, prisonNumber, record]) => ({
    ...one,
    prisonNumber,
    id: `${id.slice(0, -2)}${prisonNumber.slice(3, 5)}`,
    source: record && { system: 'notes', ...record },
  }));

const mergedLivesTwice = fc
  .uniqueArray(anyOfThree, { maxLength: 14, selector: ({ id }) => id })
  .chain((events) => fc.subarray(events).map((wrong) => [...events, ...wrong.slice(0, 2).map((one) => withdrawn(one))]))
  .chain((lives) =>
    fc.tuple(fc.constant(lives), fc.shuffledSubarray(lives, { minLength: lives.length, maxLength: lives.length })),
  );
