import { Inject, Injectable } from '@nestjs/common';
import type { FieldError } from '../../prison/field-error.js';
import { HOUR, type Instant } from '../../prison/instant.js';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../store/event-store.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { Waterline } from '../../store/waterline.js';
import { type PendingEvent, PendingPerson } from './pending-person.js';
import type { EventResult } from '../recording-result.js';
import { pendingStream } from '../streams.js';

/** A person whose arrival is not told by then is somewhere else: the number, or a feed, is wrong. Prometheus' rule says so, too. */
const OVERDUE_AFTER = HOUR;

/** A withdrawal of what never comes may wait for good, and nobody is unwatched for it. */
const saysSomething = ({ event }: PendingEvent): boolean => event.type !== 'EventWithdrawn';

/** What waits of what one prison told. */
interface PendingFigures {
  readonly count: number;
  /** How many of them are refused as they stand. */
  readonly refused: number;
  /** When the one of them that has waited longest came. */
  readonly oldest: Instant;
}

/** What is pending, about whomever: in memory, rebuilt at each start. What is personal in it stays sealed. */
@Injectable()
export class PendingEvents {
  /** How far the log has been read. */
  readonly read: Waterline;
  private readonly people = new Map<string, PendingPerson>();
  /** Why what waits about somebody was refused when it was last looked at, by prison number and id. */
  private readonly refusals = new Map<string, ReadonlyMap<string, readonly FieldError[]>>();

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
  ) {
    this.read = new Waterline((a, b) => store.compare(a, b));
  }

  /** Takes in the next event of the streams of what is pending. @throws UnreadableCustodyEvent, and stands as it was */
  apply(recorded: RecordedEvent): void {
    const prisonNumber = this.numberOf(recorded);
    const person = this.people.get(prisonNumber) ?? new PendingPerson();
    person.apply(recorded);
    if (person.waiting.length > 0) this.people.set(prisonNumber, person);
    else {
      this.people.delete(prisonNumber);
      this.refusals.delete(prisonNumber);
    }
    this.read.rise(recorded.position);
  }

  /** Everybody about whom something waits. */
  get prisonNumbers(): string[] {
    return [...this.people.keys()];
  }

  /** Takes in what has just become of all that waits about a person. */
  refuse(prisonNumber: string, results: readonly EventResult[]): void {
    const refused = results.flatMap(({ id, errors }): [string, readonly FieldError[]][] =>
      id !== null && errors ? [[id, errors]] : [],
    );
    if (refused.length > 0) this.refusals.set(prisonNumber, new Map(refused));
    else this.refusals.delete(prisonNumber);
  }

  /** Why it cannot be taken in as it stands; nothing where it only waits for the person to be there. */
  refusalOf({ event: { id, prisonNumber = '' } }: PendingEvent): readonly FieldError[] {
    return this.refusals.get(prisonNumber)?.get(id) ?? [];
  }

  /** How much waits of what each prison told. */
  byPrison(): Map<string, PendingFigures> {
    const told = Map.groupBy(this.all.filter(saysSomething), ({ event }) => event.prisonId);
    return new Map(
      Array.from(told, ([prisonId, events]) => [
        prisonId,
        {
          count: events.length,
          refused: events.filter((pending) => this.refusalOf(pending).length > 0).length,
          oldest: Math.min(...events.map(({ since }) => since)),
        },
      ]),
    );
  }

  /** What has waited for so long that those who run the service are told. */
  overdue(now: Instant): PendingEvent[] {
    return this.all.filter((pending) => saysSomething(pending) && now - pending.since > OVERDUE_AFTER);
  }

  /** All that waits; of one person in the order in which it was told. */
  get all(): PendingEvent[] {
    return [...this.people.values()].flatMap(({ waiting }) => waiting);
  }

  /** About whom an event of these streams is. */
  numberOf({ stream }: Pick<RecordedEvent, 'stream'>): string {
    return stream.slice(pendingStream(this.prefix, '').length);
  }
}
