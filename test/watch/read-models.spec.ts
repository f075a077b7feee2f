import { describe, expect } from '@jest/globals';
import { custodyStreamPrefixes } from '../../src/custody/streams.js';
import { tellFigures } from '../../src/key-work/figures/prison-figures.js';
import { LIMITS } from '../key-work-limits.js';
import { KeyWorkFigures } from '../../src/key-work/figures/key-work-figures.js';
import { PersonStreams } from '../../src/custody/person-streams.js';
import { ALERT_STREAMS } from '../../src/safety-alerts/alert/alert-ids.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import type { Json, Position, RecordedEvent } from '../../src/store/event-store.js';
import type { Snapshot } from '../../src/store/snapshot-store.js';
import { eachCase } from '../acceptance/each-case.js';
import { live, some } from './lives.js';
import { days, PREFIX, Service } from './service.js';

interface Model {
  apply(recorded: RecordedEvent): Promise<void> | void;
  settle?(position: Position): Promise<void>;
  memory(): Iterable<Json>;
  recall(snapshot: Snapshot): void;
}

const A_FEW_PLACES = 7;
const inAnyOrder = (figures: readonly object[]): string[] => figures.map((figure) => JSON.stringify(figure)).sort();
const asText = (model: Model): string => JSON.stringify([...model.memory()]);

/** What a model makes of these events, and what one makes of them that was written down and taken up on the way. */
const readTwice = async <M extends Model>(events: readonly RecordedEvent[], fresh: () => M): Promise<[M, M]> => {
  const take = async (model: M, event: RecordedEvent): Promise<void> => {
    await model.apply(event);
    await model.settle?.(event.position);
  };
  const straight = fresh();
  for (const event of events) await take(straight, event);
  let interrupted = fresh();
  for (const [index, event] of events.entries()) {
    await take(interrupted, event);
    if (index % Math.ceil(events.length / A_FEW_PLACES) !== 3) continue;
    const parts = JSON.parse(asText(interrupted)) as Json[];
    interrupted = fresh();
    interrupted.recall({ upTo: event, parts });
  }
  return [straight, interrupted];
};

describe('a read model that is written down on the way and taken up by another process', () => {
  const services = new Map<string, Service>();
  const logOf = async (name: string, streamPrefixes: readonly string[]): Promise<RecordedEvent[]> => {
    const { store } = services.get(name) ?? (await lived(name));
    const events: RecordedEvent[] = [];
    for await (const event of store.readAll({ filter: { streamPrefixes } })) events.push(event);
    return events;
  };
  const lived = async (name: string): Promise<Service> => {
    const service = new Service();
    await live(some(name, 12).events, undefined, service);
    services.set(name, service);
    return service;
  };

  eachCase('%s: shows the same safety alerts, with the same figures', async (name) => {
    const events = await logOf(name, [PREFIX + ALERT_STREAMS]);
    const compare = (a: string, b: string) => Number(a) - Number(b);
    const [straight, interrupted] = await readTwice(events, () => new AlertIndex(PREFIX, compare));
    expect(interrupted.open()).toEqual(straight.open());
    const shown = ({ openFigures: of }: AlertIndex) => [of.byPrison(), of.byRule(), of.oldest()].map(inAnyOrder);
    expect(shown(interrupted)).toEqual(shown(straight));
    expect(interrupted.figures.memory).toEqual(straight.figures.memory);
    expect(interrupted.read.position).toBe(straight.read.position);
    expect(asText(interrupted)).toBe(asText(straight));
  });

  eachCase('%s: counts the same key work', async (name) => {
    const events = await logOf(name, custodyStreamPrefixes(PREFIX));
    const { store, clock } = services.get(name) ?? (await lived(name));
    const streams = new PersonStreams(store, PREFIX);
    const compare = store.compare.bind(store);
    const fresh = () => new KeyWorkFigures({ streams, days, compare, prefix: PREFIX, limits: LIMITS });
    const [straight, interrupted] = await readTwice(events, fresh);
    const period = { from: days.dayOf(clock.now()) - 27, to: days.dayOf(clock.now()) };
    for (const prison of straight.everyPrison) {
      const told = (figures: KeyWorkFigures) => tellFigures(prison, period, { figures, days, now: clock.now() });
      expect(told(interrupted)).toEqual(told(straight));
      const unseen = ({ unseen: of }: KeyWorkFigures) => [of.of(prison, 'neverSeen'), of.of(prison, 'overdue')];
      expect(unseen(interrupted)).toEqual(unseen(straight));
    }
    expect([...interrupted.memory()]).toEqual([...straight.memory()]);
  });
});
