import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { eventsOf, expectedOf } from '../acceptance/cases.js';
import { eachCase } from '../acceptance/each-case.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { knownAt, peopleOf, some, tellHistory } from './lives.js';
import { GRACE, Service } from './service.js';

const DAY = 86_400_000;
const A_FEW = (name: string): boolean => /^mr-|-11$|merged/.test(name);

const at = (instant: string): number => Date.parse(instant);

const happening = (prisonNumber: string, type: CustodyEvent['type'], when: string, data: object): CustodyEvent => ({
  id: randomUUID(),
  type,
  prisonNumber,
  prisonId: 'XYI',
  data: { ...data },
  occurredAt: when,
  occurredAtMs: at(when),
  recordedAt: when,
  recordedAtMs: at(when),
});

const arrives = (prisonNumber: string, when: string) =>
  happening(prisonNumber, 'PrisonerReceived', when, { reason: 'NEW_ADMISSION' });
const session = (prisonNumber: string, when: string) =>
  happening(prisonNumber, 'KeyWorkerSessionHeld', when, { staffId: '1001' });
const everyWeek = (prisonNumber: string, weeks: number): CustodyEvent[] => [
  arrives(prisonNumber, '2026-01-05T15:20:00Z'),
  happening(prisonNumber, 'KeyWorkerAllocated', '2026-01-05T16:00:00Z', { staffId: '1001' }),
  ...Array.from({ length: weeks }, (_, week) =>
    session(prisonNumber, new Date(at('2026-01-07T10:00:00Z') + week * 7 * DAY).toISOString()),
  ),
];

const settled = async (service: Service): Promise<string[]> => {
  await service.untilRead();
  await service.wait(service.clock.now() + GRACE);
  return service.transitions();
};

const differences = async (service: Service) => (await service.verified()).findings;

/** A log in use, with one person of its own, at an instant. */
const inUse = async (now: number, service = new Service()): Promise<Service> => {
  await service.start();
  await service.know(now - 40 * DAY, arrives('Z9999ZZ', new Date(now - 40 * DAY).toISOString()));
  await service.wait(now);
  return service;
};

const about = (people: readonly string[], lines: readonly string[], until: number): string[] =>
  lines.filter((line) => people.includes(line.split(' ')[1] ?? '') && at(line.slice(0, 24)) <= until);

describe('a history told into a log that is in use', () => {
  eachCase(
    '%s: makes the alerts that it would have made, at the instants at which they were due',
    async (name) => {
      const { events, expected } = some(name, 6);
      const last = Math.max(...events.map(knownAt));
      const service = await inUse(last);
      await (await tellHistory(service, events)).complete();
      expect(about(peopleOf(events), await settled(service), last)).toEqual(expected);
      expect(await differences(service)).toEqual([]);
    },
    A_FEW,
  );

  it('makes the same when it is stopped half-way, and the watch is killed before and after it goes on', async () => {
    const events = eventsOf('mr-a');
    const last = Math.max(...events.map(knownAt));
    const service = await inUse(last, new Service(undefined, undefined, undefined, new InMemorySnapshotStore()));
    await tellHistory(service, events.slice(0, 20));
    await settled(service);
    await service.restart({ killed: true });
    const again = await tellHistory(service, events);
    await service.restart();
    await again.complete();
    await service.restart({ killed: true });
    expect(about(peopleOf(events), await settled(service), last)).toEqual([...expectedOf('mr-a')].sort());
    await service.restart();
    expect(await differences(service)).toEqual([]);
  });

  it('makes the same beside other instances that watch the same log all the time', async () => {
    const events = eventsOf('mr-a');
    const last = Math.max(...events.map(knownAt));
    const service = await inUse(last);
    const other = await new Service(service.store).start();
    await other.wait(last + GRACE);
    const history = await tellHistory(service, events);
    await other.untilRead();
    await other.wait(last + 2 * GRACE);
    await history.complete();
    await other.untilRead();
    await other.wait(last + 3 * GRACE);
    expect(about(peopleOf(events), await settled(service), last)).toEqual([...expectedOf('mr-a')].sort());
    for (const instance of [service, other]) expect(await differences(instance)).toEqual([]);
  });

  it('makes nothing before it is complete, and holds up nobody else', async () => {
    const now = at('2026-03-02T09:00:00Z');
    const service = await inUse(now);
    const history = await tellHistory(service, everyWeek('A0001AA', 3));
    await service.know(
      now + 1_000,
      session('A0001AA', '2026-03-02T08:00:00Z'),
      arrives('B0001BB', '2026-02-20T10:00:00Z'),
    );
    const before = await settled(service);
    expect(before.filter((line) => line.includes('A0001AA'))).toEqual([]);
    expect(before.some((line) => line.includes('B0001BB'))).toBe(true);
    expect(await differences(service)).toEqual([]);
    await history.complete();
    // Seen on 21 January, then not until 2 March.
    expect((await settled(service)).filter((line) => line.includes('A0001AA KW-01'))).toEqual([
      '2026-01-29T00:00:00.000Z A0001AA KW-01 raised LOW',
      '2026-02-05T00:00:00.000Z A0001AA KW-01 escalated MEDIUM',
      '2026-02-19T00:00:00.000Z A0001AA KW-01 escalated HIGH',
      '2026-03-02T09:00:01.000Z A0001AA KW-01 resolved HIGH',
    ]);
    expect(await differences(service)).toEqual([]);
  });

  it('moves nobody else: a merge that becomes known just before it is complete counts from that instant', async () => {
    const now = at('2026-03-02T09:00:00Z');
    const service = await inUse(now);
    const history = await tellHistory(service, everyWeek('A0001AA', 3));
    await service.know(
      now,
      happening('Y0001YY', 'PrisonerRecordsMerged', '2026-03-02T09:00:00Z', { removedPrisonNumber: 'Z9999ZZ' }),
    );
    await history.complete();
    expect((await settled(service)).filter((line) => /[YZ] KW-01/.test(line))).toEqual([]);
    expect(await differences(service)).toEqual([]);
  });

  it('moves nobody else: what becomes known just before it is complete counts, though a record looks like theirs', async () => {
    const now = at('2026-03-02T09:00:00Z');
    const service = await inUse(now);
    // The marks that the watch keeps of these two records are equal.
    const [theirs, told] = ['qivg1x-hp1', '1pggb4v-1u6n'].map((id) => ({ source: { system: 'case-notes', id } })) as [
      object,
      object,
    ];
    await service.know(now, { ...session('Z9999ZZ', '2026-01-31T09:00:00Z'), ...theirs });
    await service.wait(now + DAY);
    const note = { ...session('A0001AA', '2026-01-31T09:00:00Z'), ...told };
    const history = await tellHistory(service, [...everyWeek('A0001AA', 3), note]);
    await service.know(now + DAY, session('Z9999ZZ', '2026-03-03T09:00:00Z'));
    await history.complete();
    await settled(service);
    await service.wait(now + DAY + 4 * GRACE);
    expect(await service.transitions()).toContain('2026-03-03T09:00:00.000Z Z9999ZZ KW-01 resolved HIGH');
    expect(await differences(service)).toEqual([]);
  });

  it('moves nobody else: with whom somebody it tells of was merged meanwhile has it from when it is complete', async () => {
    const now = at('2026-03-02T09:00:00Z');
    const service = await inUse(now);
    const history = await tellHistory(service, everyWeek('A0001AA', 3));
    const merge = { removedPrisonNumber: 'A0001AA' };
    await service.know(now, happening('Z9999ZZ', 'PrisonerRecordsMerged', '2026-03-02T09:00:00Z', merge));
    await service.wait(now + DAY);
    const before = await service.transitions();
    await history.complete();
    await settled(service);
    await service.wait(now + DAY + 4 * GRACE);
    const added = (await service.transitions()).filter((line) => !before.includes(line));
    expect(added).toContain('2026-03-03T09:00:00.000Z Z9999ZZ KW-02 resolved HIGH');
    expect(added.filter((line) => line < '2026-03-03T09:00:00.000Z')).toEqual([]);
    expect(await differences(service)).toEqual([]);
  });

  describe('where somebody it tells of has to do with somebody else before it is complete', () => {
    const now = at('2026-03-02T09:00:00Z');
    const merge = (kept: string, removed: string) =>
      happening(kept, 'PrisonerRecordsMerged', '2026-03-02T09:00:00Z', { removedPrisonNumber: removed });
    const told = [...everyWeek('A0001AA', 3), happening('A0001AA', 'SelfHarmReported', '2026-01-27T20:00:00Z', {})];

    /** What comes of it when these become known a day before it is complete. */
    const completedAfter = async (...events: readonly CustodyEvent[]) => {
      const service = await inUse(now, new Service(undefined, undefined, undefined, new InMemorySnapshotStore()));
      const history = await tellHistory(service, told);
      for (const event of events) await service.know(Math.max(service.clock.now(), event.recordedAtMs), event);
      await service.wait(now + DAY);
      const before = await service.transitions();
      await history.complete();
      await settled(service);
      await service.restart({ killed: true });
      await service.know(now + 2 * DAY, session('A0001AA', '2026-03-04T08:00:00Z'));
      await settled(service);
      expect(await differences(service)).toEqual([]);
      return (await service.transitions()).filter((line) => !before.includes(line));
    };
    const early = (lines: readonly string[]) => lines.filter((line) => line < '2026-03-03T09:00:00.000Z');

    it('has it from when it is complete, merged into the other', async () => {
      const added = await completedAfter(merge('Z9999ZZ', 'A0001AA'));
      expect(added).toContain('2026-03-03T09:00:00.000Z Z9999ZZ VUL-01 raised CRITICAL');
      expect(early(added)).toEqual([]);
    });

    it('has it from when it is complete, merged into the other and parted again', async () => {
      const merged = merge('Z9999ZZ', 'A0001AA');
      const parted = { withdraws: merged.id, reason: 'another person' };
      const added = await completedAfter(
        merged,
        happening('Z9999ZZ', 'EventWithdrawn', '2026-03-02T10:00:00Z', parted),
      );
      expect(added).toContain('2026-03-03T09:00:00.000Z A0001AA VUL-01 raised CRITICAL');
      expect(early(added)).toEqual([]);
    });

    it('takes the other over from when it is complete, where the other is merged into them', async () => {
      const added = await completedAfter(merge('A0001AA', 'Z9999ZZ'));
      expect(added).toContain('2026-03-03T09:00:00.000Z Z9999ZZ KW-02 resolved HIGH');
      expect(early(added).filter((line) => line.includes('Z9999ZZ'))).toEqual([]);
      expect(early(added)).toContain('2026-01-28T00:00:00.000Z A0001AA VUL-01 escalated CRITICAL');
    });
  });

  it.each(['first', 'last'])(
    'counts what an import tells of somebody it tells of, complete %s, as a whole',
    async (when) => {
      const now = at('2026-03-02T09:00:00Z');
      const service = await inUse(now);
      const history = await tellHistory(service, everyWeek('A0001AA', 3));
      const import_ = service.telling('import');
      await import_.begin();
      await import_.record([happening('A0001AA', 'SelfHarmReported', '2026-03-01T20:00:00Z', {})]);
      const [first, last] = when === 'first' ? [import_, history] : [history, import_];
      await first.complete();
      await service.wait(now + DAY);
      expect((await service.transitions()).filter((line) => line.includes('A0001AA VUL-01'))).toEqual([]);
      expect(await differences(service)).toEqual([]);
      await last.complete();
      expect((await settled(service)).some((line) => line.includes('A0001AA VUL-01 raised'))).toBe(true);
      expect(await differences(service)).toEqual([]);
    },
  );
});

describe('a backlog told live', () => {
  const now = at('2026-03-02T09:00:00Z');
  const crowd = Array.from({ length: 20 }, (_, n) => `C${String(1000 + n)}CC`);

  it('accuses nobody of what was done in time', async () => {
    const service = await inUse(now);
    const import_ = service.telling('import');
    await import_.begin();
    for (const prisonNumber of crowd)
      for (const event of everyWeek(prisonNumber, 8)) {
        await import_.record([event]);
        await service.wait(service.clock.now() + 10_000);
      }
    await import_.complete();
    expect((await settled(service)).filter((line) => line.includes(' C1'))).toEqual([]);
    expect(await differences(service)).toEqual([]);
  });

  it('raises what is true once all of it is there, of those who were known before, too', async () => {
    const service = await inUse(now);
    await service.know(now, ...everyWeek('C1000CC', 8));
    const import_ = service.telling('import');
    await import_.begin();
    await import_.record([
      happening('C1000CC', 'SelfHarmReported', '2026-03-01T20:00:00Z', {}),
      ...everyWeek('C1001CC', 4),
    ]);
    await service.wait(now + DAY / 24);
    expect((await service.transitions()).filter((line) => line.includes(' C1'))).toEqual([]);
    await import_.complete();
    const raised = (await settled(service)).filter((line) => line.includes(' C1'));
    expect(raised).toContain('2026-03-02T10:00:00.000Z C1000CC VUL-01 raised CRITICAL');
    expect(raised).toContain('2026-03-02T10:00:00.000Z C1001CC KW-01 raised HIGH');
    expect(await differences(service)).toEqual([]);
  });

  it('is completed by the same told again, after it was stopped half-way', async () => {
    const service = await inUse(now);
    const events = everyWeek('C1000CC', 4);
    const stopped = service.telling('import');
    await stopped.begin();
    await stopped.record(events.slice(0, 3));
    await service.restart({ killed: true });
    expect(await settled(service)).toEqual(await settled(await inUse(now)));
    const again = service.telling('import');
    await again.begin();
    await again.record(events);
    await again.complete();
    expect((await settled(service)).filter((line) => line.includes(' C1')).map((line) => line.slice(25))).toEqual([
      'C1000CC KW-01 raised HIGH',
    ]);
    expect(await differences(service)).toEqual([]);
  });

  it('is not completed by another that repeats a part of it', async () => {
    const service = await inUse(now);
    const events = everyWeek('C1000CC', 8);
    const stopped = service.telling('import', 'all of it');
    await stopped.begin();
    await stopped.record(events.slice(0, 3));
    const part = service.telling('import', 'a part of it');
    await part.begin();
    await part.record(events.slice(0, 1));
    await part.complete();
    expect((await settled(service)).filter((line) => line.includes(' C1'))).toEqual([]);
    const again = service.telling('import', 'all of it');
    await again.begin();
    await again.record(events);
    await again.complete();
    expect((await settled(service)).filter((line) => line.includes(' C1'))).toEqual([]);
    expect(await differences(service)).toEqual([]);
  });

  it('can be told once more when it was complete', async () => {
    const service = await inUse(now);
    for (const events of [everyWeek('C1000CC', 7), everyWeek('C1000CC', 8)]) {
      const telling = service.telling('import');
      await telling.begin();
      await telling.record(events);
      await telling.complete();
    }
    expect((await settled(service)).filter((line) => line.includes(' C1'))).toEqual([]);
  });
});
