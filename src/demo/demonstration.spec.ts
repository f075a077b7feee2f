import { beforeAll, describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../custody/catalogue/catalogue.js';
import { isRefusal, readCustodyEvent } from '../custody/read-custody-event.js';
import { toIso } from '../prison/instant.js';
import { Demonstration, demonstrationEvents } from './demonstration.js';
import { type DemonstrationEvent, DEMONSTRATION } from './recording.js';
import { PRISON } from './stay.js';

const NOW = Date.parse('2026-11-20T10:15:00Z');
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

const ids = (events: readonly DemonstrationEvent[]): string[] => events.map(({ id }) => id);

describe('the history of the demonstration', () => {
  let history: DemonstrationEvent[];
  beforeAll(() => {
    history = demonstrationEvents({ now: NOW });
  });

  it('is the same for the same now and seed', () => {
    expect(demonstrationEvents({ now: NOW })).toEqual(history);
  });

  it('is another for another seed', () => {
    const known = new Set(ids(history));
    const other = demonstrationEvents({ now: NOW, seed: 2 });
    expect(other.filter(({ id }) => !known.has(id)).length).toBeGreaterThan(other.length / 2);
  });

  it('holds only events that the catalogue takes, as they are', () => {
    const refused = history.map((event) => readCustodyEvent(event, { now: NOW, recordedAtDefault: 'occurredAt' }));
    expect(refused.filter(isRefusal)).toEqual([]);
  });

  it('survives being written as NDJSON', () => {
    expect(history.map((event) => JSON.parse(JSON.stringify(event)) as unknown)).toEqual(history);
  });

  it('is small enough to be loaded in a second or two', () => {
    expect(history.length).toBeGreaterThan(5_000);
    expect(history.length).toBeLessThan(16_000);
  });

  it('was recorded after it happened, in this order, and never after now', () => {
    const instants = history.map(({ recordedAt }) => recordedAt);
    expect(history.filter(({ occurredAt, recordedAt }) => recordedAt < occurredAt)).toEqual([]);
    expect(instants).toEqual([...instants].sort());
    expect(instants.at(-1)).toBe(toIso(NOW));
  });

  it('gives every event an id of its own', () => {
    expect(new Set(ids(history)).size).toBe(history.length);
  });

  it('withdraws only what it holds', () => {
    const known = new Set(ids(history));
    const withdrawn = history.filter(({ type }) => type === 'EventWithdrawn').map(({ data }) => data.withdraws);
    expect(withdrawn.length).toBeGreaterThan(0);
    expect(withdrawn.filter((id) => !known.has(id as string))).toEqual([]);
  });

  it('could not be taken for real: numbers, names and source say so', () => {
    const people = history.filter(({ prisonNumber }) => prisonNumber !== undefined);
    expect(people.filter(({ prisonNumber }) => !/^Z\d{4}[A-Z]{2}$/.test(prisonNumber ?? ''))).toEqual([]);
    expect(history.filter(({ source }) => source.system !== DEMONSTRATION)).toEqual([]);
    const named = history.filter(({ type, prisonId }) => type === 'PersonDetailsChanged' && prisonId === PRISON);
    const names = new Map(
      named.map(({ prisonNumber, data }) => [prisonNumber, `${String(data.lastName)}, ${String(data.firstName)}`]),
    );
    expect(new Set(names.values()).size).toBe(names.size);
  });

  it('uses the whole catalogue but for what only the check of a roll tells', () => {
    const used = new Set<string>(history.map(({ type }) => type));
    expect([...CATALOGUE.keys()].filter((type) => !used.has(type))).toEqual(['FoundOnRoll']);
  });

  it('ends with the event that says when the demonstration began', () => {
    expect(history.at(-1)).toMatchObject({
      type: 'FeedCompleteUntil',
      data: { feed: DEMONSTRATION, until: toIso(NOW) },
    });
  });
});

describe('the demonstration, as it goes on living', () => {
  it('tells nothing before its beginning', () => {
    expect(new Demonstration(NOW).advance(NOW)).toEqual([]);
  });

  it('tells everything once, however often it is asked', () => {
    const often = new Demonstration(NOW);
    const told = Array.from({ length: 600 }, (_, second) => often.advance(NOW + (second + 1) * 1_000)).flat();
    expect(told).toEqual(new Demonstration(NOW).advance(NOW + 600_000));
    expect(new Set(ids(told)).size).toBe(told.length);
  });

  it('has not told before what it tells now', () => {
    const demonstration = new Demonstration(NOW);
    const known = new Set(ids(demonstration.history()));
    expect(demonstration.advance(NOW + 28 * DAY).filter(({ id }) => known.has(id))).toEqual([]);
  });

  it('tells something in the first ten seconds, and something in each of the first ten minutes', () => {
    const demonstration = new Demonstration(NOW);
    expect(demonstration.advance(NOW + 10_000).length).toBeGreaterThan(0);
    const silent = Array.from({ length: 10 }, (_, minute) => demonstration.advance(NOW + (minute + 1) * MINUTE));
    expect(silent.filter((events) => events.length === 0)).toEqual([]);
  });

  it('goes on for four weeks, every day', () => {
    const demonstration = new Demonstration(NOW);
    const days = Array.from({ length: 27 }, (_, day) => demonstration.advance(NOW + (day + 1) * DAY).length);
    expect(Math.min(...days)).toBeGreaterThan(20);
  });

  it('tells only what the catalogue takes at that moment', () => {
    const demonstration = new Demonstration(NOW);
    const readings = Array.from({ length: 28 * 24 }, (_, hour) => NOW + (hour + 1) * 60 * MINUTE).flatMap((now) =>
      demonstration.advance(now).map((event) => readCustodyEvent(event, { now, recordedAtDefault: 'now' })),
    );
    expect(readings.filter(isRefusal)).toEqual([]);
  });

  it('tells again after a restart what it told before, by the same ids, and what was missed', () => {
    const before = ids(new Demonstration(NOW).advance(NOW + 5 * MINUTE));
    const after = ids(new Demonstration(NOW).advance(NOW + 60 * MINUTE));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
  });
});
