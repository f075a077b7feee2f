import type { Instant } from '../prison/instant.js';
import { inOrder, knownAt, type Occurrence, type RecordTelling } from './occurrence.js';

/** What rests on a charge. */
export const QUASHABLE = new Set([
  'AdjudicationReported',
  'AdjudicationProved',
  'CellularConfinementAwarded',
  'CellularConfinementActivated',
  'SocialVisitsRestricted',
]);

export interface StrikeOutsMemory {
  readonly withdrawn: readonly string[];
  readonly quashedUpTo: readonly (readonly [string, Instant])[];
  /** Of each record that was told more than once: the telling that stands for it. */
  readonly standing: readonly (readonly [string, string])[];
}

/** What is known to have been struck out: withdrawn events, outdated tellings, and what rests on a quashed charge. */
export class StrikeOuts {
  private readonly withdrawn = new Set<string>();
  private readonly quashedUpTo = new Map<string, Instant>();
  private readonly standing = new Map<string, string>();

  /**
   * What a history strikes out. A withdrawal cannot itself be withdrawn; a quashing can.
   * @param elsewhere what was told under other numbers: a later telling of a record may stand there
   */
  static by(history: readonly Occurrence[], elsewhere: readonly Occurrence[] = []): StrikeOuts {
    const struckOut = new StrikeOuts();
    for (const { type, data } of history)
      if (type === 'EventWithdrawn') struckOut.withdrawn.add(String(data['withdraws']));
    struckOut.noteTellings(elsewhere.length === 0 ? history : [...history, ...elsewhere]);
    for (const occurrence of struckOut.counted(history)) struckOut.noteQuashing(occurrence);
    return struckOut;
  }

  static recall({ withdrawn, quashedUpTo, standing }: StrikeOutsMemory): StrikeOuts {
    const struckOut = new StrikeOuts();
    for (const id of withdrawn) struckOut.withdrawn.add(id);
    for (const [charge, until] of quashedUpTo) struckOut.quashedUpTo.set(charge, until);
    for (const [record, telling] of standing) struckOut.standing.set(record, telling);
    return struckOut;
  }

  /** To be written down: ids, numbers, records, and the charges that were quashed. */
  get memory(): StrikeOutsMemory {
    const { withdrawn, quashedUpTo, standing } = this;
    return { withdrawn: [...withdrawn], quashedUpTo: [...quashedUpTo], standing: [...standing] };
  }

  /** Whether an event counts as if it had never happened. What occurs after a quashing counts again. */
  has(occurrence: Occurrence): boolean {
    const { id, type, at, data } = occurrence;
    if (this.withdrawn.has(id) || this.isReplaced(occurrence)) return true;
    if (!QUASHABLE.has(type)) return false;
    const quashed = this.quashedUpTo.get(String(data['chargeNumber']));
    return quashed !== undefined && at <= quashed;
  }

  /** Whether another telling stands for the record that this one tells of. */
  isReplaced(telling: Pick<Occurrence, 'id' | 'prisonNumber' | 'source'>): boolean {
    if (!telling.source || this.standing.size === 0) return false;
    const standing = this.standing.get(telling.source.record);
    return standing !== undefined && standing !== markOf(telling);
  }

  /**
   * What was told, without the tellings that another stands for. An event that was told under two numbers of one person
   * counts once: the first known.
   */
  counted(history: readonly Occurrence[]): readonly Occurrence[] {
    const told = this.standing.size === 0 ? history : history.filter((occurrence) => !this.isReplaced(occurrence));
    return isJoined(told) ? eachOnce(told) : told;
  }

  /** "Of one record the highest known revision stands, withdrawn or not; of equal ones the first known." */
  private noteTellings(history: readonly Occurrence[]): void {
    const best = new Map<string, Occurrence>();
    for (const occurrence of history) {
      const { source } = occurrence;
      if (!source) continue;
      const before = best.get(source.record);
      const stands = before && !standsBefore(occurrence, before) ? before : occurrence;
      best.set(source.record, stands);
      if (before && markOf(before) !== markOf(occurrence)) this.standing.set(source.record, markOf(stands));
    }
  }

  private noteQuashing({ id, type, at, data }: Occurrence): void {
    if (type !== 'AdjudicationQuashed' || this.withdrawn.has(id)) return;
    const charge = String(data['chargeNumber']);
    this.quashedUpTo.set(charge, Math.max(at, this.quashedUpTo.get(charge) ?? -Infinity));
  }
}

/** One telling: the same id under another number is another one. */
export const markOf = ({ id, prisonNumber }: Pick<Occurrence, 'id' | 'prisonNumber'>): string =>
  prisonNumber === undefined ? id : `${prisonNumber} ${id}`;

const revisionOf = ({ source }: { readonly source?: RecordTelling | undefined }): number => source?.revision ?? 0;

const standsBefore = (a: Occurrence, b: Occurrence): boolean =>
  (revisionOf(b) - revisionOf(a) || knownAt(a) - knownAt(b) || inOrder(a, b)) < 0;

/** Whether learning of this can strike out something that was counted before. */
export const strikesOut = ({ type }: Occurrence): boolean =>
  type === 'EventWithdrawn' || type === 'AdjudicationQuashed';

/** Whether a history holds what was told under several numbers. */
export const isJoined = ([first, ...others]: readonly Occurrence[]): boolean =>
  others.some(({ prisonNumber }) => prisonNumber !== first?.prisonNumber);

const eachOnce = (history: readonly Occurrence[]): Occurrence[] => {
  const first = new Map<string, Occurrence>();
  for (const occurrence of history) {
    const before = first.get(occurrence.id);
    if (!before || (knownAt(occurrence) - knownAt(before) || inOrder(occurrence, before)) < 0) {
      first.set(occurrence.id, occurrence);
    }
  }
  return [...first.values()];
};

/**
 * What a history says: without withdrawals, what they withdraw, outdated tellings and what was quashed, in the order it
 * happened.
 * @param elsewhere what was told under other numbers: a later telling of a record may stand there
 */
export const effective = (
  history: readonly Occurrence[],
  elsewhere: readonly Occurrence[] = [],
): { readonly occurrences: Occurrence[]; readonly struckOut: StrikeOuts } => {
  const struckOut = StrikeOuts.by(history, elsewhere);
  const occurrences = struckOut
    .counted(history)
    .filter((occurrence) => occurrence.type !== 'EventWithdrawn' && !struckOut.has(occurrence))
    .sort(inOrder);
  return { occurrences, struckOut };
};
