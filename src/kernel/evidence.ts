import type { Pattern } from './condition.js';
import { NEVER, type Instant } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';
import type { Truth } from './truth.js';

/** Why a condition is true, or is not: a tree of what was looked at, with the events that it rests on. */
export interface Evidence {
  readonly op: string;
  readonly holds: Truth;
  /** From when the condition counts. */
  readonly since?: Instant;
  /** When what was expected fell, or falls, due. */
  readonly due?: Instant;
  /** The due instant or date that the record says, where an absence moved it, or moves it until the person is back. */
  readonly dueOnRecord?: Instant;
  /** The leaving after which the person was seen in the prison, while no return is on record. Nothing rests on it. */
  readonly left?: Occurrence;
  readonly count?: number;
  /** How many there should be. */
  readonly expected?: number;
  /** How many the prison allows, where more are counted. */
  readonly capacity?: number;
  /** What is counted where that is not the events: the different values of one of their members. */
  readonly counts?: readonly string[];
  /** The event that is missing where there is none; the first of them where several would do. */
  readonly missing?: Pick<Pattern, 'type' | 'where'>;
  /** The risk families that were counted. */
  readonly families?: readonly string[];
  readonly cites: readonly Occurrence[];
  readonly of?: readonly Evidence[];
}

/** So many events are grounds enough for anybody; how many there are in all is said as `count`. */
export const ENOUGH = 100;

/** Of what was counted, in the order it happened, what is cited: the latest. */
export const latestOf = (counted: readonly Occurrence[]): readonly Occurrence[] =>
  counted.length > ENOUGH ? counted.slice(-ENOUGH) : counted;

/** Of what has waited, in the order it happened, what is cited: what has waited longest. */
export const earliestOf = <T>(waiting: readonly T[]): readonly T[] =>
  waiting.length > ENOUGH ? waiting.slice(0, ENOUGH) : waiting;

/** @param due {@link NEVER} while it waits for the person to come back @param onRecord the same, absences apart */
export const duesOf = (due: Instant, onRecord: Instant): Pick<Evidence, 'due' | 'dueOnRecord'> => ({
  ...(due !== NEVER && { due }),
  ...(onRecord !== due && onRecord !== NEVER && { dueOnRecord: onRecord }),
});

/** The events that a tree cites, each once, in the order it happened. */
export const cited = (evidence: Evidence): Occurrence[] => {
  const found = new Map<string, Occurrence>();
  const visit = ({ cites, of }: Evidence): void => {
    for (const occurrence of cites) found.set(occurrence.id, occurrence);
    of?.forEach(visit);
  };
  visit(evidence);
  return [...found.values()].sort((a, b) => a.at - b.at);
};

/** The first node for which `says` is true; nodes that hold come before those that do not. */
export const firstSaying = (evidence: Evidence, says: (node: Evidence) => boolean): Evidence | undefined => {
  if (says(evidence)) return evidence;
  const { of } = evidence;
  return of && (firstOf(of, true, says) ?? firstOf(of, false, says));
};

const firstOf = (parts: readonly Evidence[], holding: boolean, says: (node: Evidence) => boolean) => {
  for (const part of parts) {
    const found = (part.holds === true) === holding && firstSaying(part, says);
    if (found) return found;
  }
  return undefined;
};
