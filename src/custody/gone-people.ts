import { effective } from '../kernel/strike-outs.js';
import type { Instant } from '../prison/instant.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { EventStore, RecordedEvent } from '../store/event-store.js';
import { entryOf } from './person-streams.js';
import { personStream } from './streams.js';

/** Somebody who left custody, with nothing recorded since. */
export interface FormerPrisoner {
  readonly prisonNumber: string;
  /** The last prison. */
  readonly prisonId: string;
  readonly reason: 'RELEASED' | 'DIED';
  /** When they left, or the last that happened after it: milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: Instant;
}

const LEFT_CUSTODY = new Set<unknown>(['RELEASED', 'DIED'] satisfies FormerPrisoner['reason'][]);
const MOVEMENTS = new Set(['PrisonerReceived', 'PrisonerReleased', 'EventWithdrawn']);

/**
 * Who is gone since before an instant and was not erased since, in the order of the log. Somebody of whom an event cannot
 * be read is left out: it may say that they are back. @throws StoreUnavailable, StoreUnreadable
 */
export async function formerPrisonersBefore(
  instant: Instant,
  store: EventStore,
  prefix: string,
): Promise<FormerPrisoner[]> {
  const people = new Map<string, Trace>();
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [personStream(prefix, '')] } })) {
    const trace = people.get(recorded.stream) ?? new Trace();
    people.set(recorded.stream, trace);
    trace.take(recorded);
  }
  return [...people.entries()]
    .flatMap(([stream, trace]) => trace.gone(stream.slice(personStream(prefix, '').length)))
    .filter(({ since }) => since < instant);
}

/** What has to be known of a person to tell whether they are gone. */
class Trace {
  private readonly movements: Occurrence[] = [];
  private lastHeardOf: Instant = -Infinity;
  private erased = false;
  private unclear = false;

  take(recorded: RecordedEvent): void {
    const entry = entryOf(recorded);
    this.erased = entry.kind === 'erasure';
    if (entry.kind === 'unreadable') this.unclear = true;
    if (entry.kind !== 'event') return;
    const { occurrence } = entry;
    this.lastHeardOf = Math.max(this.lastHeardOf, occurrence.at);
    if (MOVEMENTS.has(occurrence.type)) this.movements.push(occurrence);
  }

  gone(prisonNumber: string): FormerPrisoner[] {
    const last = effective(this.movements).occurrences.at(-1);
    if (this.erased || this.unclear || last?.type !== 'PrisonerReleased') return [];
    const { prisonId, data } = last;
    if (!LEFT_CUSTODY.has(data['reason'])) return [];
    return [{ prisonNumber, prisonId, reason: data['reason'] as FormerPrisoner['reason'], since: this.lastHeardOf }];
  }
}
