import { DAY } from '../prison/instant.js';
import type { Stay } from '../prison/stay.js';
import { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';
import { isMove } from './place-in-custody.js';

/**
 * The events that a later stay may claim: they name a prison in which no stay that began with an arrival was open, so that
 * the person may have been there already, and somebody typed the arrival late (docs/rules-meaning.md, "Stay").
 */
export class UnclaimedEvents {
  private recent: Occurrence[] = [];

  /** Takes note of the next event, once the movements have taken it in. */
  note(occurrence: Occurrence, { stay }: Movements): void {
    if (isMove(occurrence) || (stay?.arrival && stay.prisonId === occurrence.prisonId)) return;
    this.recent = this.recent.filter(({ at }) => occurrence.at - at <= DAY);
    this.recent.push(occurrence);
  }

  /** Those that belong to a stay that has just begun: of two stays they belong to the first. */
  claimedBy({ prisonId, since }: Stay): Occurrence[] {
    const claimed = this.recent.filter((o) => o.prisonId === prisonId && since - o.at <= DAY);
    this.recent = this.recent.filter((occurrence) => !claimed.includes(occurrence));
    return claimed;
  }

  /** Whether a stay that began with this event would claim any. */
  hasAny({ prisonId, at }: Occurrence): boolean {
    return this.recent.some((before) => before.prisonId === prisonId && at - before.at <= DAY);
  }
}

const NOTHING: ReadonlySet<Occurrence> = new Set();

/** The events that happened before the stay that they belong to. @param occurrences what stands, in order */
export const earlyIn = (occurrences: readonly Occurrence[]): ReadonlySet<Occurrence> => {
  const movements = new Movements();
  const unclaimed = new UnclaimedEvents();
  let early: Set<Occurrence> | undefined;
  for (const occurrence of occurrences) {
    const { newStay } = movements.on(occurrence);
    if (newStay && movements.stay) {
      for (const claimed of unclaimed.claimedBy(movements.stay)) early = (early ?? new Set()).add(claimed);
    }
    unclaimed.note(occurrence, movements);
  }
  return early ?? NOTHING;
};
