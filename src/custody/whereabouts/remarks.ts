import type { Occurrence } from '../../kernel/occurrence.js';
import { NOWHERE, type Place, placeAfter, PRESENCE } from './place.js';

/**
 * What an event says of where somebody was beyond what stands in it: that nothing was on record of their return, or their
 * arrival, when it showed them there; or that it changes nothing, for they were there already, or not with that prison.
 */
export const REMARKS = ['SHOWS_RETURN', 'SHOWS_ARRIVAL', 'THERE_ALREADY', 'NOT_HELD_THERE'] as const;

export type Remark = (typeof REMARKS)[number];

/** The remarks to be made on somebody's events, by id. @param events what stands, in the order it happened */
export const remarksOn = (events: readonly Occurrence[]): ReadonlyMap<string, Remark> => {
  const remarks = new Map<string, Remark>();
  let place = NOWHERE;
  for (const event of events) {
    const next = placeAfter(place, event);
    const remark = place.heardOf ? remarkOn(event, place, next) : undefined;
    if (remark) remarks.set(event.id, remark);
    place = next;
  }
  return remarks;
};

const remarkOn = ({ type }: Occurrence, before: Place, after: Place): Remark | undefined => {
  if (PRESENCE.has(type) && after !== before) return after.stay === before.stay ? 'SHOWS_RETURN' : 'SHOWS_ARRIVAL';
  if (type === 'PrisonerReceived' && isSame(before, after)) return 'THERE_ALREADY';
  return type === 'PrisonerReleased' && isSame(before, after) ? 'NOT_HELD_THERE' : undefined;
};

/** Nobody came, nobody went, and no more is known than before of when, why and from where. */
const isSame = (a: Place, b: Place): boolean =>
  a.stay === b.stay &&
  a.absences === b.absences &&
  a.away === b.away &&
  a.lastLeaving === b.lastLeaving &&
  a.takeover === b.takeover;
