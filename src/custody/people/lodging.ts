import type { Instant } from '../../prison/instant.js';
import type { Stay } from '../../prison/stay.js';

/** A cell, and where and since when somebody was in it. */
export interface CellStay {
  readonly location: string;
  readonly prisonId: string;
  readonly since: Instant;
}

/** Where somebody is by the log, and since when: to be held against another list. */
export interface Lodging {
  readonly prisonNumber: string;
  /** The prison that holds them, or held them last; nothing where none is known. */
  readonly heldBy?: string | undefined;
  /** Nothing while they are in no stay. */
  readonly stay?: Stay | undefined;
  /** At court, on temporary absence, in hospital, or between two stays. */
  readonly away: boolean;
  /** When their last stay ended; nothing where none has. */
  readonly leftAt?: Instant | undefined;
  /** Why they left last, in no stay. */
  readonly lastLeft?: unknown;
  /** In the prison of the stay; nothing where none is recorded, or cannot be read. Personal. */
  readonly cell?: CellStay | undefined;
  /** In this stay: a roll had them. */
  readonly foundOnRoll: boolean;
}
