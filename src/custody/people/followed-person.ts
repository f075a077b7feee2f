import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { RecordedEvent } from '../../store/event-store.js';
import { Circumstances } from './circumstances.js';
import { Latest } from './latest.js';
import type { Name, Person } from './person.js';
import type { Spelling } from './search.js';

/** A cell, and where and since when somebody was in it. */
export interface Cell {
  readonly location: string;
  readonly prisonId: string;
  readonly since: Instant;
}

/** One event of somebody's stream, as it lies in the log and as rules see it. */
export interface Told {
  readonly recorded: RecordedEvent;
  readonly occurrence: Occurrence;
}

/** One person, followed through the log. */
export class FollowedPerson {
  readonly name = new Latest<{ readonly name: Name; readonly spelling: Spelling }>();
  readonly cell = new Latest<Cell>();

  private constructor(private readonly circumstances: Circumstances) {}

  /** Somebody of whom nothing is known yet. */
  static unheardOf(): FollowedPerson {
    return new FollowedPerson(new Circumstances());
  }

  /**
   * Somebody of whom all is known: their stream, in log order.
   * @param readable from which of it on it was not erased: an index
   */
  static through(history: readonly Told[], readable: number): FollowedPerson {
    const person = new FollowedPerson(Circumstances.through(history.map(({ occurrence }) => occurrence)));
    for (const told of history.slice(readable)) person.hear(told);
    return person;
  }

  get spelling(): Spelling | undefined {
    return this.name.value?.spelling;
  }

  needsHistory({ occurrence }: Told): boolean {
    return this.circumstances.needsHistory(occurrence);
  }

  /** Takes in the next event, one that does not need the history. */
  take(told: Told): void {
    if (this.circumstances.wasStruckOut(told.occurrence)) return;
    this.circumstances.take(told.occurrence);
    this.hear(told);
  }

  /** What is personal of it was destroyed. */
  forget(): void {
    this.name.forget();
    this.cell.forget();
  }

  as(prisonNumber: string): Person {
    const { holder, inCustody, away, acct, segregated, keyWorker } = this.circumstances;
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

  private hear({ recorded, occurrence }: Told): void {
    if (this.circumstances.wasStruckOut(occurrence)) return;
    if (occurrence.type === 'PersonDetailsChanged') this.name.offer(recorded, occurrence.at);
    if (occurrence.type === 'CellMoved') this.cell.offer(recorded, occurrence.at);
  }
}
