import { feedReportOf } from '../kernel/feed.js';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog, knownOccurrence, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { personStream, toldStreamPrefixes } from '../custody/streams.js';
import { OpenTellings } from '../custody/tellings/open-tellings.js';
import { isOfTelling, type TellingEvent, tellingEventOf } from '../custody/tellings/telling.js';
import { FeedSilence } from '../kernel/definitional/silence.js';
import { type FeedRegister, type FeedReport, NO_FEEDS } from '../kernel/feed-terms.js';
import { ofKeyWorker } from '../kernel/key-worker.js';
import type { Occurrence } from '../kernel/occurrence.js';
import { subjectIn } from '../prison/alert-subject.js';
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
 * @param register the feeds that are known of: what waits for one that is silent does not count
 * @throws StoreUnavailable
 */
export const readKnownLog = async (
  store: EventStore,
  prefix: string,
  upTo: Position,
  register?: FeedRegister,
): Promise<KnownLog> => {
  const log = new KnownLog(prefix, register);
  for await (const recorded of store.readAll({ filter: { streamPrefixes: toldStreamPrefixes(prefix) } })) {
    if (store.compare(recorded.position, upTo) > 0) break;
    log.takeIn(recorded);
  }
  return log;
};

/** Since when an event counts. */
interface CountingSince {
  /** For the person whom it is about: what a history tells was known when it was recorded. */
  readonly known: Instant;
  /** For whoever is key worker of that person, and for their prison: when it counted for anybody. */
  readonly counted: Instant;
}

/** What counts of the log, and when it became known. */
export class KnownLog {
  /** What feeds said of themselves. */
  readonly reports: FeedReport[] = [];
  /** The person whom each unreadable event is about; nothing where that is not known. */
  readonly unreadable: (string | undefined)[] = [];
  private instants = new Map<Occurrence, CountingSince>();
  private readonly tellings = new OpenTellings();
  private held: HeldEvent[] = [];
  /** What was told of merges, and when it became known. */
  private readonly merges: { readonly merge: Occurrence; readonly known: Instant }[] = [];
  private logTime: Instant = -Infinity;

  constructor(
    private readonly prefix: string,
    private readonly register: FeedRegister = NO_FEEDS,
  ) {}

  /** All that happened to people, in no order. */
  get ofPeople(): Occurrence[] {
    return [...this.instants.keys()].filter((event) => !isOfKeyWorker(event));
  }

  /** All that is told of key workers, each under the text that names them, in no order. */
  get ofKeyWorkers(): Occurrence[] {
    return [...this.instants.keys()].filter(isOfKeyWorker);
  }

  /** When it became known. */
  readonly knownAt = (occurrence: Occurrence): Instant => this.instants.get(occurrence)?.known ?? occurrence.at;

  /** When it began to count for key workers and prisons, unless it waited for a silent feed any longer. */
  readonly countedAt = (occurrence: Occurrence): Instant => this.instants.get(occurrence)?.counted ?? occurrence.at;

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

  private takeInEvent(stored: StoredCustodyEvent): void {
    const { knownAtMs, telling } = stored;
    this.logTime = Math.max(this.logTime, knownAtMs);
    const happened = knownOccurrence(stored);
    const report = feedReportOf(happened, this.logTime);
    if (report) {
      this.reports.push(report);
      return;
    }
    const occurrence = ofKeyWorker(happened) ?? happened;
    const { prisonNumber } = occurrence;
    if (prisonNumber === undefined) return;
    const isTold = telling !== undefined && this.tellings.has(telling);
    if (isTold) this.tellings.note(telling, prisonNumber, occurrence);
    if (isTold || this.waitsForHistory(occurrence)) this.held.push({ occurrence, prisonNumber, knownAtMs, telling });
    else this.learn(occurrence, this.logTime);
  }

  /** What a telling that is complete told is known from now on, unless it is a history. */
  private takeInNote(note: TellingEvent): void {
    const complete = this.tellings.on(note);
    if (note.type !== 'TellingCompleted' || !complete) return;
    this.logTime = Math.max(this.logTime, note.knownAt);
    const released = Map.groupBy(this.release(), ({ prisonNumber }) => prisonNumber);
    for (const people of complete.histories) {
      this.learnHistory(people, released);
      for (const prisonNumber of people) released.delete(prisonNumber);
    }
    for (const { occurrence } of [...released.values()].flat()) this.learn(occurrence, this.logTime);
  }

  /** What is no longer held back. */
  private release(): HeldEvent[] {
    const isHeld = ({ occurrence, telling }: HeldEvent): boolean =>
      this.tellings.has(telling) || this.waitsForHistory(occurrence);
    const released = this.held.filter((event) => !isHeld(event));
    this.held = this.held.filter(isHeld);
    return released;
  }

  /** Whether nothing is decided about the person before their history has been told. A key worker has none. */
  private waitsForHistory(occurrence: Occurrence): boolean {
    const { prisonNumber = '' } = occurrence;
    return !isOfKeyWorker(occurrence) && this.tellings.historyOf(prisonNumber) !== undefined;
  }

  /**
   * What a history tells was known when it was recorded; but when the history was complete, where it is of somebody who
   * was merged into somebody else by then, or merges somebody else.
   */
  private learnHistory(people: ReadonlySet<string>, told: ReadonlyMap<string, readonly HeldEvent[]>): void {
    const removed = this.removedByNow();
    const inTime = new Set([...people].filter((number) => !removed.has(number)));
    for (const number of people)
      for (const { occurrence, knownAtMs } of told.get(number) ?? []) {
        const isInTime = [number, ...removedBy(occurrence)].every((one) => inTime.has(one));
        this.learn(occurrence, isInTime ? Math.min(knownAtMs, this.logTime) : this.logTime);
      }
  }

  /** The numbers that were merged into another: by what counts by now, and so not by what waits for a silent feed. */
  private removedByNow(): ReadonlySet<string> {
    const { register, reports, logTime } = this;
    const feeds = new FeedSilence({ register, reports });
    const counting = this.merges.filter(({ merge, known }) => {
      const from = feeds.countsFrom(merge, known);
      return merge.at <= logTime && (from === known || from < logTime);
    });
    return new Set(counting.flatMap(({ merge }) => removedBy(merge)));
  }

  private learn(occurrence: Occurrence, knownAt: Instant): void {
    const known = isOfKeyWorker(occurrence) ? this.logTime : knownAt;
    this.instants.set(occurrence, { known, counted: this.logTime });
    if (removedBy(occurrence).length > 0)
      this.merges.push({ merge: occurrence, known: Math.max(known, occurrence.at) });
  }
}

const isOfKeyWorker = ({ prisonNumber = '' }: Occurrence): boolean => subjectIn(prisonNumber) !== undefined;

/** The number that a merge removes. */
const removedBy = ({ type, data }: Occurrence): string[] =>
  type === 'PrisonerRecordsMerged' ? [String(data['removedPrisonNumber'])] : [];

/** The person whose stream it is; nothing for other streams. */
const personOf = (prefix: string, stream: string): string | undefined =>
  stream.startsWith(personStream(prefix, '')) ? stream.slice(personStream(prefix, '').length) : undefined;
