import type { Occurrence } from '../../kernel/occurrence.js';
import type { Instant } from '../../prison/instant.js';
import type { LegalStatus } from '../../prison/legal-status.js';

/** An ACCT that was opened, or closed and not yet reviewed, and since when. */
export interface Acct {
  readonly state: 'OPEN' | 'POST_CLOSURE';
  readonly since: Instant;
}

/** By what right somebody is held in this custody, and since when it has been so. */
export interface LegalStanding {
  readonly status: LegalStatus;
  readonly since: Instant;
}

/** A state that somebody is in: told in so many words, or only shown by another event. */
interface StandingState {
  readonly since: Instant;
  readonly told: boolean;
}

/** What is true of somebody, apart from where they are. Plain, to be written down. */
export interface Standing {
  readonly segregation?: StandingState | undefined;
  readonly openAcct?: StandingState | undefined;
  readonly closedAcct?: { readonly since: Instant; readonly reviewed: boolean } | undefined;
  /** The ids of the markers HA that are on; null for one without an id. */
  readonly acctMarkers: readonly (string | null)[];
  /** The last key worker session of this stay, with whomever it was. */
  readonly lastSession?: Instant | undefined;
  readonly complexityIsHigh: boolean;
  /** As last told in this custody. */
  readonly legal?: LegalStanding | undefined;
  /** By prison, the key worker whom the prison allocated last. */
  readonly keyWorkers: Readonly<Record<string, string>>;
}

export const NOTHING_KNOWN: Standing = { acctMarkers: [], complexityIsHigh: false, keyWorkers: {} };

/** In a new stay segregation and key work begin afresh. */
export const inNewStay = (standing: Standing): Standing => ({
  ...standing,
  segregation: undefined,
  lastSession: undefined,
});

/** In a new custody no ACCT, close, marker HA or legal status is known yet. */
export const inNewCustody = (standing: Standing): Standing => ({
  ...standing,
  openAcct: undefined,
  closedAcct: undefined,
  acctMarkers: [],
  legal: undefined,
});

/** When a stay ends, the key worker of its prison is no longer theirs. */
export const withoutKeyWorkerOf = (standing: Standing, prisonId: string): Standing => {
  const left = Object.entries(standing.keyWorkers).filter(([prison]) => prison !== prisonId);
  return { ...standing, keyWorkers: Object.fromEntries(left) };
};

/**
 * What is true of somebody after their next event (docs/rules-meaning.md, "Open and closed", "Key worker").
 * @param held the prison of the stay that they are in; nothing between two stays
 */
export const standingAfter = (standing: Standing, event: Occurrence, held: string | undefined): Standing => {
  const { type, at, data, prisonId } = event;
  switch (type) {
    case 'SegregationStarted':
      return held === undefined ? standing : { ...standing, segregation: toldOf(standing.segregation, at) };
    case 'SegregationEnded':
      return { ...standing, segregation: undefined };
    case 'CellMoved':
      return held === prisonId ? afterCellMove(standing, event) : standing;
    case 'AcctOpened':
      return { ...standing, openAcct: toldOf(standing.openAcct, at), closedAcct: undefined };
    case 'AcctClosed':
      return closed(standing, at);
    case 'AcctPostClosureReviewHeld':
      return standing.closedAcct ? { ...standing, closedAcct: { ...standing.closedAcct, reviewed: true } } : standing;
    case 'RiskMarkerAdded':
      return data['code'] === 'HA' ? afterMarkerAdded(standing, event) : standing;
    case 'RiskMarkerRemoved':
      return data['code'] === 'HA' ? afterMarkerRemoved(standing, event) : standing;
    case 'KeyWorkerSessionHeld':
      return held === undefined ? standing : { ...standing, lastSession: at };
    case 'KeyWorkerAllocated':
      return { ...standing, keyWorkers: { ...standing.keyWorkers, [prisonId]: String(data['staffId']) } };
    case 'KeyWorkerDeallocated':
      // "Allocate the new, then deallocate the old" is ordinary: only the present key worker can be taken away.
      return standing.keyWorkers[prisonId] === data['staffId'] ? withoutKeyWorkerOf(standing, prisonId) : standing;
    case 'ComplexityOfNeedChanged':
      return { ...standing, complexityIsHigh: data['level'] === 'HIGH' };
    case 'LegalStatusChanged':
      return { ...standing, legal: legalAfter(standing.legal, event) };
    default:
      return standing;
  }
};

/** The same status told again has held since it was told first. */
const legalAfter = (legal: LegalStanding | undefined, { at, data }: Occurrence): LegalStanding =>
  legal && legal.status === data['status'] ? legal : { status: data['status'] as LegalStatus, since: at };

/** A second start changes nothing, except that the state counts as told from then on. */
const toldOf = (state: StandingState | undefined, at: Instant): StandingState => ({
  since: state?.since ?? at,
  told: true,
});

/** A move into the unit shows a segregation; a segregation that was only shown ends with the move out. */
const afterCellMove = (standing: Standing, { at, data }: Occurrence): Standing => {
  const { segregation } = standing;
  if (data['segregationUnit'] === true && !segregation) return { ...standing, segregation: { since: at, told: false } };
  if (data['segregationUnit'] === false && segregation && !segregation.told)
    return { ...standing, segregation: undefined };
  return standing;
};

/** Post-closure runs from the first close. */
const closed = (standing: Standing, since: Instant): Standing => ({
  ...standing,
  openAcct: undefined,
  closedAcct: standing.closedAcct ?? { since, reviewed: false },
});

const afterMarkerAdded = (standing: Standing, { at, data }: Occurrence): Standing => {
  const { acctMarkers, openAcct } = standing;
  const marked = { ...standing, acctMarkers: [...new Set([...acctMarkers, markerIn(data)])] };
  if (acctMarkers.length > 0 || openAcct) return marked;
  return { ...marked, openAcct: { since: at, told: false }, closedAcct: undefined };
};

const afterMarkerRemoved = (standing: Standing, { at, data }: Occurrence): Standing => {
  const { acctMarkers, openAcct } = standing;
  const id = markerIn(data);
  const left = id === null ? [] : acctMarkers.filter((marker) => marker !== id);
  const marked = { ...standing, acctMarkers: left };
  const ends = acctMarkers.length > 0 && left.length === 0 && openAcct !== undefined && !openAcct.told;
  return ends ? closed(marked, at) : marked;
};

const markerIn = ({ markerId }: Occurrence['data']): string | null => (typeof markerId === 'string' ? markerId : null);
