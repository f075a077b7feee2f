import { occurrenceOf, type CustodyEvent } from '../custody/custody-event.js';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { personStream, toldStreamPrefixes } from '../custody/streams.js';
import { OpenTellings, type CompleteTellings } from '../custody/tellings/open-tellings.js';
import { isOfTelling, type TellingEvent, tellingEventOf } from '../custody/tellings/telling.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';
import type { EventStore, Position, RecordedEvent } from '../store/event-store.js';
import { unlessUnreadable } from '../store/unreadable-event.js';

/** What is known of a person, and when it became known. */
export class KnownHistory {
  readonly history: Occurrence[] = [];
  private readonly instants = new Map<string, Instant>();

  add(event: CustodyEvent, instant: Instant): void {
    const occurrence = occurrenceOf(event);
    this.history.push(occurrence);
    this.instants.set(occurrence.id, instant);
  }

  readonly knownAt = ({ id, at }: Occurrence): Instant => this.instants.get(id) ?? at;
}

/** An event that does not count before a telling is complete. */
interface HeldEvent {
  readonly event: CustodyEvent;
  readonly prisonNumber: string;
  readonly knownAtMs: Instant;
  readonly telling: string | undefined;
}

/** Who is known, and whom each event is about that this version cannot read; nothing where that is not known. */
interface KnownLog {
  readonly people: ReadonlyMap<string, KnownHistory>;
  readonly unreadable: readonly (string | undefined)[];
}

/**
 * Everybody of whom something counts, by what the log says up to and including a position: read from its beginning, and in
 * a way of its own, so that the watch can be held against it. @throws StoreUnavailable
 */
export const knownPeople = async (
  store: EventStore,
  prefix: string,
  upTo: Position,
  isWatched: (prisonNumber: string) => boolean,
): Promise<KnownLog> => {
  const log = new HistoriesByPerson(prefix, isWatched);
  for await (const recorded of store.readAll({ filter: { streamPrefixes: toldStreamPrefixes(prefix) } })) {
    if (store.compare(recorded.position, upTo) > 0) break;
    log.takeIn(recorded);
  }
  return log;
};

class HistoriesByPerson {
  readonly people = new Map<string, KnownHistory>();
  readonly unreadable: (string | undefined)[] = [];
  private readonly tellings = new OpenTellings();
  private held: HeldEvent[] = [];
  private logTime: Instant = -Infinity;

  constructor(
    private readonly prefix: string,
    private readonly isWatched: (prisonNumber: string) => boolean,
  ) {}

  takeIn(recorded: RecordedEvent): void {
    if (isOfTelling(this.prefix, recorded)) {
      const note = unlessUnreadable(() => tellingEventOf(this.prefix, recorded));
      if (note) this.takeInNote(note);
      else this.unreadable.push(undefined);
    } else if (isCustodyEvent(recorded)) {
      const stored = unlessUnreadable(() => fromLog(recorded));
      if (stored) this.takeInEvent(stored);
      else this.unreadable.push(personOf(this.prefix, recorded.stream));
    }
  }

  private takeInEvent({ event, knownAtMs, telling }: StoredCustodyEvent): void {
    const { prisonNumber } = event;
    this.logTime = Math.max(this.logTime, knownAtMs);
    if (prisonNumber === undefined) return;
    const isTold = telling !== undefined && this.tellings.has(telling);
    if (isTold) this.tellings.told(telling, prisonNumber);
    if (!this.isWatched(prisonNumber)) return;
    if (isTold || this.tellings.historyOf(prisonNumber) !== undefined)
      this.held.push({ event, prisonNumber, knownAtMs, telling });
    else this.knownOf(prisonNumber).add(event, this.logTime);
  }

  private takeInNote(note: TellingEvent): void {
    const complete = this.tellings.on(note);
    if (note.type !== 'TellingCompleted' || !complete) return;
    this.logTime = Math.max(this.logTime, note.knownAt);
    this.release(complete);
  }

  /** What a history tells was known when it was recorded; everything else that waited is known from now on. */
  private release({ ids, histories }: CompleteTellings): void {
    const isReleased = ({ prisonNumber, telling }: HeldEvent) =>
      histories.has(prisonNumber) || (telling !== undefined && ids.has(telling));
    const released = this.held.filter(isReleased);
    this.held = this.held.filter((event) => !isReleased(event));
    for (const prisonNumber of histories) this.people.delete(prisonNumber);
    for (const { event, prisonNumber, knownAtMs } of released.sort((a, b) => a.knownAtMs - b.knownAtMs))
      this.knownOf(prisonNumber).add(
        event,
        histories.has(prisonNumber) ? Math.min(knownAtMs, this.logTime) : this.logTime,
      );
  }

  private knownOf(prisonNumber: string): KnownHistory {
    const known = this.people.get(prisonNumber) ?? new KnownHistory();
    this.people.set(prisonNumber, known);
    return known;
  }
}

/** Whose stream it is; nothing where it is nobody's. */
const personOf = (prefix: string, stream: string): string | undefined =>
  stream.startsWith(personStream(prefix, '')) ? stream.slice(personStream(prefix, '').length) : undefined;
