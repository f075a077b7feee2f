import type { Chance } from '../../src/generate/chance.js';

/** How long a siege goes on, and by what chance. */
interface SiegeTerms {
  /** How long the load goes on. */
  readonly minutes: number;
  /** How many data folders are damaged. */
  readonly starts: number;
  /** How many times the clock is set. */
  readonly jumps: number;
  readonly chance: Chance;
  /** Not there yet; everything is written in it. */
  readonly folder: string;
}

/** What came of it: in one line what was done and measured, and whatever should not be. */
interface SiegeVerdict {
  readonly verdict: string;
  readonly findings: readonly string[];
}

export type SiegePart = (terms: SiegeTerms) => Promise<SiegeVerdict>;
