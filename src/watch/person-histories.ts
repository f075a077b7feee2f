import { subjectIn } from '../prison/alert-subject.js';
import { entryOf, type EventInStream, type PersonStreams } from '../custody/person-streams.js';
import type { Position, RecordedEvent } from '../store/event-store.js';

/** So many events are kept in mind at most: some ten megabytes. */
const MOST = 20_000;

/** What is asked of an event of somebody's history. */
export type PastEvent = Pick<EventInStream, 'occurrence' | 'knownAt' | 'telling'>;

/**
 * The histories of people as far as the log has been read. Those that were asked for last are kept in mind and go on with
 * the log, so that many late events of one person cost one reading of their stream, and not one each.
 */
export class PersonHistories {
  private readonly kept = new Map<string, PastEvent[]>();
  private count = 0;

  /** @param position up to which the log has been read */
  constructor(
    private readonly streams: PersonStreams,
    private readonly position: () => Position,
    private readonly most = MOST,
  ) {}

  /**
   * What happened to somebody, as told under this number; or what is told of a key worker, by the text that names them, of
   * whom there is too little to be kept in mind; or what a feed said last. Of a prison nothing is told.
   * @throws StoreUnavailable, StoreUnreadable
   */
  async of(prisonNumber: string): Promise<PastEvent[]> {
    const subject = subjectIn(prisonNumber);
    if (subject?.kind === 'prison') return [];
    if (subject?.kind === 'feed') return this.lastOfFeed(prisonNumber);
    if (subject) return (await this.streams.eventsOfKeyWorker(prisonNumber, this.position())).map(asAsked);
    const known = this.kept.get(prisonNumber);
    if (known) return this.keep(prisonNumber, known);
    const upTo = this.position();
    const events = (await this.streams.eventsOf(prisonNumber, upTo)).map(asAsked);
    // Where the log has been read on meanwhile, something may be missing by now.
    return upTo === this.position() ? this.keep(prisonNumber, events) : events;
  }

  /** What a feed tells of itself is known when it is told, whatever else is being told with it. */
  private async lastOfFeed(feed: string): Promise<PastEvent[]> {
    const last = await this.streams.lastReportOf(feed, this.position());
    return last ? [{ ...asAsked(last), telling: undefined }] : [];
  }

  /** The log has been read on, up to and including this event. */
  passed(recorded: RecordedEvent): void {
    const prisonNumber = this.streams.numberOf(recorded);
    const known = this.kept.get(prisonNumber);
    const entry = known && entryOf(recorded);
    if (entry?.kind !== 'event' || entry.event.prisonNumber !== prisonNumber) return;
    known?.push(asAsked(entry));
    this.count += 1;
    this.makeRoom();
  }

  /** The latest last. @returns them, to do with as one likes */
  private keep(prisonNumber: string, events: PastEvent[]): PastEvent[] {
    this.forget(prisonNumber);
    this.kept.set(prisonNumber, events);
    this.count += events.length;
    this.makeRoom();
    return [...events];
  }

  /** Those that nobody has asked for for longest go. */
  private makeRoom(): void {
    for (const longest of this.kept.keys()) {
      if (this.count <= this.most) break;
      this.forget(longest);
    }
  }

  private forget(prisonNumber: string): void {
    this.count -= this.kept.get(prisonNumber)?.length ?? 0;
    this.kept.delete(prisonNumber);
  }
}

const asAsked = ({ occurrence, knownAt, telling }: EventInStream): PastEvent => ({ occurrence, knownAt, telling });
