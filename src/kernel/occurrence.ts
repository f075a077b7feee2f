import type { Instant } from '../prison/instant.js';

/** One telling of a record. */
export interface RecordTelling {
  /** Type, system and the system's own id: the same record has the same text, whatever prison number it is told under. */
  readonly record: string;
  /** Of one record the highest known counts. */
  readonly revision: number;
}

/** A custody event as rules see it: something that happened to one person. */
export interface Occurrence {
  readonly id: string;
  readonly type: string;
  /** When it happened. */
  readonly at: Instant;
  /** When its source recorded it. */
  readonly recordedAt: Instant;
  /** The prison responsible at that moment. */
  readonly prisonId: string;
  /** The number under which it was told. */
  readonly prisonNumber?: string | undefined;
  /**
   * The record of its source that it tells of; nothing for an event that stands for itself, as withdrawals and merges
   * do.
   */
  readonly source?: RecordTelling | undefined;
  /** The client that sent it, where the log says so. */
  readonly sender?: string | undefined;
  /** When it became known; missing where that was when it was recorded. */
  readonly knownAt?: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}

/** When an event became known: when it was recorded, unless it says otherwise, and never before it happened. */
export const knownAt = ({ at, recordedAt, knownAt: known = recordedAt }: Occurrence): Instant => Math.max(at, known);

/** At one instant a release comes first, then an arrival, then all else. */
const rank = (type: string): number => (type === 'PrisonerReleased' ? 0 : type === 'PrisonerReceived' ? 1 : 2);

/**
 * The order in which things happened: `occurredAt`, releases and arrivals first, then `recordedAt`, then `id`, then the
 * number under which it was told.
 */
export const inOrder = (a: Occurrence, b: Occurrence): number =>
  a.at - b.at ||
  rank(a.type) - rank(b.type) ||
  a.recordedAt - b.recordedAt ||
  byText(a.id, b.id) ||
  byText(a.prisonNumber ?? '', b.prisonNumber ?? '');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byKnown = (a: Occurrence, b: Occurrence): number => knownAt(a) - knownAt(b) || inOrder(a, b);

/** The order in which it became known; of equal ids the first. */
export const inTheOrderKnown = (history: readonly Occurrence[]): Occurrence[] => {
  const sorted = [...history].sort(byKnown);
  const seen = new Set<string>();
  return sorted.filter(({ id }) => !seen.has(id) && seen.add(id));
};

/** What was told under several numbers, in the order it became known; the same id under another number is another event. */
export const allInTheOrderKnown = (
  histories: ReadonlyMap<string, readonly Occurrence[]>,
): { readonly prisonNumber: string; readonly occurrence: Occurrence }[] =>
  [...histories]
    .flatMap(([prisonNumber, history]) => inTheOrderKnown(history).map((occurrence) => ({ prisonNumber, occurrence })))
    .sort((a, b) => byKnown(a.occurrence, b.occurrence));
