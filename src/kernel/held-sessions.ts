import type { LocalDays } from '../prison/local-days.js';
import { MINUTE } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';

/** A session, and with whom it was: the number under which their record is kept now. */
export interface HeldSession {
  readonly with: string;
  readonly session: Occurrence;
}

/** Rules look no further back than so many local days: of older sessions nothing is kept. */
export const SESSIONS_KEPT = 14;

export const isSession = ({ type }: Pick<Occurrence, 'type'>): boolean => type === 'KeyWorkerSessionHeld';

/** How long a session took, in milliseconds; nothing where it is not recorded. */
const lengthOf = ({ data }: Pick<Occurrence, 'data'>): number | undefined => {
  const minutes = data['minutes'];
  return typeof minutes === 'number' ? minutes * MINUTE : undefined;
};

/** Of sessions in the order they happened, those that rules can still look at: by the last of them. */
export const keptOf = <T>(sessions: readonly T[], sessionOf: (one: T) => Occurrence, days: LocalDays): readonly T[] => {
  const last = sessions.at(-1);
  if (last === undefined) return sessions;
  const first = days.dayOf(sessionOf(last).at) - SESSIONS_KEPT;
  return sessions.some((one) => days.dayOf(sessionOf(one).at) <= first)
    ? sessions.filter((one) => days.dayOf(sessionOf(one).at) > first)
    : sessions;
};

/** Those that overlap with a session with somebody else; in order. One without a length lasts no longer than its instant. */
export const sessionsAtOnce = (sessions: readonly HeldSession[]): readonly HeldSession[] => {
  const found = new Set<HeldSession>();
  sessions.forEach((one, place) => {
    const end = one.session.at + (lengthOf(one.session) ?? 0);
    for (const other of sessions.slice(place + 1)) {
      if (other.session.at >= end && other.session.at > one.session.at) break;
      if (other.with !== one.with) found.add(one).add(other);
    }
  });
  return sessions.filter((one) => found.has(one));
};

/** Those of the local days whose sessions took longer together. */
export const sessionsOfLongDays = (
  sessions: readonly HeldSession[],
  above: number,
  days: LocalDays,
): readonly HeldSession[] => {
  const ofDay = Map.groupBy(sessions, ({ session }) => days.dayOf(session.at));
  return [...ofDay.values()].filter((ones) => lengthOfAll(ones) > above).flat();
};

const lengthOfAll = (sessions: readonly HeldSession[]): number =>
  sessions.reduce((sum, { session }) => sum + (lengthOf(session) ?? 0), 0);

/** Those of the runs of so many, one after another, that were shorter; what has no length is left out. */
export const shortSessionsInARow = (
  sessions: readonly HeldSession[],
  under: number,
  inARow: number,
): readonly HeldSession[] => {
  const found: HeldSession[] = [];
  let run: HeldSession[] = [];
  const close = (): void => {
    if (run.length >= inARow) found.push(...run);
    run = [];
  };
  for (const one of sessions) {
    const length = lengthOf(one.session);
    if (length === undefined) continue;
    if (length < under) run.push(one);
    else close();
  }
  close();
  return found;
};
