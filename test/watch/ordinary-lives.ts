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
 * People who come in within minutes of one another. A third are never spoken to, a third are after a week, which is too
 * late, and a third go home before that. By instant, in order; then an instant at which all has fallen due.
 */
export const ordinaryLives = (
  count: number,
): { readonly instants: [number, CustodyEvent][]; readonly until: number } => {
  const people = Array.from({ length: count }, (_, index) => index + 1);
  const events = people.flatMap((person) => {
    const arrival = BEGUN + person * MINUTE;
    const spokenTo = happened(person, 2, arrival + 7 * DAY, SESSION);
    const goneHome = happened(person, 2, arrival + 4 * DAY, RELEASED);
    const later = [[], [spokenTo], [goneHome]][person % 3] ?? [];
    return [happened(person, 1, arrival, RECEIVED), ...later];
  });
  return {
    instants: events.map((event): [number, CustodyEvent] => [event.occurredAtMs, event]).sort(([a], [b]) => a - b),
    until: BEGUN + 8 * DAY,
  };
};
