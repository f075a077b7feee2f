import { beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal, readCustodyEvent } from '../custody/read-custody-event.js';
import { LocalDays } from '../prison/local-days.js';
import { generatedHistory, type HistoryOptions } from './history.js';
import { SHAPE_NAMES } from './population.js';
import type { GeneratedEvent } from './telling.js';

const FROM = Date.parse('2025-01-01T00:00:00Z');
const DAY = 86_400_000;
const PEOPLE = 1_200;
const DAYS = 182;

const generated = (options: Partial<HistoryOptions>): GeneratedEvent[] => [
  ...generatedHistory({ people: 60, days: 60, seed: 1, shape: 'estate', from: FROM, ...options }),
];

/** What matches, by type. */
const ofType = (events: readonly GeneratedEvent[], ...types: string[]): GeneratedEvent[] =>
  events.filter(({ type }) => types.includes(type));

const withReason = (events: readonly GeneratedEvent[], type: string, ...reasons: string[]): GeneratedEvent[] =>
  ofType(events, type).filter(({ data }) => reasons.includes(String(data['reason'])));

describe('a generated history', () => {
  it('is the same for the same options, and another for another seed', () => {
    const history = generated({});
    expect(generated({})).toEqual(history);
    const ids = new Set(history.map(({ id }) => id));
    expect(generated({ seed: 2 }).filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it.each(SHAPE_NAMES)('of %s holds only what the catalogue takes, and survives being written', (shape) => {
    const history = generated({ shape, people: 150, days: 120 });
    const refused = history
      .map((event) => JSON.parse(JSON.stringify(event)) as unknown)
      .map((event) => readCustodyEvent(event, { now: Infinity, recordedAtDefault: 'occurredAt' }))
      .filter(isRefusal);
    expect(refused).toEqual([]);
    expect(history.length).toBeGreaterThan(1_000);
  });

  it('begins without living through all of it, so that it need not be held', () => {
    const history = generatedHistory({ people: 10, days: 300_000, seed: 1, shape: 'local', from: FROM });
    expect(history.next().value).toMatchObject({ type: 'StaffDetailsChanged' });
  });

  it('could not be taken for real: prisons, numbers and sources say so', () => {
    const history = generated({});
    expect(history.filter(({ prisonId }) => !/^[LTWO][A-Z][Q-Z]$/.test(prisonId))).toEqual([]);
    expect(history.filter(({ prisonNumber }) => !/^Z\d{4}[A-Z]{2}$/.test(prisonNumber ?? 'Z0000AA'))).toEqual([]);
    expect(history.filter(({ source }) => !source.system.startsWith('generated.'))).toEqual([]);
  });
});

describe('half a year of the estate', () => {
  let all: GeneratedEvent[];
  let once: GeneratedEvent[];
  let lived: GeneratedEvent[];
  beforeAll(() => {
    all = generated({ people: PEOPLE, days: DAYS });
    once = [...new Map(all.map((event) => [event.id, event])).values()];
    lived = once.filter(({ occurredAt }) => Date.parse(occurredAt) >= FROM);
  });

  /** How many a year, for each person in prison. */
  const aYear = (events: readonly unknown[]): number => events.length / ((PEOPLE * DAYS) / 365);

  it('was recorded in this order, after it happened, and by the end of the last day', () => {
    const instants = all.map(({ recordedAt }) => recordedAt);
    expect(instants).toEqual([...instants].sort());
    expect(all.filter(({ occurredAt, recordedAt }) => recordedAt < occurredAt)).toEqual([]);
    expect(Date.parse(instants.at(-1) ?? '')).toBeLessThan(new LocalDays().startOf(FROM / DAY + DAYS));
  });

  // docs/generate.md has these figures with their sources; what is counted here, chance moves by a tenth or two.
  it.each([
    ['first receptions', 0.85, () => withReason(lived, 'PrisonerReceived', 'NEW_ADMISSION', 'READMISSION')],
    ['recalls', 0.48, () => withReason(lived, 'PrisonerReceived', 'RECALL')],
    ['charges', 3.2, () => ofType(lived, 'AdjudicationReported')],
    ['self-harm', 0.9, () => ofType(lived, 'SelfHarmReported')],
    ['all events', 100, () => lived],
  ])('brings about as many as is published: %s', (_, published, events) => {
    expect(aYear(events())).toBeGreaterThan(published * 0.75);
    expect(aYear(events())).toBeLessThan(published * 1.3);
  });

  it('has a tenth of the people pass through segregation in a quarter, and one in fifty on ACCT at a time', () => {
    const quarter = lived.filter(({ occurredAt }) => Date.parse(occurredAt) < FROM + 91 * DAY);
    const segregated = new Set(ofType(quarter, 'SegregationStarted').map(({ prisonNumber }) => prisonNumber));
    expect(segregated.size / PEOPLE).toBeGreaterThan(0.07);
    expect(segregated.size / PEOPLE).toBeLessThan(0.13);
    const middle = new Date(FROM + 91 * DAY).toISOString();
    const open = (type: string): number => ofType(once, type).filter(({ occurredAt }) => occurredAt < middle).length;
    expect((open('AcctOpened') - open('AcctClosed')) / PEOPLE).toBeGreaterThan(0.01);
    expect((open('AcctOpened') - open('AcctClosed')) / PEOPLE).toBeLessThan(0.045);
  });

  it('is recorded late, twice, in other words and by mistake, as real feeds are', () => {
    const ids = new Set(once.map(({ id }) => id));
    const late = once.filter((event) => Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > DAY);
    expect(late.length).toBeGreaterThan(all.length / 100);
    expect(all.length - once.length).toBeGreaterThan(all.length / 500);
    const revised = once.filter(({ source }) => source.revision === 1);
    const records = new Set(once.map(({ source }) => source.id));
    expect(revised.length).toBeGreaterThan(20);
    expect(revised.filter(({ source }) => !records.has(source.id))).toEqual([]);
    const withdrawn = ofType(once, 'EventWithdrawn');
    expect(withdrawn.length).toBeGreaterThan(10);
    expect(withdrawn.filter(({ data }) => !ids.has(String(data['withdraws'])))).toEqual([]);
    expect(ofType(once, 'PrisonerRecordsMerged').length).toBeGreaterThan(0);
  });

  it('has people away, moved between its prisons, and back again', () => {
    const away = ['SENT_TO_COURT', 'TAKEN_TO_HOSPITAL', 'TEMPORARY_ABSENCE_RELEASE'];
    for (const reason of away) expect(withReason(lived, 'PrisonerReleased', reason).length).toBeGreaterThan(20);
    const moved = withReason(lived, 'PrisonerReleased', 'TRANSFERRED');
    const came = new Set(withReason(lived, 'PrisonerReceived', 'TRANSFERRED').map(({ prisonNumber }) => prisonNumber));
    expect(moved.length).toBeGreaterThan(50);
    expect(moved.filter(({ prisonNumber }) => came.has(prisonNumber)).length).toBeGreaterThan(moved.length * 0.9);
  });

  it('gives people about one session in two weeks, where there is key work; one key worker in six is away', () => {
    const wings = lived.filter(({ prisonId }) => /^[LT]/.test(prisonId));
    const sessions = ofType(wings, 'KeyWorkerSessionHeld').filter(({ source }) => source.revision === undefined);
    expect(aYear(sessions) / 0.9).toBeGreaterThan(20);
    expect(aYear(sessions) / 0.9).toBeLessThan(34);
    const elsewhere = lived.filter(({ prisonId }) => /^[WO]/.test(prisonId));
    expect(ofType(elsewhere, 'KeyWorkerAllocated', 'KeyWorkerSessionHeld')).toEqual([]);
    const staff = new Set(ofType(once, 'StaffDetailsChanged').map(({ data }) => data['staffId']));
    const last = new Map(
      ofType(once, 'KeyWorkerAvailabilityChanged').map(({ data }) => [data['staffId'], data['status']]),
    );
    const absent = [...last.values()].filter((status) => status !== 'ACTIVE').length / staff.size;
    expect(absent).toBeGreaterThan(0.06);
    expect(absent).toBeLessThan(0.3);
  });
});

describe('a history at a fixed interval, in which nothing goes wrong', () => {
  const history = generated({ people: 100, days: 300, shape: 'local', every: 14, calm: true });
  const kept = new Map(
    ofType(history, 'PrisonerRecordsMerged').map(({ prisonNumber, data }) => [
      data['removedPrisonNumber'],
      prisonNumber,
    ]),
  );
  const stays = Map.groupBy(history, ({ prisonNumber }) => kept.get(prisonNumber ?? '') ?? prisonNumber);

  it('holds a session at least so often', () => {
    const days = new LocalDays();
    const dayOf = ({ occurredAt }: GeneratedEvent): number => days.dayOf(Date.parse(occurredAt));
    for (const events of stays.values()) {
      const told = ofType(events, 'KeyWorkerSessionHeld', 'PrisonerReceived')
        .filter(({ data }) => !/RETURN/.test(String(data['reason'])))
        .sort((a, b) => dayOf(a) - dayOf(b));
      const gaps = told
        .map((event, place) => [event, told[place - 1]] as const)
        .filter(([event]) => event.type === 'KeyWorkerSessionHeld')
        .map(([event, before]) => dayOf(event) - (before ? dayOf(before) : 0));
      expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(14);
    }
  });

  it('holds nothing that is a risk, and is recorded at once', () => {
    const calm =
      /^(Prisoner|Person|CellMoved|KeyWorker(Allocated|Deallocated|SessionHeld)|Staff|RiskMarker|Complexity)/;
    expect(history.filter(({ type }) => !calm.test(type))).toEqual([]);
    const late = history.filter((event) => Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > 2 * 60_000);
    expect(ofType(late, 'KeyWorkerSessionHeld')).toEqual([]);
  });
});
