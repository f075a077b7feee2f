import type { Instant } from '../prison/instant.js';
import type { Absence, Holder, Stay } from '../prison/stay.js';
import type { Occurrence } from './occurrence.js';

export interface StayOnRecord extends Stay {
  /** The event that began it. */
  readonly began: Occurrence;
}

/** From the first stay until somebody has left custody and comes back: it goes on through transfers. */
export interface Custody {
  readonly since: Instant;
}

/** Why somebody left, for a while or for good, and when. */
export interface Away {
  readonly reason: unknown;
  readonly since: Instant;
  readonly told: Occurrence;
}

/** Where a person is, as far as anybody has told. */
export interface PlaceInCustody {
  stay?: StayOnRecord | undefined;
  custody?: Custody | undefined;
  /** In a stay: the absence that was told last, while it goes on. */
  away?: Away | undefined;
  /** In transit, and after the end: the prison that sent the person. What is heard of them from elsewhere moves nobody. */
  holder?: Holder | undefined;
  /** In this stay: the event that showed it, or the return to it, where no movement has been recorded since. */
  presence?: Occurrence | undefined;
  /** In this stay: a roll had them. */
  found?: true | undefined;
  /** The leaving after which that showed them. */
  leftBefore?: Away | undefined;
  /** The leaving that ended the last stay. */
  lastLeft?: Occurrence | undefined;
  /** The last leaving told; also one told while in no stay. */
  lastLeaving?: Away | undefined;
  /** Since the last stay ended, a leaving from custody was told. */
  released: boolean;
  heardOf: boolean;
}

/** To be written down. Of what events say it holds only why the person came or left. */
export interface MovementsMemory extends Readonly<PlaceInCustody> {
  readonly absences: readonly Absence[];
}

export const awayBy = (told: Occurrence): Away => ({ reason: told.data['reason'], since: told.at, told });

/** Leaves out everything that events say, except why the person came or left. */
export const toWriteDown = ({
  stay,
  presence,
  lastLeft,
  away,
  lastLeaving,
  leftBefore,
  ...rest
}: PlaceInCustody): PlaceInCustody => ({
  ...rest,
  stay: stay && { ...stay, began: reasonOnly(stay.began) },
  away: away && awayBy(reasonOnly(away.told)),
  presence: presence && reasonOnly(presence),
  lastLeft: lastLeft && reasonOnly(lastLeft),
  lastLeaving: lastLeaving && awayBy(reasonOnly(lastLeaving.told)),
  leftBefore: leftBefore && awayBy(reasonOnly(leftBefore.told)),
});

const reasonOnly = (occurrence: Occurrence): Occurrence => {
  const { reason } = occurrence.data;
  return { ...occurrence, data: isMove(occurrence) ? { reason } : {} };
};

/** What tells of movements. */
export const MOVES: readonly string[] = ['PrisonerReceived', 'PrisonerReleased'];

/** Whether an event tells of a movement. */
export const isMove = ({ type }: Pick<Occurrence, 'type'>): boolean =>
  type === 'PrisonerReceived' || type === 'PrisonerReleased';
