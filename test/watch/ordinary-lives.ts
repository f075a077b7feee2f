import type { CustodyEvent } from '../../src/custody/custody-event.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const BEGUN = Date.parse('2026-01-05T15:20:00Z');

/** Something that happened to a person, known when it happened. */
const happened = (
  person: number,
  count: number,
  at: number,
  what: Pick<CustodyEvent, 'type' | 'data'>,
): CustodyEvent => {
  const instant = new Date(at).toISOString();
  return {
    id: `0d9b4f0c-59f1-4c76-8e52-${String(person).padStart(6, '0')}${String(count).padStart(6, '0')}`,
    prisonNumber: `A${String(person).padStart(4, '0')}AA`,
    prisonId: 'XYI',
    occurredAt: instant,
    occurredAtMs: at,
    recordedAt: instant,
    recordedAtMs: at,
    ...what,
  };
};

const RECEIVED = { type: 'PrisonerReceived', data: { reason: 'NEW_ADMISSION' } } as const;
const SESSION = { type: 'KeyWorkerSessionHeld', data: { staffId: '1001', minutes: 45 } } as const;
const RELEASED = { type: 'PrisonerReleased', data: { reason: 'RELEASED' } } as const;

/**
 * People who come in within minutes of one another. A third are never spoken to, a third are after four days, too late
 * for one safeguard, and a third go home before the other falls due. By instant, in order; then an instant at which all
 * has fallen due.
 */
export const ordinaryLives = (
  count: number,
): { readonly instants: [number, CustodyEvent][]; readonly until: number } => {
  const people = Array.from({ length: count }, (_, index) => index + 1);
  const events = people.flatMap((person) => {
    const arrival = BEGUN + person * MINUTE;
    const later =
      person % 3 === 0 ? [] : [happened(person, 2, arrival + 4 * DAY, person % 3 === 1 ? SESSION : RELEASED)];
    return [happened(person, 1, arrival, RECEIVED), ...later];
  });
  return {
    instants: events.map((event): [number, CustodyEvent] => [event.occurredAtMs, event]).sort(([a], [b]) => a - b),
    until: BEGUN + 8 * DAY,
  };
};
