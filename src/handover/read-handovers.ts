import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../access/prisons.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { NoSuchHandover } from './errors.js';
import type { Handover } from './handover.js';
import { HandoverBook } from './handover-book.js';
import { NoteReader, type HandoverWithNote } from './note-reader.js';
import { READABLE } from './notes.js';

/** The hand-overs of a prison. */
export interface PrisonHandovers {
  /** Those that nobody has signed and that can still be read: the latest first, at most {@link MOST_WAITING}. */
  readonly waiting: readonly HandoverWithNote[];
  /** How many are waiting, including those that are not shown. */
  readonly totalWaiting: number;
  /** The latest that has been signed. */
  readonly lastSigned: Handover | undefined;
  /** One page of all of them, the latest first. */
  readonly content: readonly HandoverWithNote[];
  readonly totalElements: number;
}

const MOST_WAITING = 5;

/** @throws NoSuchHandover where the prison is not one of the reader's */
export class ReadHandovers extends Query<PrisonHandovers> {
  constructor(
    readonly prisonId: string,
    readonly prisons: Prisons,
    /** Which page of all of them, counted from 0; none where it is left out. */
    readonly page: { readonly number: number; readonly size: number } = { number: 0, size: 0 },
  ) {
    super();
  }
}

@QueryHandler(ReadHandovers)
export class ReadHandoversHandler implements IQueryHandler<ReadHandovers> {
  constructor(
    private readonly book: HandoverBook,
    private readonly reader: NoteReader,
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
      waiting: await this.reader.withNotes(waiting.slice(0, MOST_WAITING)),
      totalWaiting: waiting.length,
      lastSigned: all.find(({ handover: { signatures } }) => signatures.length > 0)?.handover,
      content: await this.reader.withNotes(all.slice(number * size, (number + 1) * size)),
      totalElements: all.length,
    };
  }
}
