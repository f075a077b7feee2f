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
