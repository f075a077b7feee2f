import { type CustodyEvent, occurrenceOf } from '../custody/custody-event.js';
import { fromLog, type StoredCustodyEvent, UnreadableCustodyEvent } from '../custody/stored-custody-event.js';
import { personStream } from '../custody/streams.js';
import { StruckOut } from '../kernel/effective.js';
import type { Instant } from '../kernel/instant.js';
import { inOrder, type Occurrence } from '../kernel/occurrence.js';
import type { EventStore, Position, RecordedEvent } from '../store/event-store.js';

/** One custody event of a person, as it is known. */
export interface Entry {
  readonly event: CustodyEvent;
  readonly occurrence: Occurrence;
  /** When this log learned of it. */
  readonly knownAt: Instant;
  /** By whom and why it was withdrawn, once that is known. */
  readonly withdrawal: CustodyEvent | undefined;
  /** It rests on a charge that was quashed. */
  readonly quashed: boolean;
}

/** What the log holds of a person, in the order it happened: what was withdrawn or quashed, and withdrawals, included. */
export interface PersonRecord {
  readonly prisonNumber: string;
  readonly entries: readonly Entry[];
  /** How many events this version cannot read. Nothing of them is shown, so they must be told of. */
  readonly unreadable: number;
}

/** Whether an entry counts: it is no withdrawal, and neither withdrawn nor quashed. */
export const stands = ({ event, withdrawal, quashed }: Entry): boolean =>
  event.type !== 'EventWithdrawn' && withdrawal === undefined && !quashed;

/** The records of people, read from their streams. */
export class PersonRecords {
  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
  ) {}

  /**
   * What was known of a person at an instant, or is known now; nothing when the log never heard of them.
   * @throws StoreUnavailable
   */
  async of(prisonNumber: string, knownBy: Instant = Infinity): Promise<PersonRecord | undefined> {
    const stored: StoredCustodyEvent[] = [];
    let unreadable = 0;
    let logTime = -Infinity;
    for await (const recorded of this.store.readStream(personStream(this.prefix, prisonNumber))) {
      const read = readable(recorded);
      if (!read) unreadable++;
      else if ((logTime = Math.max(logTime, read.knownAtMs)) <= knownBy) stored.push({ ...read, knownAtMs: logTime });
    }
    if (logTime === -Infinity && unreadable === 0) return undefined;
    return { prisonNumber, entries: entriesOf(stored), unreadable };
  }

  /** What can be read of a person's stream up to and including a position, in the order it was learned. */
  async historyUpTo(prisonNumber: string, position: Position): Promise<Occurrence[]> {
    const history: Occurrence[] = [];
    for await (const recorded of this.store.readStream(personStream(this.prefix, prisonNumber))) {
      if (this.store.compare(recorded.position, position) > 0) break;
      const read = readable(recorded);
      if (read) history.push(occurrenceOf(read.event));
    }
    return history;
  }
}

const readable = (recorded: RecordedEvent): StoredCustodyEvent | undefined => {
  try {
    return fromLog(recorded);
  } catch (error) {
    if (error instanceof UnreadableCustodyEvent) return undefined;
    throw error;
  }
};

const entriesOf = (stored: readonly StoredCustodyEvent[]): Entry[] => {
  const events = stored.map(({ event, knownAtMs }) => ({ event, knownAt: knownAtMs, occurrence: occurrenceOf(event) }));
  const withdrawals = new Map(
    events
      .filter(({ event }) => event.type === 'EventWithdrawn')
      .map(({ event }) => [String(event.data['withdraws']), event]),
  );
  const struckOut = new StruckOut();
  for (const { occurrence } of events) if (occurrence.type === 'EventWithdrawn') struckOut.note(occurrence);
  for (const { occurrence } of events) if (occurrence.type === 'AdjudicationQuashed') struckOut.note(occurrence);
  return events
    .map((entry) => {
      // A withdrawal cannot itself be withdrawn.
      const withdrawal = entry.event.type === 'EventWithdrawn' ? undefined : withdrawals.get(entry.event.id);
      return {
        ...entry,
        withdrawal,
        quashed: withdrawal === undefined && entry.event.type !== 'EventWithdrawn' && struckOut.has(entry.occurrence),
      };
    })
    .sort((a, b) => inOrder(a.occurrence, b.occurrence));
};
