import { Injectable } from '@nestjs/common';
import { type CustodyEvent, occurrenceOf } from '../custody/custody-event.js';
import { PersonStreams } from '../custody/person-streams.js';
import { Sealing } from '../custody/sealing.js';
import { openedFromLog, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { StrikeOuts } from '../kernel/strike-outs.js';
import type { Instant } from '../prison/instant.js';
import { inOrder, type Occurrence } from '../kernel/occurrence.js';
import { type Position, START } from '../store/event-store.js';

/** One custody event of a person, as it is known. */
export interface RecordEntry {
  readonly event: CustodyEvent;
  readonly occurrence: Occurrence;
  /** When this log learned of it. */
  readonly knownAt: Instant;
  /** Who withdrew it and why, once known. */
  readonly withdrawal: CustodyEvent | undefined;
  /** It rests on a charge that was quashed. */
  readonly quashed: boolean;
}

/** What the log holds of a person, in the order it happened: what was withdrawn or quashed, and withdrawals, included. */
export interface PersonRecord {
  readonly prisonNumber: string;
  readonly entries: readonly RecordEntry[];
  /** Of the last of their events in the log that was read. */
  readonly position: Position;
  /** How many events this version cannot read. Nothing of them is shown, so they must be told of. */
  readonly unreadable: number;
  /** What was personal up to some instant was destroyed, and reads as erased. */
  readonly erased: boolean;
}

/** Whether an entry counts: it is no withdrawal, and neither withdrawn nor quashed. */
export const stands = ({ event, withdrawal, quashed }: RecordEntry): boolean =>
  event.type !== 'EventWithdrawn' && withdrawal === undefined && !quashed;

/** The records of people, read from their streams. */
@Injectable()
export class PersonRecords {
  constructor(
    private readonly streams: PersonStreams,
    private readonly sealing: Sealing,
  ) {}

  /**
   * What was known of a person at an instant, or is known now, with what is personal in it; nothing when the log never
   * heard of them. @throws BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async of(prisonNumber: string, knownBy: Instant = Infinity): Promise<PersonRecord | undefined> {
    const stored: StoredCustodyEvent[] = [];
    let unreadable = 0;
    let erased = false;
    let position = START;
    let logTime = -Infinity;
    for await (const entry of this.streams.entriesOf(prisonNumber)) {
      ({ position } = entry.recorded);
      if (entry.kind === 'erasure') erased = true;
      if (entry.kind === 'unreadable') unreadable++;
      if (entry.kind !== 'event') continue;
      logTime = Math.max(logTime, entry.knownAt);
      if (logTime > knownBy) continue;
      stored.push({ ...(await openedFromLog(entry.recorded, this.sealing)), knownAtMs: logTime });
    }
    if (logTime === -Infinity && unreadable === 0 && !erased) return undefined;
    return { prisonNumber, entries: entriesOf(stored), position, unreadable, erased };
  }
}

const entriesOf = (stored: readonly StoredCustodyEvent[]): RecordEntry[] => {
  const events = stored.map(({ event, knownAtMs }) => ({ event, knownAt: knownAtMs, occurrence: occurrenceOf(event) }));
  const withdrawals = new Map(
    events
      .filter(({ event }) => event.type === 'EventWithdrawn')
      .map(({ event }) => [String(event.data['withdraws']), event]),
  );
  const struckOut = StrikeOuts.by(events.map(({ occurrence }) => occurrence));
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
