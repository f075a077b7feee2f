import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { session } from '../../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { ALL_PRISONS, type Prisons } from '../../access/prisons.js';
import { InMemoryKeyRing } from '../../../test/in-memory-key-ring.js';
import { Seals } from '../../personal-data/seals.js';
import type { Json } from '../../store/event-store.js';
import type { CustodyEvent } from '../custody-event.js';
import { CustodyLog } from '../custody-log.js';
import { Erasures } from '../erasures.js';
import type { ErasureReason } from '../person-erased.js';
import type { Sender } from '../sender.js';
import { type BegunTelling, Tellings } from '../tellings/tellings.js';
import { People } from './people.js';
import { PeopleProjection } from './people-projection.js';
import { SENDER } from '../../../test/sender.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const WHO = 'A1234BC';
const IMPORT = '7d0c8a35-6a0e-4f1c-9f6e-2f0c9a8b7c6d';
const HOLDERS: Readonly<Record<string, string>> = { A1234BC: 'XYI', A1235CD: 'XYI', B0001AA: 'XYM', B0002AA: 'XYI' };
const XYI: Prisons = { has: (prisonId) => prisonId === 'XYI' };

let number: number;
let people: People;
let projection: PeopleProjection;
let record: (...events: CustodyEvent[]) => Promise<void>;
/** What a telling brings. */
let bring: (telling: BegunTelling, ...events: CustodyEvent[]) => Promise<void>;
/** What a sender of one prison tells. */
let tell: (prisonId: string, event: CustodyEvent) => Promise<void>;
let erasures: Erasures;
let store: InMemoryEventStore;
let sealing: { seals: Seals; prefix: string };

const untilRead = async () => people.read.reached(await store.end(), AbortSignal.timeout(10_000));
const holders = {
  readable: () => Promise.resolve(),
  takeoverOf: () => undefined,
  holderOf: (prisonNumber: string) => ({ prisonId: HOLDERS[prisonNumber] ?? 'XYX', since: 0 }),
  numbersOf: (prisonNumber: string) => [prisonNumber],
};

function begin(): void {
  number = 0;
  store = new InMemoryEventStore();
  const keys = new InMemoryKeyRing();
  sealing = { seals: new Seals(keys), prefix: 'cw_' };
  const log = new CustodyLog(store, 'cw_', sealing.seals);
  const clock = new VirtualClock(NOW);
  erasures = new Erasures(store, keys, clock, 'cw_', { openAlertsOf: () => Promise.resolve([]) });
  people = new People(store, sealing, holders);
  projection = new PeopleProjection(store, people, clock, 'cw_');
  void projection.onModuleInit();
  const recordAs = async (sender: Sender, events: CustodyEvent[], telling?: BegunTelling) => {
    const { results } = await log.recordAll(events, { knownAt: () => NOW, sender, telling });
    expect(results.map(({ status }) => status)).toEqual(events.map(() => 'accepted'));
    await untilRead();
  };
  record = (...events) => recordAs(SENDER, events);
  bring = (telling, ...events) => recordAs(SENDER, events, telling);
  tell = (prisonId, event) =>
    recordAs({ client: `feed-${prisonId}`, prisons: new Set([prisonId]) }, [{ ...event, prisonId }]);
}

beforeEach(begin);

const erase = (prisonNumber: string, reason: ErasureReason) =>
  erasures.erase({ prisonNumber, reason, by: 'ASMITH_ADM', confirmStillWatched: true });
const happened = (day: number, type: string, data: Json = {}, more: Json = {}): CustodyEvent =>
  session(++number, { type, data, occurredAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`, ...more });
const named = (day: number, firstName: string, lastName: string, prisonNumber = WHO) =>
  happened(day, 'PersonDetailsChanged', { firstName, lastName }, { prisonNumber });
const arrived = (day: number, prisonId = 'XYI', reason = 'NEW_ADMISSION') =>
  happened(day, 'PrisonerReceived', { reason }, { prisonId });
const left = (day: number, reason: string, prisonId = 'XYI') =>
  happened(day, 'PrisonerReleased', { reason }, { prisonId });
const inCell = (day: number, location: string, prisonId = 'XYI') =>
  happened(day, 'CellMoved', { location, segregationUnit: false }, { prisonId });
const withdrawn = (day: number, { id }: CustodyEvent) =>
  happened(day, 'EventWithdrawn', { withdraws: id, reason: 'wrong person' });

/** The model as an instance has it that starts now. */
async function afterRestart(): Promise<People> {
  const fresh = new People(store, sealing, holders);
  for await (const event of store.readAll()) fresh.apply(event);
  await fresh.settle(await store.end());
  return fresh;
}

describe('what is known of a person', () => {
  it('is nothing before anything was recorded', () => {
    expect(people.person(WHO)).toBeUndefined();
  });

  it('is the latest name, the prison that holds them and the cell there', async () => {
    await record(arrived(1), named(1, 'John', 'Smith'), inCell(1, 'A-1-001'), inCell(3, 'B-2-017'));
    expect(people.person(WHO)).toMatchObject({
      prisonNumber: WHO,
      name: { firstName: 'John', lastName: 'Smith' },
      prisonId: 'XYI',
      inCustody: true,
      away: false,
      location: 'B-2-017',
      acct: undefined,
      segregated: false,
    });
  });

  it('is what an import brought, once all of it has come', async () => {
    await record(arrived(1), named(1, 'John', 'Smith'), inCell(1, 'A-1-001'));
    const before = people.person(WHO);
    const tellings = new Tellings(store, 'cw_', new VirtualClock(NOW));
    await tellings.begin({ id: IMPORT, kind: 'import' }, []);
    const brought = [inCell(3, 'B-2-017'), named(2, 'Jon', 'Smyth'), named(2, 'Ann', 'Other', 'A1235CD')];
    await bring(await tellings.find(IMPORT), ...brought);
    expect(people.person(WHO)).toEqual(before);
    expect(people.find('other', ALL_PRISONS)).toEqual([]);
    expect((await afterRestart()).person(WHO)).toEqual(before);
    await tellings.complete(IMPORT);
    await untilRead();
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smyth' }, location: 'B-2-017' });
    expect(people.find('other', ALL_PRISONS)).toEqual(['A1235CD']);
    expect((await afterRestart()).person(WHO)).toEqual(people.person(WHO));
  });

  it('is not overwritten by what happened before, however late it is recorded', async () => {
    await record(named(5, 'John', 'Smyth'), inCell(5, 'B-2-017'), named(2, 'Jon', 'Smith'), inCell(2, 'A-1-001'));
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smyth' }, location: 'B-2-017' });
  });

  it('is, of what happened at one instant, what was recorded last', async () => {
    await record(named(5, 'John', 'Smyth'));
    await record(named(5, 'John', 'Smith'));
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smith' } });
  });

  it('is what it was before, once an event is withdrawn', async () => {
    const [wrong, opened, moved] = [named(3, 'Jim', 'Brown'), happened(3, 'AcctOpened'), inCell(3, 'C-1-001')];
    await record(arrived(1), named(1, 'John', 'Smith'), inCell(1, 'A-1-001'), wrong, opened, moved);
    await record(withdrawn(4, wrong), withdrawn(4, opened), withdrawn(4, moved));
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smith' }, location: 'A-1-001', acct: undefined });
  });

  it('does not take in what was withdrawn before it became known', async () => {
    const wrong = named(3, 'Jim', 'Brown');
    await record(arrived(1), named(1, 'John', 'Smith'), withdrawn(4, wrong), wrong);
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smith' } });
  });

  it('is, in transit, with the prison that sent them, and without a cell there', async () => {
    await record(arrived(1), inCell(1, 'A-1-001'), left(5, 'TRANSFERRED'));
    expect(people.person(WHO)).toMatchObject({ prisonId: 'XYI', inCustody: false, away: true, location: undefined });
    await record(arrived(6, 'XYM', 'TRANSFERRED'));
    expect(people.person(WHO)).toMatchObject({ prisonId: 'XYM', inCustody: true, location: undefined });
    await record(left(7, 'TRANSFERRED', 'XYM'), arrived(8, 'XYI', 'TRANSFERRED'));
    expect(people.person(WHO)).toMatchObject({ prisonId: 'XYI', location: undefined });
  });

  it('keeps the cell over a day at court', async () => {
    await record(arrived(1), inCell(1, 'A-1-001'), left(5, 'SENT_TO_COURT'));
    expect(people.person(WHO)).toMatchObject({ away: true, inCustody: true, location: 'A-1-001' });
    await record(arrived(6, 'XYI', 'RETURN_FROM_COURT'));
    expect(people.person(WHO)).toMatchObject({ away: false, location: 'A-1-001' });
  });

  it('tells an open ACCT, and one that is closed but not reviewed', async () => {
    const since = (day: number) => Date.parse(`2026-11-0${day}T10:00:00Z`);
    await record(arrived(1), happened(2, 'AcctOpened'), happened(3, 'AcctOpened'));
    expect(people.person(WHO)?.acct).toMatchObject({ state: 'OPEN', since: since(2) });
    await record(happened(4, 'AcctClosed'));
    expect(people.person(WHO)?.acct).toMatchObject({ state: 'POST_CLOSURE', since: since(4) });
    await record(happened(5, 'AcctPostClosureReviewHeld'), happened(6, 'AcctClosed'));
    expect(people.person(WHO)?.acct).toBeUndefined();
  });

  it('carries an ACCT, but neither segregation nor key worker, into a new stay', async () => {
    await record(arrived(1), happened(2, 'AcctOpened'), happened(2, 'SegregationStarted', { authority: 'OTHER' }));
    await record(happened(3, 'KeyWorkerAllocated', { staffId: '1001' }));
    expect(people.person(WHO)).toMatchObject({ segregated: true, keyWorker: '1001', acct: { state: 'OPEN' } });
    await record(left(5, 'TRANSFERRED'), arrived(5, 'XYM', 'TRANSFERRED'));
    expect(people.person(WHO)).toMatchObject({ segregated: false, keyWorker: undefined, acct: { state: 'OPEN' } });
  });

  it('keeps the key worker when the one before is deallocated afterwards', async () => {
    await record(arrived(1), happened(2, 'KeyWorkerAllocated', { staffId: '1001' }));
    await record(happened(3, 'KeyWorkerAllocated', { staffId: '1002' }));
    await record(happened(4, 'KeyWorkerDeallocated', { staffId: '1001' }));
    expect(people.person(WHO)?.keyWorker).toBe('1002');
  });

  it('counts what was recorded late where it happened', async () => {
    await record(arrived(3), happened(5, 'SegregationEnded'));
    await record(happened(4, 'SegregationStarted', { authority: 'OTHER' }));
    expect(people.person(WHO)?.segregated).toBe(false);
    await record(arrived(1, 'XYM'));
    expect(people.person(WHO)).toMatchObject({ prisonId: 'XYI' });
  });

  it('goes by the first that was ever heard, also where that is recorded late', async () => {
    const seen = (day: number, prisonId: string) =>
      happened(day, 'KeyWorkerSessionHeld', { staffId: '1001' }, { prisonId });
    await record(seen(5, 'XYI'));
    expect(people.person(WHO)).toMatchObject({ prisonId: 'XYI', inCustody: true });
    await record(seen(2, 'XYM'), seen(6, 'XYX'));
    expect(people.person(WHO)).toMatchObject({ prisonId: 'XYM', inCustody: true });
  });

  it('is the same after a restart', async () => {
    const wrong = named(3, 'Jim', 'Brown');
    await record(arrived(3), inCell(4, 'A-1-001'), named(2, 'John', 'Smith'), wrong, withdrawn(5, wrong));
    await record(happened(2, 'AcctOpened'), inCell(6, 'A-1-002'));
    expect((await afterRestart()).person(WHO)).toEqual(people.person(WHO));
  });
});

it('is the same, whatever the order in which it becomes known', async () => {
  const wrong = happened(8, 'AcctClosed');
  const life = [
    arrived(1),
    named(2, 'John', 'Smith'),
    inCell(3, 'A-1-001'),
    happened(4, 'KeyWorkerAllocated', { staffId: '1001' }),
    happened(5, 'AcctOpened'),
    left(6, 'TRANSFERRED'),
    arrived(7, 'XYM', 'TRANSFERRED'),
    wrong,
    inCell(9, 'B-2-017', 'XYM'),
    happened(10, 'SegregationStarted', { authority: 'OTHER' }, { prisonId: 'XYM' }),
    withdrawn(11, wrong),
    named(12, 'John', 'Smyth'),
  ];
  await record(...life);
  const inOrder = people.person(WHO);
  expect(inOrder).toMatchObject({ prisonId: 'XYM', acct: { state: 'OPEN' }, location: 'B-2-017', segregated: true });
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(life, { minLength: life.length }), async (shuffled) => {
      begin();
      await record(...shuffled);
      expect(people.person(WHO)).toEqual(inOrder);
    }),
  );
});

describe('an erased person', () => {
  it('has no name and no cell any more, and cannot be found by name', async () => {
    await record(arrived(1), named(1, 'John', 'Smith'), inCell(1, 'A-1-001'));
    await erase(WHO, 'COURT_ORDER');
    await untilRead();
    for (const model of [people, await afterRestart()]) {
      expect(model.person(WHO)).toMatchObject({ name: undefined, location: undefined, prisonId: 'XYI' });
      expect(model.find('smith', ALL_PRISONS)).toEqual([]);
    }
  });

  it('goes by what was recorded since', async () => {
    await record(arrived(3), named(4, 'John', 'Smith'));
    await erase(WHO, 'RECORDED_IN_ERROR');
    await record(named(2, 'Jack', 'Jones'));
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Jones' } });
    await record(arrived(1));
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Jones' } });
  });
});

describe('people whose records were merged', () => {
  const merged = (day: number, removed: string, kept = WHO) =>
    happened(day, 'PrisonerRecordsMerged', { removedPrisonNumber: removed }, { prisonNumber: kept });

  it('are one person under the number that was kept, by whichever they are asked for', async () => {
    await record(named(1, 'John', 'Smith', 'B0001AA'), arrived(2), merged(3, 'B0001AA'));
    const person = people.person(WHO);
    expect(person).toMatchObject({
      prisonNumber: WHO,
      name: { firstName: 'John', lastName: 'Smith' },
      formerNumbers: [{ prisonNumber: 'B0001AA', until: Date.parse('2026-11-03T10:00:00Z') }],
    });
    expect(people.person('B0001AA')).toEqual(person);
    expect(people.find('B0001AA', ALL_PRISONS)).toEqual([WHO]);
    expect(people.find('smith', ALL_PRISONS)).toEqual([WHO]);
  });

  it('stay one through several merges, in whatever order these become known', async () => {
    await record(merged(4, WHO, 'C0001AA'), merged(3, 'B0001AA'));
    await record(happened(1, 'AcctOpened', {}, { prisonNumber: 'B0001AA' }));
    expect(people.person('B0001AA')).toMatchObject({ prisonNumber: 'C0001AA', acct: { state: 'OPEN' } });
    expect((await afterRestart()).person('B0001AA')).toEqual(people.person('C0001AA'));
  });

  it('are parted again when the merge is withdrawn', async () => {
    const mistake = merged(3, 'B0001AA');
    await record(named(1, 'John', 'Smith'), named(1, 'Ann', 'Other', 'B0001AA'), mistake);
    await record(withdrawn(4, mistake));
    expect(people.person('B0001AA')).toMatchObject({ prisonNumber: 'B0001AA', name: { lastName: 'Other' } });
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smith' }, formerNumbers: [] });
  });

  it('keep what is known under the one number when what is personal under the other is erased', async () => {
    await record(named(1, 'John', 'Smith'), inCell(2, 'A-1-01'), named(3, 'Jon', 'Smyth', 'B0001AA'));
    await record(merged(4, 'B0001AA'));
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smyth' } });
    await erase('B0001AA', 'RECORDED_IN_ERROR');
    await untilRead();
    expect(people.person(WHO)).toMatchObject({ name: { lastName: 'Smith' } });
  });
});

describe('a record that is told again', () => {
  const told = (revision: number, day: number, type: string, prisonNumber = WHO) =>
    happened(day, type, {}, { prisonNumber, source: { system: 'acct', id: '7', revision } });

  it('stands as it was told last, be it about somebody else', async () => {
    await record(told(1, 2, 'AcctOpened'));
    expect(people.person(WHO)).toMatchObject({ acct: { state: 'OPEN' } });
    await record(told(2, 2, 'AcctOpened', 'B0001AA'));
    expect(people.person(WHO)?.acct).toBeUndefined();
    expect(people.person('B0001AA')).toMatchObject({ acct: { state: 'OPEN' } });
  });
});

describe('finding people', () => {
  beforeEach(() =>
    record(
      named(1, 'John', 'Smith'),
      named(1, 'José María', "O'Neil-Smith", 'A1235CD'),
      named(1, 'John', 'Smith', 'B0001AA'),
      named(1, 'Smithson', 'Ashe', 'B0002AA'),
    ),
  );

  it.each([
    ['A1234BC', ['A1234BC']],
    ['a1234 bc', ['A1234BC']],
    ['a123', ['A1235CD', 'A1234BC']],
    ['smith', ['B0002AA', 'A1235CD', 'A1234BC']],
    ['SMI', ['B0002AA', 'A1235CD', 'A1234BC']],
    ['john smith', ['A1234BC']],
    ['Smith, John', ['A1234BC']],
    ['smith,', ['A1235CD', 'A1234BC']],
    [', smith', ['B0002AA']],
    ['jose oneil', ['A1235CD']],
    ['O’NEIL', ['A1235CD']],
    ['mith', []],
    ['s', []],
    ['.*', []],
    ['', []],
  ])('by "%s", within the prisons of the one who asks', (text, found) => {
    expect(people.find(text, XYI)).toEqual(found);
  });

  it('finds somebody by a name that they had before, too, and shows the one that they have', async () => {
    await record(named(3, 'John', 'Doe'), named(2, 'Johnny', 'Roe'));
    for (const text of ['smith, john', 'roe', 'doe']) expect(people.find(text, XYI)).toContain(WHO);
    expect(people.find('johnny doe', XYI)).toEqual([]);
    expect(people.person(WHO)?.name).toEqual({ firstName: 'John', lastName: 'Doe' });
    expect((await afterRestart()).find('roe', XYI)).toEqual([WHO]);
    expect(people.find('roe', new Set(['XYM']))).toEqual([]);
  });

  it('finds nobody by a name that was withdrawn, or erased', async () => {
    const wrong = named(2, 'Johnny', 'Roe');
    await record(wrong, named(3, 'John', 'Doe'));
    await record(withdrawn(4, wrong));
    expect(people.find('roe', XYI)).toEqual([]);
    await erase(WHO, 'ERASURE_REQUESTED');
    await untilRead();
    for (const text of ['smith, john', 'doe']) expect(people.find(text, XYI)).not.toContain(WHO);
  });

  it('finds nobody for those who see no prison, and everybody for those who see all', () => {
    expect(people.find('smith', { has: () => false })).toEqual([]);
    expect(people.find('smith, john', ALL_PRISONS)).toEqual(['A1234BC', 'B0001AA']);
  });

  it('finds no more than 100', async () => {
    const many = Array.from({ length: 120 }, (_, n) => `C${String(n).padStart(4, '0')}AA`);
    await record(...many.map((prisonNumber) => named(1, 'Ann', 'Other', prisonNumber)));
    expect(people.find('other', ALL_PRISONS)).toHaveLength(100);
  });
});

describe('the name of a member of staff', () => {
  const staff = (day: number, name: string) =>
    happened(day, 'StaffDetailsChanged', { staffId: '1001', name }, { prisonNumber: undefined });

  it('is the latest that was recorded', async () => {
    expect(people.staffName('1001', ALL_PRISONS)).toBeUndefined();
    await record(staff(4, 'Amy Marke'), staff(2, 'Amy Jones'));
    expect(people.staffName('1001', ALL_PRISONS)).toBe('Amy Marke');
  });

  it('stays what the own prison told, whatever another calls them', async () => {
    await tell('XYI', staff(2, 'Amy Marke'));
    await tell('XYM', staff(4, 'Mickey Mouse'));
    expect([people.staffName('1001', XYI), people.staffName('1001', new Set(['XYM']))]).toEqual([
      'Amy Marke',
      'Mickey Mouse',
    ]);
  });

  it('is what any other prison told where the own one told none', async () => {
    await tell('XYM', staff(2, 'Amy Marke'));
    expect(people.staffName('1001', XYI)).toBe('Amy Marke');
  });

  it('is the latest for everybody where it is told for all prisons', async () => {
    await tell('XYI', staff(2, 'Amy Marke'));
    await record(staff(4, 'Amy Jones'));
    expect(people.staffName('1001', XYI)).toBe('Amy Jones');
  });
});
