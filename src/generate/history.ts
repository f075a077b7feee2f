import { type Instant, toIso } from '../prison/instant.js';
import type { Day } from '../prison/local-days.js';
import { Calendar } from './calendar.js';
import { Chance } from './chance.js';
import type { SpanOfTime } from './invented-life.js';
import { Population, type ShapeName, WEEKS_OF_FILLING } from './population.js';
import type { Practice } from './practice.js';
import { type GeneratedEvent, told } from './telling.js';

export interface HistoryOptions extends Practice {
  /** How many are in prison at a time. */
  readonly people: number;
  /** How many local days it goes on once the prisons are full. */
  readonly days: number;
  readonly seed: number;
  readonly shape: ShapeName;
  /** An instant of the first day on which they are full; four weeks before it they begin to fill. */
  readonly from: Instant;
  /** The number of the first person (names.ts): whoever comes later has a higher one. 0 where nothing is said. */
  readonly firstNumber?: number;
}

/**
 * An invented history of prisons, in the order in which it was recorded: the same options give the same events, ids
 * included. It holds a week at a time, and who is there. What is recorded after the last day is left out.
 */
export function* generatedHistory(options: HistoryOptions): Generator<GeneratedEvent> {
  const { people, days, seed, shape, from, every, calm, firstNumber = 0 } = options;
  const calendar = new Calendar();
  const chance = new Chance(seed);
  const population = new Population({
    ...{ people, shape, practice: { every, calm }, firstNumber },
    ...{ calendar, chance: chance.of('who') },
  });
  const practice = { seed, prompt: every !== undefined, chance: chance.of('telling') };
  const first = calendar.days.dayOf(from) - 7 * WEEKS_OF_FILLING;
  let waiting = population.staff(calendar.days.startOf(first)).flatMap((what) => told(what, practice));
  for (const week of weeksOf(calendar, first, 7 * WEEKS_OF_FILLING + days)) {
    for (const what of population.week(week)) waiting.push(...told(what, practice));
    const end = toIso(week.until);
    const now = waiting.filter(({ recordedAt }) => recordedAt < end);
    waiting = waiting.filter(({ recordedAt }) => recordedAt >= end);
    yield* inTheOrderRecorded(now);
  }
}

function* weeksOf({ days }: Calendar, first: Day, count: number): Generator<SpanOfTime> {
  for (let day = first; day < first + count; day += 7)
    yield { from: days.startOf(day), until: days.startOf(Math.min(day + 7, first + count)) };
}

const inTheOrderRecorded = (events: GeneratedEvent[]): GeneratedEvent[] =>
  events.sort(
    (a, b) => compare(a.recordedAt, b.recordedAt) || compare(a.occurredAt, b.occurredAt) || compare(a.id, b.id),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
