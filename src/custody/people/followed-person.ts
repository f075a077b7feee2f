import type { Holder, Takeover } from '../../prison/stay.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { ErasableEvent, EventInStream } from '../person-streams.js';
import { Trail } from '../whereabouts/trail.js';
import { LatestValue } from './latest.js';
import type { CellStay, Lodging } from './lodging.js';
import { Names } from './names.js';
import type { FormerNumber, PersonSummary } from './person.js';
import type { Spelling } from './search.js';

/** One person, followed through the log. */
export class FollowedPerson {
  readonly names = new Names();
  readonly cell = new LatestValue<CellStay>();
  /** The date of birth, ISO, of somebody young. */
  readonly born = new LatestValue<string>();

  private former: readonly FormerNumber[] = [];

  private constructor(private readonly trail: Trail) {}

  /** Somebody with nothing known about them yet. */
  static unheardOf(): FollowedPerson {
    return new FollowedPerson(new Trail());
  }

  /**
   * Somebody with all that is known about them: what was told under their numbers, in log order.
   * @param elsewhere what was told under the numbers of others
   */
  static through(
    numbers: readonly string[],
    history: readonly ErasableEvent[],
    elsewhere: readonly EventInStream[],
  ): FollowedPerson {
    const trail = Trail.through({ own: occurrencesOf(history), elsewhere: occurrencesOf(elsewhere) });
    const person = new FollowedPerson(trail);
    for (const told of history) if (!told.erased) person.hear(told);
    person.former = history
      .flatMap(({ occurrence }) => (trail.wasStruckOut(occurrence) ? [] : formerNumberBy(occurrence)))
      .filter(({ prisonNumber }) => numbers.slice(1).includes(prisonNumber));
    return person;
  }

  /** Of the name by which they are called. */
  get spelling(): Spelling | undefined {
    return this.names.present?.spelling;
  }

  /** Of all names that they had; none where none is known. */
  get spellings(): readonly Spelling[] {
    return this.names.spellings;
  }

  get takeover(): Takeover | undefined {
    return this.trail.whereabouts.takeover;
  }

  /** Numbers that were merged into theirs. */
  get formerNumbers(): readonly string[] {
    return this.former.map(({ prisonNumber }) => prisonNumber);
  }

  needsHistory({ occurrence }: EventInStream): boolean {
    return this.trail.needsHistory(occurrence);
  }

  /** Takes in the next event, one that does not need the history. */
  take(told: EventInStream): void {
    if (this.trail.take(told.occurrence)) this.hear(told);
  }

  /** The personal data about them were destroyed. */
  forget(): void {
    this.names.forget();
    this.cell.forget();
    this.born.forget();
  }

  as(prisonNumber: string): PersonSummary {
    const { holder, inCustody, away, acct, segregated, legal, keyWorker, takeover } = this.trail.whereabouts;
    const cell = this.cell.value;
    const isThere = inCustody && cell !== undefined && isIn(cell, holder);
    return {
      prisonNumber,
      name: this.names.present?.name,
      prisonId: holder?.prisonId,
      inCustody,
      away,
      location: isThere ? cell.location : undefined,
      acct,
      segregated,
      legal,
      dateOfBirth: this.born.value,
      keyWorker,
      takeover,
      formerNumbers: this.former,
    };
  }

  lodging(prisonNumber: string): Lodging {
    const { stay, away, lastLeftAt: leftAt, left, holder, foundOnRoll } = this.trail.whereabouts;
    const cell = this.cell.value;
    return {
      ...{ prisonNumber, heldBy: holder?.prisonId, stay, away, leftAt },
      ...{ lastLeft: left?.reason, foundOnRoll },
      cell: stay && cell && isIn(cell, holder) ? cell : undefined,
    };
  }

  private hear({ recorded, occurrence }: EventInStream): void {
    if (this.trail.wasStruckOut(occurrence)) return;
    if (occurrence.type === 'PersonDetailsChanged') this.names.offer(recorded, occurrence.at);
    if (occurrence.data['dateOfBirth'] !== undefined) this.born.offer(recorded, occurrence.at);
    if (occurrence.type === 'CellMoved') this.cell.offer(recorded, occurrence.at);
  }
}

/** Whether a cell is one of the prison that holds the person, and was told since they came. */
const isIn = ({ prisonId, since }: CellStay, holder: Holder | undefined): boolean =>
  prisonId === holder?.prisonId && since >= holder.since;

const occurrencesOf = (events: readonly EventInStream[]): Occurrence[] => events.map(({ occurrence }) => occurrence);

const formerNumberBy = ({ type, at, data }: Occurrence): FormerNumber[] =>
  type === 'PrisonerRecordsMerged' ? [{ prisonNumber: String(data['removedPrisonNumber']), until: at }] : [];
