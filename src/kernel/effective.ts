import type { Instant } from '../prison/instant.js';
import { inOrder, type Occurrence } from './occurrence.js';

const QUASHABLE = new Set([
  'AdjudicationReported',
  'AdjudicationProved',
  'CellularConfinementAwarded',
  'CellularConfinementActivated',
]);

export interface StruckOutMemory {
  readonly withdrawn: readonly string[];
  readonly quashedUpTo: readonly (readonly [string, Instant])[];
}

/** What is known to have been struck out: withdrawn events, and what rests on a quashed charge. */
export class StruckOut {
  private readonly withdrawn = new Set<string>();
  private readonly quashedUpTo = new Map<string, Instant>();

  /** To be written down: ids, and the charges that were quashed. */
  get memory(): StruckOutMemory {
    return { withdrawn: [...this.withdrawn], quashedUpTo: [...this.quashedUpTo] };
  }

  static recall({ withdrawn, quashedUpTo }: StruckOutMemory): StruckOut {
    const struckOut = new StruckOut();
    for (const id of withdrawn) struckOut.withdrawn.add(id);
    for (const [charge, until] of quashedUpTo) struckOut.quashedUpTo.set(charge, until);
    return struckOut;
  }

  /** Takes note of a withdrawal or a quashing. A withdrawal cannot itself be withdrawn; a quashing can. */
  note(occurrence: Occurrence): void {
    if (occurrence.type === 'EventWithdrawn') this.withdrawn.add(String(occurrence.data['withdraws']));
    if (occurrence.type === 'AdjudicationQuashed' && !this.withdrawn.has(occurrence.id)) {
      const charge = String(occurrence.data['chargeNumber']);
      this.quashedUpTo.set(charge, Math.max(occurrence.at, this.quashedUpTo.get(charge) ?? -Infinity));
    }
  }

  /** Whether an event counts as if it had never happened. What occurs after a quashing counts again. */
  has(occurrence: Occurrence): boolean {
    if (this.withdrawn.has(occurrence.id)) return true;
    if (!QUASHABLE.has(occurrence.type)) return false;
    const quashed = this.quashedUpTo.get(String(occurrence.data['chargeNumber']));
    return quashed !== undefined && occurrence.at <= quashed;
  }
}

/** Whether learning of this can strike out something that was counted before. */
export const strikesOut = ({ type }: Occurrence): boolean =>
  type === 'EventWithdrawn' || type === 'AdjudicationQuashed';

/** What a history says: without withdrawals, what they withdraw and what was quashed, in the order it happened. */
export const effective = (
  history: readonly Occurrence[],
): { readonly occurrences: Occurrence[]; readonly struckOut: StruckOut } => {
  const struckOut = new StruckOut();
  for (const occurrence of history) if (occurrence.type === 'EventWithdrawn') struckOut.note(occurrence);
  for (const occurrence of history) if (occurrence.type === 'AdjudicationQuashed') struckOut.note(occurrence);
  const occurrences = history
    .filter((occurrence) => occurrence.type !== 'EventWithdrawn' && !struckOut.has(occurrence))
    .sort(inOrder);
  return { occurrences, struckOut };
};
