import type { Instant } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';
import { isWorse, type Severity } from '../prison/severity.js';
import type { Truth } from './truth.js';

/** An alert that is open. */
export interface Open {
  readonly raisedAt: Instant;
  /** From when "since" counts in the closing condition of a latched rule: the instant it was raised, or stood anew. */
  readonly standsSince: Instant;
  /** The highest step reached. */
  readonly severity: Severity;
  /** When what was expected had fallen due. */
  readonly due: Instant;
  /** The custody events it was raised on. */
  readonly evidence: readonly Occurrence[];
}

/**
 * One rule about one person, as it has gone so far: a fold over what was known when. `settled` are the events that a
 * latched rule counted when it closed while its opening condition still held: it opens again only on more than these.
 */
export interface Episode {
  readonly open?: Open;
  readonly settled?: ReadonlySet<string>;
}

/** What a rule says of a person at one instant. */
export interface Reading {
  readonly at: Instant;
  /** A key worker, whom the rule is about, always is. */
  readonly inStay: boolean;
  /** Not in a stay because the last one ended; by what is known now there was one. */
  readonly hasLeft: boolean;
  readonly applies: Truth;
  readonly opening: Truth;
  readonly severity: Severity | undefined;
  /** Whether, by what is known now, what the alert stands on since an instant was not so, or a new stay has begun since. */
  readonly isBasisGone: (standsSince: Instant) => boolean;
  /** For latched rules: whether the closing condition holds, counted since an instant. */
  readonly closing?: (since: Instant) => Truth;
  /** The events that the opening condition counts now. */
  readonly counted: () => ReadonlySet<string>;
}

/** What becomes of the alert. */
type EpisodeChange = 'raised' | 'escalated' | 'resolved' | 'expired' | 'none';

export interface Next {
  readonly change: EpisodeChange;
  readonly episode: { readonly standsSince?: Instant; readonly settled?: ReadonlySet<string> };
}

const NOTHING: Next = { change: 'none', episode: {} };

/** What becomes of a rule's alert on a new reading (docs/rules-meaning.md, "Severity", "Latched"). Unknown changes nothing. */
export const next = (episode: Episode, reading: Reading): Next => {
  if (!reading.inStay)
    return { ...NOTHING, change: episode.open ? (reading.hasLeft ? 'expired' : 'resolved') : 'none' };
  return reading.closing ? latched(episode, reading, reading.closing) : levelled(episode, reading);
};

/**
 * What becomes of an open latched alert under the number that its own was merged into: it is raised there, counts as
 * closed there, or has lost its basis.
 */
export const nextInherited = (open: Open, reading: Reading): Next => {
  if (!reading.inStay || !reading.closing) return NOTHING;
  const { change, episode } = latchedOpen(open, reading, reading.closing);
  if (change === 'resolved') return { ...NOTHING, episode };
  if (reading.opening === false && reading.isBasisGone(open.standsSince)) return NOTHING;
  return { change: 'raised', episode };
};

/** A rule without a latch is open exactly while its condition is true. */
const levelled = ({ open }: Episode, reading: Reading): Next => {
  if (reading.opening === 'unknown') return NOTHING;
  if (!open) return reading.opening ? { ...NOTHING, change: 'raised' } : NOTHING;
  if (!reading.opening) return { ...NOTHING, change: 'resolved' };
  return rises(open, reading) ? { ...NOTHING, change: 'escalated' } : NOTHING;
};

type ClosingTruth = (since: Instant) => Truth;

const latched = (episode: Episode, reading: Reading, closing: ClosingTruth): Next =>
  episode.open ? latchedOpen(episode.open, reading, closing) : latchedClosed(episode.settled, reading, closing);

/** The closing condition is asked first; only if it does not hold does the basis of the alert matter. */
const latchedOpen = (open: Open, reading: Reading, closing: ClosingTruth): Next => {
  if (reading.applies === false) return { ...NOTHING, change: 'resolved' };
  if (closing(open.standsSince) === true) return { change: 'resolved', episode: settledIf(reading) };
  const isGone = reading.isBasisGone(open.standsSince);
  if (isGone && reading.opening === false) return { ...NOTHING, change: 'resolved' };
  const standsSince = isGone && reading.opening === true ? reading.at : open.standsSince;
  if (standsSince !== open.standsSince && closing(standsSince) === true) {
    return { change: 'resolved', episode: settledIf(reading) };
  }
  const change = reading.opening === true && rises(open, reading) ? 'escalated' : 'none';
  return { change, episode: { standsSince } };
};

const latchedClosed = (settled: ReadonlySet<string> | undefined, reading: Reading, closing: ClosingTruth): Next => {
  if (reading.opening === false) return NOTHING;
  if (reading.opening === 'unknown' || (settled && countsNothingNew(settled, reading))) {
    return { change: 'none', episode: settled ? { settled } : {} };
  }
  return closing(reading.at) === true
    ? { change: 'none', episode: settledIf(reading) }
    : { change: 'raised', episode: {} };
};

const settledIf = (reading: Reading): Next['episode'] =>
  reading.opening === false ? {} : { settled: reading.counted() };

const countsNothingNew = (settled: ReadonlySet<string>, reading: Reading): boolean =>
  [...reading.counted()].every((id) => settled.has(id));

const rises = (open: Open, { severity }: Reading): boolean =>
  severity !== undefined && isWorse(severity, open.severity);
