import type { Instant } from './instant.js';

/** A person's time in one prison. */
export interface Stay {
  readonly since: Instant;
  readonly prisonId: string;
  /** It began with an arrival: an arrival clock runs, and the stay is known from its first day on. */
  readonly arrival: boolean;
}

/** From leaving until the return, or until what nobody can do elsewhere; nothing in `until` while it goes on. */
export interface Absence {
  readonly from: Instant;
  readonly until?: Instant;
}

/** The prison that holds somebody, since the arrival or return there. */
export interface Holder {
  readonly prisonId: string;
  readonly since: Instant;
}

/** An arrival at one prison of somebody whom another held, and of whom nobody had told that they had left. */
export interface Takeover {
  readonly from: string;
  readonly to: string;
  /** When they arrived. */
  readonly at: Instant;
  readonly knownAt: Instant;
  /** The id of the arrival. */
  readonly arrival: string;
}
