/** Custody events as feeds send them: most within minutes, some days late, some twice, some again in other words. */
import { hash } from 'node:crypto';
import type { CustodyEventType } from '../custody/catalogue/catalogue.js';
import { DAY, HOUR, type Instant, MINUTE, toIso } from '../prison/instant.js';
import type { Json } from '../store/event-store.js';
import type { Chance } from './chance.js';
import { happens } from './happening.js';
import type { HappeningInPrison } from './invented-life.js';

/** A custody event as it is sent: a line of NDJSON (docs/events.md). Instants are ISO 8601 in UTC. */
export interface GeneratedEvent {
  readonly id: string;
  readonly type: CustodyEventType;
  readonly prisonNumber?: string;
  readonly prisonId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly source: { readonly system: string; readonly id?: string; readonly revision?: number };
  readonly data: Json;
}

/** How likely an event is sent twice, word for word; a session is told again, corrected; key work is written up late. */
const TWICE = 0.005;
const CORRECTED = 0.03;
const LATE_KEY_WORK = 0.06;
const LATE = 0.03;

export interface TellingPractice {
  readonly seed: number;
  /** All of it at once, once, and without a mistake. */
  readonly prompt: boolean;
  readonly chance: Chance;
}

/** All that is told of a happening, in no order. */
export const told = (what: HappeningInPrison, practice: TellingPractice): GeneratedEvent[] => {
  const { happening } = what;
  const { seed, prompt, chance } = practice;
  const recordedAt = happening.at + (happening.recordedAfter ?? (prompt ? 2 * MINUTE : delay(happening.type, chance)));
  const event = asEvent(what, recordedAt, seed);
  if (prompt) return [event];
  return [
    event,
    ...(chance.happens(TWICE) ? [event] : []),
    ...(event.type === 'KeyWorkerSessionHeld' && chance.happens(CORRECTED)
      ? [corrected(event, recordedAt, practice)]
      : []),
    ...(happening.withdrawnAfter === undefined ? [] : [withdrawal(what, event, recordedAt, seed)]),
  ];
};

const asEvent = (
  { happening: { at, type, data }, prisonNumber, prisonId }: HappeningInPrison,
  recordedAt: Instant,
  seed: number,
): GeneratedEvent => {
  const id = idOf([seed, prisonNumber ?? prisonId, type, at, data, recordedAt]);
  const system = `generated.${feedOf(type)}`;
  return {
    id,
    type,
    ...(prisonNumber !== undefined && { prisonNumber }),
    prisonId,
    occurredAt: toIso(at),
    recordedAt: toIso(recordedAt),
    source: type === 'KeyWorkerSessionHeld' ? { system, id: id.slice(0, 13) } : { system },
    data,
  };
};

/** The same record once more: somebody has put the minutes right. */
const corrected = (event: GeneratedEvent, first: Instant, { seed, chance }: TellingPractice): GeneratedEvent => ({
  ...event,
  id: idOf([seed, event.id]),
  recordedAt: toIso(first + chance.between(1, 72) * HOUR),
  source: { ...event.source, revision: 1 },
  data: { ...event.data, minutes: chance.pick([20, 30, 40, 60]) },
});

const withdrawal = (what: HappeningInPrison, event: GeneratedEvent, first: Instant, seed: number): GeneratedEvent => {
  const at = first + (what.happening.withdrawnAfter ?? 0);
  const data = { withdraws: event.id, reason: 'Entered for the wrong person.' };
  return asEvent({ ...what, happening: happens(at, 'EventWithdrawn', data) }, at + MINUTE, seed);
};

/** The same content has the same id: a UUID of version 8, which is nobody else's. */
const idOf = (content: unknown): string => {
  const hex = hash('sha1', JSON.stringify(content));
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

/** How long it takes until it is recorded. */
const delay = (type: CustodyEventType, chance: Chance): number => {
  if (feedOf(type) === 'case-notes')
    return chance.happens(LATE_KEY_WORK) ? chance.between(1, 4) * DAY : chance.between(10, 300) * MINUTE;
  return (chance.happens(LATE) ? chance.between(2 * 60, 36 * 60) : chance.between(1, 30)) * MINUTE;
};

/** What the source's system is called, after `generated.`: so it can be told from real data. */
const feedOf = (type: CustodyEventType): string =>
  FEEDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'safer-custody';

const FEEDS: readonly (readonly [RegExp, string])[] = [
  [/^(KeyWorkerSession|KeyWorkerEntry|CaseNote)/, 'case-notes'],
  [/^(KeyWorker|Staff)/, 'allocations'],
  [/^(Prisoner|Person|CellMoved|LegalStatus)/, 'movements'],
  [/^(Adjudication|CellularConfinement|SocialVisits)/, 'adjudications'],
  [/^Incentive/, 'incentives'],
  [/^(RiskMarker|ComplexityOfNeed)/, 'markers'],
  [/^(VisitCancelled|FamilyContact)/, 'visits'],
];
