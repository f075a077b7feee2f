import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../access/prisons.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { NoSuchHandover } from './errors.js';
import type { Handover } from './handover.js';
import { type Entered, HandoverBook } from './handover-book.js';
import { Notes, READABLE } from './notes.js';
import { handoverStreamOf } from './stored-handover-event.js';

/** A hand-over with its note: as it was written, `(erased)` or `(key missing)`. */
export type ToldHandover = Handover & { readonly note: string };

/** The hand-overs of a prison. */
export interface PrisonHandovers {
  /** Nobody has signed them, and they can still be read; the latest first, at most {@link MOST_WAITING}. */
  readonly waiting: readonly ToldHandover[];
  /** How many wait, those that are not shown included. */
  readonly totalWaiting: number;
  /** The latest that somebody has signed. */
  readonly lastSigned: Handover | undefined;
  /** One page of all of them, the latest first. */
  readonly content: readonly ToldHandover[];
  readonly totalElements: number;
}

const MOST_WAITING = 5;

/** @throws NoSuchHandover where the prison is none of the reader's */
export class ReadHandovers extends Query<PrisonHandovers> {
  constructor(
    readonly prisonId: string,
    readonly prisons: Prisons,
    /** Which of all of them; left out: none. Pages count from 0. */
    readonly page: { readonly number: number; readonly size: number } = { number: 0, size: 0 },
  ) {
    super();
  }
}

@QueryHandler(ReadHandovers)
export class ReadHandoversHandler implements IQueryHandler<ReadHandovers> {
  constructor(
    private readonly book: HandoverBook,
    private readonly notes: Notes,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
  async execute({ prisonId, prisons, page: { number, size } }: ReadHandovers): Promise<PrisonHandovers> {
    if (!prisons.has(prisonId)) throw new NoSuchHandover();
    const now = this.clock.now();
    const all = this.book.of(prisonId);
    const waiting = all.filter(
      ({ handover: { signatures, at } }) => signatures.length === 0 && now - Date.parse(at) < READABLE,
    );
    return {
      waiting: await this.told(waiting.slice(0, MOST_WAITING), now),
      totalWaiting: waiting.length,
      lastSigned: all.find(({ handover: { signatures } }) => signatures.length > 0)?.handover,
      content: await this.told(all.slice(number * size, (number + 1) * size), now),
      totalElements: all.length,
    };
  }

  private told(entered: readonly Entered[], now: number): Promise<ToldHandover[]> {
    return Promise.all(
      entered.map(async ({ handover, revision }) => ({ ...handover, note: await this.note(handover, revision, now) })),
    );
  }

  private async note(handover: Handover, from: number, now: number): Promise<string> {
    const stream = this.prefix + handoverStreamOf(handover.prisonId);
    for await (const written of this.store.readStream(stream, { from, limit: 1 }))
      return this.notes.read(written, handover, now);
    return '';
  }
}
