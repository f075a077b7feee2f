import type { Instant } from '../../prison/instant.js';
import type { EventInStream } from '../person-streams.js';
import { Trail } from '../whereabouts/trail.js';
import { LatestValue } from './latest.js';
import type { Name, PersonSummary } from './person.js';
import type { Spelling } from './search.js';

/** A cell, and where and since when somebody was in it. */
export interface CellStay {
  readonly location: string;
  readonly prisonId: string;
  readonly since: Instant;
}

/** One person, followed through the log. */
export class FollowedPerson {
  readonly name = new LatestValue<{ readonly name: Name; readonly spelling: Spelling }>();
  readonly cell = new LatestValue<CellStay>();

  private constructor(private readonly trail: Trail) {}

  /** Somebody with nothing known about them yet. */
  static unheardOf(): FollowedPerson {
    return new FollowedPerson(new Trail());
  }

  /**
   * Somebody with all that is known about them: their stream, in log order.
   * @param readable from which of it on it was not erased: an index
   */
  static through(history: readonly EventInStream[], readable: number): FollowedPerson {
    const person = new FollowedPerson(Trail.through(history.map(({ occurrence }) => occurrence)));
    for (const told of history.slice(readable)) person.hear(told);
    return person;
  }

  get spelling(): Spelling | undefined {
    return this.name.value?.spelling;
  }

  needsHistory({ occurrence }: EventInStream): boolean {
    return this.trail.needsHistory(occurrence);
  }

  /** Takes in the next event, one that does not need the history. */
  take(told: EventInStream): void {
    if (this.trail.take(told.occurrence)) this.hear(told);
  }

  /** What is personal of it was destroyed. */
  forget(): void {
    this.name.forget();
    this.cell.forget();
  }

  as(prisonNumber: string): PersonSummary {
    const { holder, inCustody, away, acct, segregated, keyWorker } = this.trail.whereabouts;
    const cell = this.cell.value;
    const isThere = inCustody && cell?.prisonId === holder?.prisonId && (cell?.since ?? 0) >= (holder?.since ?? 0);
    return {
      prisonNumber,
      name: this.name.value?.name,
      prisonId: holder?.prisonId,
      inCustody,
      away,
      location: isThere ? cell?.location : undefined,
      acct,
      segregated,
      keyWorker,
    };
  }

  private hear({ recorded, occurrence }: EventInStream): void {
    if (this.trail.wasStruckOut(occurrence)) return;
    if (occurrence.type === 'PersonDetailsChanged') this.name.offer(recorded, occurrence.at);
    if (occurrence.type === 'CellMoved') this.cell.offer(recorded, occurrence.at);
  }
}
