import { occurrenceOf } from '../custody/custody-event.js';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { personStream, toldStreamPrefixes } from '../custody/streams.js';
import { OpenTellings, type CompleteTellings } from '../custody/tellings/open-tellings.js';
import { isOfTelling, type TellingEvent, tellingEventOf } from '../custody/tellings/telling.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';
import type { EventStore, Position, RecordedEvent } from '../store/event-store.js';
import { unlessUnreadable } from '../store/unreadable-event.js';

/** An event that does not count before a telling is complete. */
interface HeldEvent {
  readonly occurrence: Occurrence;
  readonly prisonNumber: string;
  readonly knownAtMs: Instant;
  readonly telling: string | undefined;
}

/**
 * What counts, by everything in the log up to and including a position. It is read from the beginning and in a way of
 * its own, so that the watch can be checked against it.
 * @throws StoreUnavailable
 */
export const readKnownLog = async (store: EventStore, prefix: string, upTo: Position): Promise<KnownLog> => {
  const log = new KnownLog(prefix);
  for await (const recorded of store.readAll({ filter: { streamPrefixes: toldStreamPrefixes(prefix) } })) {
    if (store.compare(recorded.position, upTo) > 0) break;
    log.takeIn(recorded);
  }
  return log;
};

/** What counts of the log, and when it became known. */
export class KnownLog {
  /** The person whom each unreadable event is about; nothing where that is not known. */
  readonly unreadable: (string | undefined)[] = [];
  private instants = new Map<Occurrence, Instant>();
  private readonly tellings = new OpenTellings();
  private held: HeldEvent[] = [];
  private logTime: Instant = -Infinity;

  constructor(private readonly prefix: string) {}

  /** All that happened to people, in no order. */
  get occurrences(): Occurrence[] {
    return [...this.instants.keys()];
  }

  /** When it became known. */
  readonly knownAt = (occurrence: Occurrence): Instant => this.instants.get(occurrence) ?? occurrence.at;

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
    const occurrence = occurrenceOf(event);
    const isTold = telling !== undefined && this.tellings.has(telling);
    if (isTold) this.tellings.note(telling, prisonNumber, occurrence);
    if (isTold || this.tellings.historyOf(prisonNumber) !== undefined)
      this.held.push({ occurrence, prisonNumber, knownAtMs, telling });
    else this.instants.set(occurrence, this.logTime);
  }

  private takeInNote(note: TellingEvent): void {
    const complete = this.tellings.on(note);
    if (note.type !== 'TellingCompleted' || !complete) return;
    this.logTime = Math.max(this.logTime, note.knownAt);
    this.release(complete);
  }

  /** What a history tells was known when it was recorded. Everything else that was held back is known from now on. */
  private release({ ids, histories }: CompleteTellings): void {
    const people = new Set(histories.flatMap((together) => [...together]));
    const isReleased = ({ prisonNumber, telling }: HeldEvent) =>
      people.has(prisonNumber) || (telling !== undefined && ids.has(telling));
    for (const { occurrence, prisonNumber, knownAtMs } of this.held.filter(isReleased))
      this.instants.set(occurrence, people.has(prisonNumber) ? Math.min(knownAtMs, this.logTime) : this.logTime);
    this.held = this.held.filter((event) => !isReleased(event));
  }
}

/** The person whose stream it is; nothing for other streams. */
const personOf = (prefix: string, stream: string): string | undefined =>
  stream.startsWith(personStream(prefix, '')) ? stream.slice(personStream(prefix, '').length) : undefined;
