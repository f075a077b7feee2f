import type { Instant } from './instant.js';

/** The prison that holds somebody, and since when. */
export interface Holder {
  readonly prisonId: string;
  readonly since: Instant;
}
