import type { Day } from '../../prison/local-days.js';
import type { Frequency } from '../figures/frequency.js';
import type { NotWatchedByPrison } from './not-watched.js';

/** How often somebody is to be seen, and for how long each time. */
interface SessionPace {
  readonly everyDays: number;
  readonly minutes: number;
}

/** The pace of a prison on a day; nothing where it has no key work scheme then, or nobody tells of its sessions. */
export type PaceOn = (prisonId: string, day: Day) => SessionPace | undefined;

/** The rule that needs sessions, and nothing else. */
const NEEDS_SESSIONS = 'KW-01';

export const paceOn =
  (frequency: Frequency, notWatched: NotWatchedByPrison): PaceOn =>
  (prisonId, day) => {
    const { scheme, everyWeeks, minutes } = frequency.termsOn(prisonId, day);
    const isUntold = notWatched.get(prisonId)?.has(NEEDS_SESSIONS) ?? false;
    return scheme && !isUntold ? { everyDays: everyWeeks * 7, minutes } : undefined;
  };
