import type { Instant } from './instant.js';

/** The prison that holds somebody, since the arrival or return there. */
export interface Holder {
  readonly prisonId: string;
  readonly since: Instant;
}
