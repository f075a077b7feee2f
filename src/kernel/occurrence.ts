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
  /** When it became known; missing where that was when it was recorded. */
  readonly knownAt?: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}

/** When an event became known: when it was recorded, unless it says otherwise, and never before it happened. */
export const knownAt = ({ at, recordedAt, knownAt: known = recordedAt }: Occurrence): Instant => Math.max(at, known);

/** At one instant a release comes first, then an arrival, then all else. */
const rank = (type: string): number => (type === 'PrisonerReleased' ? 0 : type === 'PrisonerReceived' ? 1 : 2);

/** The order in which things happened: `occurredAt`, releases and arrivals first, then `recordedAt`, then `id`. */
export const inOrder = (a: Occurrence, b: Occurrence): number =>
  a.at - b.at || rank(a.type) - rank(b.type) || a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
