/** How patient the store is, in milliseconds. */
export interface Pacing {
  /** How long the server may take for one answer. */
  readonly patience: number;
  /** How long nothing may come of a log that has been read to its end, before the server is asked whether that is all. */
  readonly silence: number;
  /** The pause before the log is followed again after a first failure; it doubles with each further one. */
  readonly firstPause: number;
  readonly longestPause: number;
}

export const PACING: Pacing = { patience: 10_000, silence: 5_000, firstPause: 200, longestPause: 10_000 };

/**
 * The pause after so many failures in a row: between half of it and all of it, so that instances which lost the server
 * together do not come back together.
 */
export const pauseAfter = (failures: number, { firstPause, longestPause }: Pacing, chance = Math.random()): number =>
  Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 30)) * (0.5 + chance / 2);
