import { randomUUID } from 'node:crypto';
import { type Instant, toIso } from '../../prison/instant.js';
import type { EventStore, Json, NewEvent, Position, RecordedEvent } from '../event-store.js';
import { revisionOf, transact } from '../transact.js';

/** The stream in which the log keeps which of its events were dropped, and which are to be read again. */
export const parkedStreamIn = (prefix: string): string => `${prefix}parked`;

/** Why somebody drops an event. Codes only: the record of it must not itself need erasing. */
export const DROP_REASONS = ['DAMAGED', 'NOT_OURS', 'RECORDED_AGAIN', 'NOT_NEEDED'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

const DROPPED = 'ParkedEventDropped';
const RETRIED = 'ParkedEventRetried';

/** Which event of the log is meant: by its stream, named without the prefix, and its id, so that it is the same one after a move. */
export interface EventName {
  readonly stream: string;
  readonly id: string;
}

/** An event that somebody dropped. */
export interface DroppedEvent extends EventName {
  /** Why it could not be read: the code of the error. */
  readonly reason: string;
  readonly because: DropReason;
  /** User name. */
  readonly by: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: Instant;
  /** Whom it is about, where that was known. */
  readonly prisonNumber?: string | undefined;
}

/** What the log says of one event, at a position. */
interface ParkedNote {
  readonly position: Position;
  readonly event: EventName;
  /** Missing where it is to be read again. */
  readonly dropped?: DroppedEvent;
}

/**
 * Which events of a log were dropped: nobody reads them, whatever the version, until somebody has them read again
 * (decision 0040).
 */
export class DroppedEvents {
  private readonly latest: ReadonlyMap<string, ParkedNote>;

  private constructor(
    private readonly notes: readonly ParkedNote[],
    private readonly prefix: string,
    private readonly compare: (a: Position, b: Position) => number,
  ) {
    this.latest = new Map(notes.map((note) => [keyOf(note.event), note]));
  }

  /** Of a log of which nothing was ever dropped. */
  static readonly none = new DroppedEvents([], '', () => 0);

  /** As they stand in the log. @throws StoreUnavailable, StoreUnreadable */
  static async read(store: EventStore, prefix: string): Promise<DroppedEvents> {
    const notes: ParkedNote[] = [];
    for await (const recorded of store.readStream(parkedStreamIn(prefix))) notes.push(...noteIn(recorded));
    return new DroppedEvents(notes, prefix, (a, b) => store.compare(a, b));
  }

  /** How often something was said of events: what was made of the log before, does not count after. */
  get count(): number {
    return this.notes.length;
  }

  get all(): readonly DroppedEvent[] {
    return [...this.latest.values()].flatMap(({ dropped }) => dropped ?? []);
  }

  /** Those of whom an event was once dropped, or read again: what was decided meanwhile was decided without it. */
  get people(): ReadonlySet<string> {
    return new Set(this.notes.flatMap(({ dropped }) => dropped?.prisonNumber ?? []));
  }

  /** Whether an event of the log was dropped. */
  has({ stream, id }: RecordedEvent): boolean {
    return this.latest.get(keyOf({ stream: stream.slice(this.prefix.length), id }))?.dropped !== undefined;
  }

  /** Whether it holds of none of the events of a stream. */
  hasNoneOf(stream: string): boolean {
    return this.all.every((event) => this.prefix + event.stream !== stream);
  }

  /** Whether an event says something of others that is not among this. */
  isNew(recorded: RecordedEvent): boolean {
    const { position } = recorded;
    return noteIn(recorded).length > 0 && this.notes.every((known) => this.compare(known.position, position) < 0);
  }
}

/** Who does something with events that are set aside, and when. */
export interface ParkedDecision {
  /** User name. */
  readonly by: string;
  readonly now: Instant;
}

/**
 * Drops an event: the log keeps it, and from now on nobody reads it. Safe to repeat.
 * @throws StoreUnavailable, StoreUnreadable
 */
export const dropEvent = (
  store: EventStore,
  prefix: string,
  event: Omit<DroppedEvent, 'by' | 'at'>,
  { by, now }: ParkedDecision,
): Promise<void> =>
  noted(store, prefix, (dropped) =>
    dropped.all.some((one) => keyOf(one) === keyOf(event)) ? [] : [note(DROPPED, { ...event, by }, now)],
  );

/**
 * Has events read again, with the whole log: those that were dropped, and those that cannot be read yet.
 * @throws StoreUnavailable, StoreUnreadable
 */
export const retryEvents = (
  store: EventStore,
  prefix: string,
  events: readonly EventName[],
  { by, now }: ParkedDecision,
): Promise<void> => noted(store, prefix, () => events.map(({ stream, id }) => note(RETRIED, { stream, id, by }, now)));

const noted = async (
  store: EventStore,
  prefix: string,
  notesFor: (dropped: DroppedEvents) => readonly NewEvent[],
): Promise<void> => {
  const stream = parkedStreamIn(prefix);
  await transact<undefined>(store, stream, async () => {
    const expected = await revisionOf(store, stream);
    const events = notesFor(await DroppedEvents.read(store, prefix));
    return events.length === 0 ? { done: undefined } : { expected, events, answer: () => undefined };
  });
};

const keyOf = ({ stream, id }: EventName): string => `${stream} ${id}`;

const note = (type: string, data: Json, now: Instant): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { knownAt: toIso(now) },
});

const noteIn = ({ position, type, data, metadata }: RecordedEvent): ParkedNote[] => {
  if (type !== DROPPED && type !== RETRIED) return [];
  const event = { stream: String(data['stream']), id: String(data['id']) };
  if (type === RETRIED) return [{ position, event }];
  const { reason, because, by, prisonNumber } = data as unknown as DroppedEvent;
  const at = Date.parse(String(metadata['knownAt']));
  return [{ position, event, dropped: { ...event, reason, because, by, at, prisonNumber } }];
};
