import type { RollReport } from '../../roll/roll-checked.js';
import { ROLL_DIFFERENCES } from '../../roll/comparison.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';

const words = english.roll;

/** So many people are shown of each prison. */
const MOST = 200;

/** The last check of a prison's roll, if there was one. */
export interface PrisonRoll {
  readonly prisonId: string;
  readonly check: RollReport | undefined;
}

/** What the reader of the page sees. */
interface RollReader {
  /** Whether the page about somebody opens to them. */
  readonly mayOpen: (prisonNumber: string) => boolean;
  readonly prisonName: (prisonId: string) => string;
}

const checkOf = (check: RollReport, { mayOpen, prisonName }: RollReader) => {
  const all = ROLL_DIFFERENCES.reduce((sum, kind) => sum + check.differences[kind], 0);
  const shown = check.findings.slice(0, MOST);
  return {
    heading: words.checked(prisonName(check.prisonId), sayMoment(check.asAt), check.by),
    total: words.total(check.people),
    counts: ROLL_DIFFERENCES.map((kind) => ({ text: words.kinds[kind], count: check.differences[kind] })),
    isSame: all === 0,
    unlike: check.unlike,
    corrected: check.corrected ? words.corrected(check.corrected) : undefined,
    notAll: shown.length < all ? words.notAll(shown.length, all) : undefined,
    rows: shown.map(({ prisonNumber, kind, heldBy }) => ({
      prisonNumber,
      href: mayOpen(prisonNumber) ? `/prisoners/${prisonNumber}` : undefined,
      difference: words.kinds[kind],
      heldBy: heldBy === undefined ? undefined : words.heldBy(prisonName(heldBy)),
    })),
  };
};

/** The roll of each of these prisons, as it was checked last. */
export const rollPage = (rolls: readonly PrisonRoll[], reader: RollReader) => ({
  rolls: rolls.map(({ prisonId, check }) => ({
    prisonId,
    check: check && checkOf(check, reader),
    never: words.never(reader.prisonName(prisonId)),
  })),
});

export type RollPage = ReturnType<typeof rollPage>;
