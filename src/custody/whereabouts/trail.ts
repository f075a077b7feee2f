import { effective, strikesOut, StrikeOuts, type StrikeOutsMemory } from '../../kernel/strike-outs.js';
import { inOrder, type Occurrence } from '../../kernel/occurrence.js';
import { NOWHERE, placeAfter } from './place.js';
import { DECIDES, Whereabouts, type WhereaboutsMemory } from './whereabouts.js';

/** All that is known of a person. */
export interface KnownHistory {
  readonly own: readonly Occurrence[];
  /** What was told under other numbers. */
  readonly elsewhere?: readonly Occurrence[];
}

/** A trail, to be written down. It keeps nothing of what the events say. */
export interface TrailMemory {
  readonly whereabouts: WhereaboutsMemory;
  readonly struckOut?: StrikeOutsMemory;
  readonly first?: Occurrence;
  readonly last?: Occurrence;
}

/**
 * One person, followed through the log: their whereabouts, kept up as events become known. An event that comes late and
 * matters, or takes another back, needs the whole history: then {@link Trail.through} begins anew.
 */
export class Trail {
  private struckOut: StrikeOuts | undefined;
  /** The first event that says where the person is. */
  private first: Occurrence | undefined;
  /** The last event that decided how they stand. */
  private last: Occurrence | undefined;

  constructor(readonly whereabouts = new Whereabouts()) {}

  /**
   * The trail of a person whose whole history is known, in any order.
   * @param elsewhere what was told under other numbers: a later telling of a record may stand there
   * @param each is told of every event that stands, in the order it happened, once the trail has it
   */
  static through(
    { own, elsewhere = [] }: KnownHistory,
    each?: (occurrence: Occurrence, whereabouts: Whereabouts) => void,
  ): Trail {
    const { occurrences, struckOut } = effective(own, elsewhere);
    const stands = occurrences.filter(({ type }) => type !== 'PrisonerRecordsMerged');
    const trail = new Trail(courseOf(stands, each));
    trail.struckOut = isEmpty(struckOut) ? undefined : struckOut;
    trail.first = stands.find((occurrence) => placeAfter(NOWHERE, occurrence).heardOf);
    trail.last = stands.findLast(({ type }) => DECIDES.has(type));
    return trail;
  }

  /** The trail that was written down. */
  static recall({ whereabouts, struckOut, first, last }: TrailMemory): Trail {
    const trail = new Trail(Whereabouts.recall(whereabouts));
    trail.struckOut = struckOut && StrikeOuts.recall(struckOut);
    trail.first = first;
    trail.last = last;
    return trail;
  }

  get memory(): TrailMemory {
    const { whereabouts, struckOut, first, last } = this;
    return {
      whereabouts: whereabouts.memory,
      ...(struckOut && { struckOut: struckOut.memory }),
      ...(first && { first: { ...first, data: {} } }),
      ...(last && { last: { ...last, data: {} } }),
    };
  }

  /** Whether an event was taken back before it became known. */
  wasStruckOut(occurrence: Occurrence): boolean {
    return this.struckOut?.has(occurrence) ?? false;
  }

  /**
   * Whether an event can only be understood with the whole history: because it takes one back, or comes late and
   * matters.
   */
  needsHistory(occurrence: Occurrence): boolean {
    if (strikesOut(occurrence)) return true;
    if (this.first && inOrder(occurrence, this.first) < 0) return true;
    // Until it is known where somebody is, any event may say so.
    if (this.first && !DECIDES.has(occurrence.type)) return false;
    return (this.last !== undefined && inOrder(occurrence, this.last) < 0) || this.whereabouts.claims(occurrence);
  }

  /** Takes in an event that does not need the history, unless it was taken back. Says whether it stands. */
  take(occurrence: Occurrence): boolean {
    if (this.wasStruckOut(occurrence)) return false;
    const decides = DECIDES.has(occurrence.type);
    if (this.first && !decides) return true;
    this.whereabouts.take(occurrence);
    // An event that does not say where the person is does not count as the first.
    if (this.whereabouts.holder) this.first ??= occurrence;
    if (decides) this.last = occurrence;
    return true;
  }
}

/**
 * Whereabouts along a history: after each event those that were known then, so that what belongs to a later stay counts
 * where it was told until that stay begins.
 * @param events what stands, in the order it happened
 */
export const courseOf = (
  events: readonly Occurrence[],
  each?: (occurrence: Occurrence, whereabouts: Whereabouts) => void,
): Whereabouts => {
  let whereabouts = new Whereabouts();
  events.forEach((occurrence, index) => {
    if (whereabouts.claims(occurrence)) whereabouts = Whereabouts.after(events.slice(0, index + 1));
    else whereabouts.take(occurrence);
    each?.(occurrence, whereabouts);
  });
  return whereabouts;
};

const isEmpty = ({ memory: { withdrawn, quashedUpTo, standing } }: StrikeOuts): boolean =>
  withdrawn.length + quashedUpTo.length + standing.length === 0;
