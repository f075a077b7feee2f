import { effective } from '../../kernel/strike-outs.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { PRESENCE } from '../whereabouts/place.js';
import { staysOf, type TimeInPrison } from '../whereabouts/stays.js';
import type { KnownHistory } from '../whereabouts/trail.js';

const MOVES: ReadonlySet<string> = new Set(['PrisonerReceived', 'PrisonerReleased', 'EventWithdrawn']);

/** A person, as far as what is known of them says who may tell of them. Kept up while more of it becomes known. */
export class KnownPerson {
  private readonly own: Occurrence[];
  private readonly elsewhere: readonly Occurrence[];
  private readonly prisons: Map<string, string>;
  private known: readonly TimeInPrison[] | undefined;

  /** @param pending what is known to have been told by a prison that did not hold them, and does not count */
  constructor(
    { own, elsewhere = [] }: KnownHistory,
    private readonly pending: ReadonlyMap<string, string>,
  ) {
    this.own = [...own];
    this.elsewhere = elsewhere;
    this.prisons = new Map(own.map(({ id, prisonId }) => [id, prisonId]));
  }

  /**
   * The prison in which they are in a stay, if their arrival there was told. Nobody holds them in transit, and after they
   * have left custody. One event under a mistyped number shows that somebody is there, too: what the prison that has the
   * person tells must not wait for that.
   */
  get heldBy(): string | undefined {
    const { present } = this;
    return present?.arrived ? present.prisonId : undefined;
  }

  private get present(): TimeInPrison | undefined {
    const last = this.stays.at(-1);
    return last?.until === undefined ? last : undefined;
  }

  /** Their stays, the present one last. */
  get stays(): readonly TimeInPrison[] {
    this.known ??= staysOf(effective(this.own, this.elsewhere).occurrences.filter(isNoMerge));
    return this.known;
  }

  /** The prison of an event that counts. */
  prisonOf(eventId: string): string | undefined {
    return this.prisons.get(eventId);
  }

  /** The prisons that told of a record of a source, about this person. */
  prisonsTelling(record: string): readonly string[] {
    return this.own.filter(({ source }) => source?.record === record).map(({ prisonId }) => prisonId);
  }

  /** The prison that told of an event that is pending. */
  prisonOfPending(eventId: string): string | undefined {
    return this.pending.get(eventId);
  }

  /** From now on this counts, too. */
  learn(occurrence: Occurrence): void {
    if (this.mayMove(occurrence)) this.known = undefined;
    this.own.push(occurrence);
    this.prisons.set(occurrence.id, occurrence.prisonId);
  }

  /** Whether it may begin or end a stay. A history is long, and most of it says nothing of where somebody is. */
  private mayMove({ type }: Occurrence): boolean {
    return MOVES.has(type) || this.own.length === 0 || (PRESENCE.has(type) && this.present === undefined);
  }
}

const isNoMerge = ({ type }: Occurrence): boolean => type !== 'PrisonerRecordsMerged';
