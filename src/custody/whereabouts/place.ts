import { knownAt, type Occurrence } from '../../kernel/occurrence.js';
import { HOUR, type Instant } from '../../prison/instant.js';
import type { Absence, Holder, Stay, Takeover } from '../../prison/stay.js';

/** Why somebody left, for a while or for good, and when. */
interface Leaving {
  readonly reason: unknown;
  readonly at: Instant;
}

/** Where a person is, by their movements. Plain, to be written down. */
export interface Place {
  readonly stay?: Stay | undefined;
  /** From the first stay until somebody has left custody and comes back. It goes on through transfers. */
  readonly custody?: { readonly since: Instant } | undefined;
  /** The prison that holds the person, since the arrival or return there; in transit and after the end, the one that sent them. */
  readonly holder?: Holder | undefined;
  readonly absences: readonly Absence[];
  /** In a stay: the absence that was told last. */
  readonly away?: Leaving | undefined;
  /** The leaving that ended the last stay. */
  readonly lastLeft?: Leaving | undefined;
  /** The leaving that was told last, also while in no stay. */
  readonly lastLeaving?: Leaving | undefined;
  /** Since the last stay ended, a leaving from custody was told. */
  readonly released: boolean;
  readonly heardOf: boolean;
  /** In this stay: a roll had them. */
  readonly found?: boolean;
  /** The last arrival that took the person over, until the departure is told. */
  readonly takeover?: Takeover | undefined;
}

/** The place of somebody of whom nothing has been heard. */
export const NOWHERE: Place = { absences: [], released: false, heardOf: false };

const ARRIVALS = new Set<unknown>(['NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED']);
/** Arrivals that begin a custody, unless somebody is only in transit. */
const FROM_OUTSIDE = new Set<unknown>(['NEW_ADMISSION', 'READMISSION', 'RECALL']);
const LEAVINGS = new Set<unknown>(['RELEASED', 'TRANSFERRED', 'DIED', 'RELEASED_TO_HOSPITAL']);
const SAYS_NOTHING_OF_WHERE = new Set([
  'PersonDetailsChanged',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'PrisonerRecordsMerged',
  'EventWithdrawn',
]);
/** Nobody can do these but in the prison that they name. */
export const PRESENCE: ReadonlySet<string> = new Set([
  'CellMoved',
  'SegregationStarted',
  'SegregationHealthScreenCompleted',
  'KeyWorkerSessionHeld',
  'AcctAssessmentCompleted',
  'AcctOpened',
]);

const A_WEEK = 168 * HOUR;

/** Whether somebody is at court, on temporary absence, in hospital, or between two stays. */
export const isAway = ({ absences }: Place): boolean => {
  const last = absences.at(-1);
  return last !== undefined && last.until === undefined;
};

/**
 * Where somebody is after their next event (docs/rules-meaning.md, "Stay", "Told again", "Custody", "Away"); the same
 * object where it changes nothing.
 */
export const placeAfter = (place: Place, event: Occurrence): Place => {
  if (SAYS_NOTHING_OF_WHERE.has(event.type)) return place;
  if (event.type === 'PrisonerReceived') return received(place, event);
  if (event.type === 'PrisonerReleased') return place.heardOf ? released(place, event) : firstReleased(place, event);
  if (!place.heardOf) return begun(place, event, false);
  if (event.type === 'FoundOnRoll') return found(place, event);
  return PRESENCE.has(event.type) ? present(place, event) : place;
};

/** Of whom only rolls tell is where the last of them has them. */
const found = (place: Place, event: Occurrence): Place => {
  const { stay } = place;
  if (!stay) return place;
  if (stay.prisonId === event.prisonId) return { ...place, found: true };
  return place.found && !stay.arrival ? begun(cameBack(place, event.at), event, false) : place;
};

const received = (place: Place, event: Occurrence): Place => {
  if (isToldAgain(place, event)) return place;
  const back = cameBack(place, event.at);
  const arrival = ARRIVALS.has(event.data['reason']);
  if (place.stay?.prisonId === event.prisonId && !arrival) return back;
  // A return at another prison than the one that holds the person is an arrival told in other words.
  const begins = begun(back, event, arrival || place.stay !== undefined);
  return isTakenOver(place, event) ? { ...begins, takeover: takeoverBy(place, event) } : begins;
};

/** Who is away, at court say, has left, though not for good: they may well come to another prison from there. */
const isTakenOver = (place: Place, { prisonId }: Occurrence): boolean =>
  place.stay !== undefined && place.stay.prisonId !== prisonId && !isAway(place);

const takeoverBy = ({ stay }: Place, event: Occurrence): Takeover => ({
  from: stay?.prisonId ?? '',
  to: event.prisonId,
  at: event.at,
  knownAt: knownAt(event),
  arrival: event.id,
});

/** The same arrival in another message. */
const isToldAgain = (place: Place, { prisonId, at, data }: Occurrence): boolean => {
  const { stay } = place;
  if (!stay?.arrival || stay.prisonId !== prisonId || isAway(place)) return false;
  return ARRIVALS.has(data['reason']) && at - stay.since <= A_WEEK;
};

/** The first that is heard of somebody is that they left, for a while or for good. */
const firstReleased = (place: Place, event: Occurrence): Place => {
  if (!LEAVINGS.has(event.data['reason'])) return wentAway(begun(place, event, false), event);
  return {
    ...noted(place, event),
    heardOf: true,
    holder: { prisonId: event.prisonId, since: event.at },
    absences: [{ from: event.at }],
  };
};

const released = (place: Place, event: Occurrence): Place => {
  const leaves = LEAVINGS.has(event.data['reason']);
  if (!place.stay) return leaves ? noted(place, event) : place;
  // Told by a prison that does not hold the person.
  if (place.stay.prisonId !== event.prisonId) return leaves ? withDeparture(place, event) : place;
  const away = wentAway(place, event);
  if (!leaves) return away;
  return { ...noted(away, event), stay: undefined, away: undefined, lastLeft: leavingBy(event) };
};

/** Typed with a later time than the arrival elsewhere, or after it. */
const withDeparture = (place: Place, { prisonId }: Occurrence): Place =>
  place.takeover?.from === prisonId ? { ...place, takeover: undefined } : place;

/** Somebody did what can only be done in prison. */
const present = (place: Place, event: Occurrence): Place => {
  const { stay, away, lastLeaving, absences } = place;
  if (stay) {
    const left = isAway(place) && stay.prisonId === event.prisonId ? absences.at(-1) : undefined;
    const mayBeInHospital = event.type === 'AcctOpened' && away?.reason === 'TAKEN_TO_HOSPITAL';
    return left && !mayBeInHospital && event.at - left.from > HOUR ? cameBack(place, event.at) : place;
  }
  if (lastLeaving?.reason !== 'TRANSFERRED' || event.at - lastLeaving.at <= HOUR) return place;
  return begun(cameBack(place, event.at), event, true);
};

/** A further absence while away does not begin another: it is one absence, of the latest kind. */
const wentAway = (place: Place, event: Occurrence): Place => ({
  ...place,
  absences: isAway(place) ? place.absences : [...place.absences, { from: event.at }],
  away: leavingBy(event),
});

const cameBack = (place: Place, until: Instant): Place => {
  const last = place.absences.at(-1);
  if (!last || last.until !== undefined) return place;
  return { ...place, absences: [...place.absences.slice(0, -1), { from: last.from, until }], away: undefined };
};

const noted = (place: Place, event: Occurrence): Place => ({
  ...place,
  lastLeaving: leavingBy(event),
  released: place.released || event.data['reason'] !== 'TRANSFERRED',
});

const begun = (place: Place, event: Occurrence, arrival: boolean): Place => {
  const { prisonId, at: since } = event;
  return {
    ...place,
    stay: { since, prisonId, arrival },
    custody: beginsCustody(place, event) ? { since } : place.custody,
    holder: place.holder?.prisonId === prisonId ? place.holder : { prisonId, since },
    released: false,
    heardOf: true,
    found: event.type === 'FoundOnRoll',
  };
};

const beginsCustody = ({ stay, custody, lastLeft, released: gone }: Place, { type, at, data }: Occurrence): boolean => {
  if (!custody) return true;
  if (stay) return false;
  if (gone) return true;
  const inTransit = lastLeft?.reason === 'TRANSFERRED' && at - lastLeft.at <= A_WEEK;
  return type === 'PrisonerReceived' && FROM_OUTSIDE.has(data['reason']) && !inTransit;
};

const leavingBy = ({ at, data }: Occurrence): Leaving => ({ reason: data['reason'], at });
