import { Inject, Injectable } from '@nestjs/common';
import { isPerson, KEY_RING, type KeyRing, personSubject, prisonNumberOf } from '../personal-data/key-ring.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore, type NewEvent, type Position, START } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { Merges } from '../kernel/merges.js';
import { toIso } from '../prison/instant.js';
import { revisionOf, transact } from '../store/transact.js';
import { NoSuchPerson } from '../answers/errors.js';
import { StillWatched } from './errors.js';
import { type ErasureReason, personErased } from './person-erased.js';
import { PersonStreams } from './person-streams.js';
import { codesOf, OPEN_ALERTS, type OpenAlertSource, watchedOver } from './still-watched.js';
import { isInClear } from './stored-custody-event.js';
import { personStream } from './streams.js';

/** Whose data are to be destroyed, and why. */
export interface ErasureOrder {
  /** The one that was kept: one that was merged into another does not lead there. */
  readonly prisonNumber: string;
  readonly reason: ErasureReason;
  /** User name. */
  readonly by: string;
  /** Although they are in custody, or have an open safety alert. */
  readonly confirmStillWatched?: boolean | undefined;
}

/** What an erasure did. */
export interface ErasureDone {
  readonly prisonNumber: string;
  readonly erasedAt: string;
  /** Events written before personal data were sealed: their text is hidden, but still in the file of the log. */
  readonly inClear: number;
  /** Other numbers whose records were merged into this one: personal data under them were erased too. */
  readonly mergedFrom: readonly string[];
  /** The key stays in the files of the event server until every node has been scavenged (docs/personal-data.md). */
  readonly pending: boolean;
  /** The position of the record of the erasure, for read-your-writes. */
  readonly position: Position;
}

/** What an erasure covers. */
interface ErasureScope extends Pick<ErasureDone, 'inClear' | 'mergedFrom'> {
  /** Those under which anything was ever recorded. */
  readonly numbers: ReadonlySet<string>;
}

/** Destroys the personal data about a person, for good, and keeps a record of that. */
@Injectable()
export class Erasures {
  private readonly streams: PersonStreams;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KEY_RING) private readonly keys: KeyRing,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(OPEN_ALERTS) private readonly alerts: OpenAlertSource,
  ) {
    this.streams = new PersonStreams(store, prefix);
  }

  /**
   * Destroys the person's keys, each number's own, then records it. May be called again: what was erased is not erased or
   * recorded twice; what was recorded of the person since is erased anew.
   * @throws NoSuchPerson, StillWatched unless that is confirmed, StoreUnavailable (call again: the erasure is completed),
   *   StoreUnreadable, NotCaughtUp
   */
  async erase({ prisonNumber, reason, by, confirmStillWatched = false }: ErasureOrder): Promise<ErasureDone> {
    const scope = await this.scopeOf(prisonNumber);
    if (!scope.numbers.has(prisonNumber)) throw new NoSuchPerson();
    const { store, streams, alerts } = this;
    const watched = await watchedOver([prisonNumber, ...scope.mergedFrom], { store, streams, alerts });
    const confirmed = codesOf(watched);
    if (confirmed.length > 0 && !confirmStillWatched) throw new StillWatched(watched);
    const at = toIso(this.clock.now());
    // The number that was asked for comes last: while its record is missing, something is left to do.
    let erasedAt = at;
    let isPending = false;
    let position = START;
    for (const number of [...scope.mergedFrom.filter((other) => scope.numbers.has(other)), prisonNumber]) {
      const erasure = { reason, by, at, ...(confirmed.length > 0 && { confirmed }) };
      const erased = await this.keys.erase(personSubject(number), erasure);
      position = await this.record(personStream(this.prefix, number), personErased(erased, number));
      erasedAt = erased.at;
      isPending ||= erased.pending ?? false;
    }
    const { inClear, mergedFrom } = scope;
    return { prisonNumber, erasedAt, inClear, mergedFrom, pending: isPending, position };
  }

  /** Records what a process destroyed before it died, if it could not say so. @throws StoreUnavailable, StoreUnreadable */
  async complete(): Promise<void> {
    for (const erased of await this.keys.erasures()) {
      if (!isPerson(erased.subject)) continue;
      const prisonNumber = prisonNumberOf(erased.subject);
      await this.record(this.prefix + erased.subject, personErased(erased, prisonNumber));
    }
  }

  /** Appends the record once, at the end of the stream. */
  private record(stream: string, record: NewEvent): Promise<Position> {
    return transact(this.store, stream, async () => {
      const expected = await revisionOf(this.store, stream);
      const existing = await this.store.findEvent(stream, record.id);
      if (existing) return { done: existing.position };
      return { expected, events: [record], answer: (position) => position };
    });
  }

  /** What was recorded under a number, and under those that were merged into it, directly or in several steps. */
  private async scopeOf(prisonNumber: string): Promise<ErasureScope> {
    const merges = new Merges();
    const inClear = new Map<string, number>();
    const numbers = new Set<string>();
    const toRead = new Set([prisonNumber]);
    for (const number of toRead) {
      for await (const { kind, recorded, ...entry } of this.streams.entriesOf(number)) {
        numbers.add(number);
        if (isInClear(recorded)) inClear.set(number, (inClear.get(number) ?? 0) + 1);
        if (kind !== 'event' || !('occurrence' in entry)) continue;
        merges.learn(number, entry.occurrence);
        if (recorded.type === 'PrisonerRecordsMerged') toRead.add(String(recorded.data['removedPrisonNumber']));
      }
    }
    merges.advance();
    const own = merges.numbersOf(prisonNumber);
    return {
      numbers,
      mergedFrom: own.filter((number) => number !== prisonNumber).sort(),
      inClear: own.reduce((sum, number) => sum + (inClear.get(number) ?? 0), 0),
    };
  }
}
