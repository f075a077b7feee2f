import type { Instant } from '../prison/instant.js';
import type { EventStore, RecordedEvent } from '../store/event-store.js';
import { entryOf, PersonStreams } from './person-streams.js';
import { personStream } from './streams.js';
import { type PersonGroup, PersonNumbers } from './whereabouts/person-numbers.js';
import { Trail } from './whereabouts/trail.js';

/** Somebody who left custody, with nothing recorded since. */
export interface FormerPrisoner {
  readonly prisonNumber: string;
  /** The last prison. */
  readonly prisonId: string;
  readonly reason: 'RELEASED' | 'DIED';
  /** When they left, or when the last event after that happened: milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: Instant;
}

const LEFT_CUSTODY: ReadonlySet<unknown> = new Set(['RELEASED', 'DIED'] satisfies FormerPrisoner['reason'][]);

/**
 * Those who have been gone since before an instant and have not been erased since, in the order of the log; by the
 * number that was kept, whatever was told under others. Somebody with an event that cannot be read is left out: it may
 * say that they are back.
 * @throws StoreUnavailable, StoreUnreadable
 */
export async function formerPrisonersBefore(
  instant: Instant,
  store: EventStore,
  prefix: string,
): Promise<FormerPrisoner[]> {
  const streams = new PersonStreams(store, prefix);
  const end = await store.end();
  const log = new Traces();
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [personStream(prefix, '')] } })) {
    if (store.compare(recorded.position, end) > 0) break;
    log.take(streams.numberOf(recorded), recorded);
  }
  const gone: FormerPrisoner[] = [];
  for (const { group, since } of log.candidates()) {
    if (since >= instant) continue;
    const { whereabouts } = Trail.through(await streams.knownOf(group, end));
    const { left, prisonId } = whereabouts;
    if (prisonId === undefined || !left || !LEFT_CUSTODY.has(left.reason)) continue;
    gone.push({ prisonNumber: group.kept, prisonId, reason: left.reason as FormerPrisoner['reason'], since });
  }
  return gone;
}

/** What has to be known about a number to tell whether the person may be gone. */
interface Trace {
  readonly lastHeardOf: Instant;
  readonly leftCustody: boolean;
  readonly erased: boolean;
  readonly unclear: boolean;
}

const UNHEARD_OF: Trace = { lastHeardOf: -Infinity, leftCustody: false, erased: false, unclear: false };

class Traces {
  private readonly traces = new Map<string, Trace>();
  private readonly numbers = new PersonNumbers();

  take(prisonNumber: string, recorded: RecordedEvent): void {
    const trace = this.traces.get(prisonNumber) ?? UNHEARD_OF;
    const entry = entryOf(recorded);
    const erased = entry.kind === 'erasure';
    if (entry.kind !== 'event') {
      this.traces.set(prisonNumber, { ...trace, erased, unclear: trace.unclear || entry.kind === 'unreadable' });
      return;
    }
    const { occurrence } = entry;
    const leaves = occurrence.type === 'PrisonerReleased' && LEFT_CUSTODY.has(occurrence.data['reason']);
    this.numbers.note(prisonNumber, occurrence);
    this.traces.set(prisonNumber, {
      ...trace,
      erased,
      lastHeardOf: Math.max(trace.lastHeardOf, occurrence.at),
      leftCustody: trace.leftCustody || leaves,
    });
  }

  /** Everybody who may be gone, and since when nothing has been heard of them. */
  *candidates(): Iterable<{ readonly group: PersonGroup; readonly since: Instant }> {
    for (const prisonNumber of this.traces.keys()) {
      const group = this.numbers.groupOf(prisonNumber);
      if (group.kept !== prisonNumber) continue;
      const traces = group.own.flatMap((number) => this.traces.get(number) ?? []);
      if (traces.some(({ unclear }) => unclear) || traces.every(({ erased }) => erased)) continue;
      if (!traces.some(({ leftCustody }) => leftCustody)) continue;
      yield { group, since: Math.max(...traces.map(({ lastHeardOf }) => lastHeardOf)) };
    }
  }
}
