import { subjectIn } from '../../prison/alert-subject.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../access/caller.js';
import { hold, HOLDERS, type Holders } from '../../access/holders.js';
import type { Prisons } from '../../access/prisons.js';
import type { FieldError } from '../../prison/field-error.js';
import { AlertIndex } from '../../safety-alerts/list/alert-index.js';
import { CLOCK, type Clock } from '../../store/clock.js';
import {
  DroppedEvents,
  dropEvent,
  type DropReason,
  type EventName,
  retryEvents,
} from '../../store/dropped/dropped-events.js';
import { EVENT_STORE, type EventStore } from '../../store/event-store.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { Health } from '../health.js';
import { asTold, type ParkedEventBody, personOfStream, prisonOfStream, type UnreadLogEvent } from './parked-event.js';

/** Nothing is set aside there, or it is about somebody whom the caller may not see: the answer does not say which. */
class NoSuchParkedEvent extends Error {
  readonly code = 'NO_SUCH_PARKED_EVENT';
  constructor() {
    super(
      'No event is set aside at this position, or none of your prisons holds whom it is about. See GET /parked-events.',
    );
  }
}

/** What was sent says of no event what is to become of it. Nothing was done. */
export class InvalidParkedDecision extends Error {
  readonly code = 'INVALID_PARKED_DECISION';
  constructor(readonly errors: readonly FieldError[]) {
    super('Nothing was done. See errors.');
  }
}

/** What was decided on: how many events, and whom they are about. */
export interface DecidedEvents {
  readonly events: number;
  readonly people: readonly string[];
}

/** The events of the log that this instance has set aside, those that somebody dropped, and what becomes of them. */
@Injectable()
export class ParkedList {
  constructor(
    private readonly health: Health,
    private readonly alerts: AlertIndex,
    private readonly dropped: DroppedEvents,
    @Inject(HOLDERS) private readonly holders: Holders,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order of the log; those that were dropped last. @throws StoreUnavailable */
  async all(prisons: Prisons): Promise<ParkedEventBody[]> {
    const events = [...(await this.parked()), ...(await this.droppedOnes())];
    return events.map((event) => asTold(event, this.mayDecide(event, prisons)));
  }

  /**
   * Drops an event. Safe to repeat: one that is dropped stays so.
   * @throws NoSuchParkedEvent, StoreUnavailable
   */
  async drop(position: string, because: DropReason, { name: by, prisons }: Caller): Promise<DecidedEvents> {
    const event = await this.find(position, prisons);
    const { stream, reason, recorded, prisonNumber } = event;
    const named = { stream, id: recorded.id, reason, because, ...(prisonNumber !== undefined && { prisonNumber }) };
    await dropEvent(this.store, this.prefix, named, { by, now: this.clock.now() });
    return decided([event]);
  }

  /**
   * Has one event read again, dropped or not; without a position, all that are set aside and were not dropped.
   * @throws NoSuchParkedEvent, StoreUnavailable
   */
  async retry(position: string | undefined, { name: by, prisons }: Caller): Promise<DecidedEvents> {
    const meant =
      position === undefined
        ? (await this.parked()).filter((event) => this.mayDecide(event, prisons))
        : [await this.find(position, prisons)];
    const names = meant.map(({ stream, recorded: { id } }): EventName => ({ stream, id }));
    if (names.length > 0) await retryEvents(this.store, this.prefix, names, { by, now: this.clock.now() });
    return decided(meant);
  }

  private async find(position: string, prisons: Prisons): Promise<UnreadLogEvent> {
    const events = [...(await this.parked()), ...(await this.droppedOnes())];
    const found = events.find(({ recorded }) => recorded.position === position);
    if (!found || !this.mayDecide(found, prisons)) throw new NoSuchParkedEvent();
    return found;
  }

  private async parked(): Promise<UnreadLogEvent[]> {
    const parked = Array.from(this.health.parked.values(), ({ stream, id, reason }) =>
      this.read({ stream: stream.slice(this.prefix.length), id }, reason),
    );
    const events = (await Promise.all(parked)).flat();
    return events.sort((a, b) => this.store.compare(a.recorded.position, b.recorded.position));
  }

  private async droppedOnes(): Promise<UnreadLogEvent[]> {
    const dropped = this.dropped.all.map(async (event) =>
      (await this.read(event, event.reason)).map((one) => ({ ...one, dropped: event })),
    );
    return (await Promise.all(dropped)).flat();
  }

  private async read({ stream, id }: EventName, reason: string): Promise<UnreadLogEvent[]> {
    const recorded = await this.store.findEvent(this.prefix + stream, id);
    if (!recorded) return [];
    const about = personOfStream(stream) ?? this.alerts.aboutOf(stream);
    if (about === undefined) return [{ recorded, stream, reason }];
    const subject = subjectIn(about);
    return [{ recorded, stream, reason, ...(subject ? { subject } : { prisonNumber: about }) }];
  }

  /** What is about nobody concerns all prisons, like the time: whoever runs the service for one of them may decide. */
  private mayDecide({ prisonNumber, subject, stream }: UnreadLogEvent, prisons: Prisons): boolean {
    const prison = subject?.prisonId ?? prisonOfStream(stream);
    if (prison !== undefined) return prisons.has(prison);
    return prisonNumber === undefined || hold(prisons, prisonNumber, this.holders);
  }
}

const decided = (events: readonly UnreadLogEvent[]): DecidedEvents => ({
  events: events.length,
  people: events.flatMap(({ prisonNumber }) => prisonNumber ?? []),
});
