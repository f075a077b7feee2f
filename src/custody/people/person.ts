import type { Instant } from '../../prison/instant.js';
import type { Takeover } from '../../prison/stay.js';
import type { Acct, LegalStanding } from '../whereabouts/standing.js';

/** What pages show of somebody beside their safety alerts and key work. Instants: milliseconds since 1970-01-01T00:00:00Z. */
export interface PersonSummary {
  readonly prisonNumber: string;
  /** Left out where none was ever recorded, and where it was erased or cannot be read here. */
  readonly name: Name | undefined;
  /** The prison that holds the person; in transit, and after the end, the one that sent them. */
  readonly prisonId: string | undefined;
  readonly inCustody: boolean;
  /** At court, on temporary absence, in hospital, or between two stays. */
  readonly away: boolean;
  /** The cell in the prison that holds the person, as recorded there since they came. */
  readonly location: string | undefined;
  /** Open; or closed, and neither opened again nor reviewed since (rule ACCT-06 says when that is overdue). */
  readonly acct: Acct | undefined;
  readonly segregated: boolean;
  /** By what right they are held, as last told in this custody. */
  readonly legal: LegalStanding | undefined;
  /** ISO, of who was under 21 when it was told; nothing of anybody else. Personal. */
  readonly dateOfBirth: string | undefined;
  /** Staff id of the present key worker. */
  readonly keyWorker: string | undefined;
  /** The last arrival at a prison while another held them, and no departure from there has been told. */
  readonly takeover: Takeover | undefined;
  /** Numbers that were merged into this one: everything known under them is known of this person. */
  readonly formerNumbers: readonly FormerNumber[];
}

/** Personal: only for answers to somebody who may see the person. */
export interface Name {
  readonly firstName: string;
  readonly lastName: string;
}

/** A number under which somebody was recorded, until their records were merged. */
export interface FormerNumber {
  readonly prisonNumber: string;
  readonly until: Instant;
}
