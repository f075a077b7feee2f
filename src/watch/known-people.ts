import { occurrenceOf, type CustodyEvent } from '../custody/custody-event.js';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog } from '../custody/stored-custody-event.js';
import { toldStreamPrefixes } from '../custody/streams.js';
import { OpenTellings, type CompleteTellings } from '../custody/tellings/open-tellings.js';
import { isOfTelling, tellingEventOf } from '../custody/tellings/telling.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';
import type { EventStore, Position, RecordedEvent } from '../store/event-store.js';

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

/**
 * Everybody of whom something counts, by what the log says up to and including a position: read from its beginning, and in
 * a way of its own, so that the watch can be held against it. @throws StoreUnavailable, UnreadableCustodyEvent
 */
export const knownPeople = async (
  store: EventStore,
  prefix: string,
  upTo: Position,
  isWatched: (prisonNumber: string) => boolean,
): Promise<Map<string, KnownHistory>> => {
  const log = new KnownPeople(prefix, isWatched);
  for await (const recorded of store.readAll({ filter: { streamPrefixes: toldStreamPrefixes(prefix) } })) {
    if (store.compare(recorded.position, upTo) > 0) break;
    log.takeIn(recorded);
  }
  return log.people;
};

class KnownPeople {
  readonly people = new Map<string, KnownHistory>();
  private readonly tellings = new OpenTellings();
  private held: HeldEvent[] = [];
  private logTime: Instant = -Infinity;

  constructor(
    private readonly prefix: string,
    private readonly isWatched: (prisonNumber: string) => boolean,
  ) {}

  takeIn(recorded: RecordedEvent): void {
    if (isOfTelling(this.prefix, recorded)) this.takeInNote(recorded);
    else if (isCustodyEvent(recorded)) this.takeInEvent(recorded);
  }

  private takeInEvent(recorded: RecordedEvent): void {
    const { event, knownAtMs, telling } = fromLog(recorded);
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

  private takeInNote(recorded: RecordedEvent): void {
    const note = tellingEventOf(this.prefix, recorded);
    const complete = note && this.tellings.on(note);
    if (note?.type !== 'TellingCompleted' || !complete) return;
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
