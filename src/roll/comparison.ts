import type { Lodging } from '../custody/people/lodging.js';
import type { Instant } from '../prison/instant.js';
import type { RollEntry } from './roll-entry.js';

/**
 * How a roll and the log differ about somebody.
 *
 * `NEVER_HEARD_OF`: on the roll, and no arrival or other record of where they are was ever told: nobody would be alerted of
 * them. `DIED`: on the roll, and by the log they are dead: a number or a record is wrong. `NOT_IN_CUSTODY`: on the roll, and
 * by the log they have left in another way. `OTHER_PRISON`, `OTHER_CELL`: by the log they are
 * elsewhere. `ONLY_HERE`: by the log they are in the prison, and the roll does not have them.
 */
export const ROLL_DIFFERENCES = [
  'NEVER_HEARD_OF',
  'DIED',
  'NOT_IN_CUSTODY',
  'OTHER_PRISON',
  'OTHER_CELL',
  'ONLY_HERE',
] as const;
export type RollDifference = (typeof ROLL_DIFFERENCES)[number];

/** They say that the log knows the person, and has them somewhere else. */
export const NOT_HERE: readonly RollDifference[] = ['DIED', 'NOT_IN_CUSTODY', 'OTHER_PRISON'];

/** Somebody about whom a roll and the log differ. */
export interface RollFinding {
  readonly prisonNumber: string;
  readonly kind: RollDifference;
  /** The prison that holds them by the log, or held them last, where they are not in the prison of the roll. */
  readonly heldBy?: string | undefined;
  /**
   * The log tells it of a later instant than the roll, in another prison: no difference, but for whoever may not know that
   * they are there.
   */
  readonly later?: true | undefined;
  /** What the roll says of them; nothing where it does not have them. */
  readonly entry?: RollEntry | undefined;
  /** Where they are by the log; nothing where it never heard of them. */
  readonly lodging?: Lodging | undefined;
}

/** The people of the log, as far as a roll is held against them. */
export interface LodgedPeople {
  /** By any number that was ever theirs; nothing for somebody the log never heard of. */
  lodgingOf(prisonNumber: string): Lodging | undefined;
  /** Everybody in a stay in a prison. */
  lodgedIn(prisonId: string): Iterable<Lodging>;
}

/** A roll of one prison. */
export interface Roll {
  readonly prisonId: string;
  /** The instant of which it speaks: milliseconds since 1970-01-01T00:00:00Z. */
  readonly asAt: Instant;
  readonly entries: readonly RollEntry[];
}

/**
 * Where a roll and the log differ, in the order of the roll, then those whom it does not have. What the log says of a later
 * instant than the roll is no difference, and is found as `later` where it is of another prison. Whoever is at court, in hospital or on temporary absence need not be on it.
 */
export const differencesBetween = ({ prisonId, asAt, entries }: Roll, people: LodgedPeople): RollFinding[] => {
  const found = new Set<string>();
  const there = entries.flatMap((entry): RollFinding[] => {
    const lodging = people.lodgingOf(entry.prisonNumber);
    if (lodging) found.add(lodging.prisonNumber);
    const { prisonNumber = entry.prisonNumber } = lodging ?? {};
    const kind = differenceOf(entry, lodging, prisonId, asAt);
    if (kind === undefined) return [];
    const heldBy = NOT_HERE.includes(kind) ? lodging?.heldBy : undefined;
    const later = NOT_HERE.includes(kind) && lodging !== undefined && isLater(lodging, asAt);
    if (later && heldBy === prisonId) return [];
    return [{ prisonNumber, kind, heldBy, ...(later && { later }), entry, lodging }];
  });
  const here = [...people.lodgedIn(prisonId)]
    .filter(({ prisonNumber, away, stay }) => !found.has(prisonNumber) && !away && (stay?.since ?? asAt) <= asAt)
    .map((lodging): RollFinding => ({ prisonNumber: lodging.prisonNumber, kind: 'ONLY_HERE', lodging }));
  return [...there, ...here];
};

const differenceOf = (
  { location }: RollEntry,
  lodging: Lodging | undefined,
  prisonId: string,
  asAt: Instant,
): RollDifference | undefined => {
  if (!lodging || isUnheardOf(lodging, asAt)) return 'NEVER_HEARD_OF';
  const { stay, lastLeft, cell } = lodging;
  if (!stay) return lastLeft === 'DIED' ? 'DIED' : 'NOT_IN_CUSTODY';
  if (stay.prisonId !== prisonId) return 'OTHER_PRISON';
  const isElsewhere = location !== undefined && cell !== undefined && cell.since <= asAt;
  return isElsewhere && !isSameCell(cell.location, location, prisonId) ? 'OTHER_CELL' : undefined;
};

const isLater = ({ stay, leftAt = -Infinity }: Lodging, asAt: Instant): boolean => (stay?.since ?? leftAt) > asAt;

/** Nothing was told of where they are by then, but that a roll has them, of whatever prison. */
const isUnheardOf = ({ stay, leftAt, foundOnRoll }: Lodging, asAt: Instant): boolean =>
  stay ? foundOnRoll && !stay.arrival && stay.since <= asAt : leftAt === undefined;

/** Some systems write the prison before the cell. */
const isSameCell = (a: string, b: string, prisonId: string): boolean => cellIn(a, prisonId) === cellIn(b, prisonId);
const cellIn = (location: string, prisonId: string): string => {
  const cell = location.toUpperCase().trim();
  return cell.startsWith(`${prisonId}-`) ? cell.slice(prisonId.length + 1) : cell;
};

/** So many differences are ordinary, whatever the size of the prison. */
const ORDINARY = 10;
/** Of the people, more than this share: then it is rather another roll, or half of one. */
const SHARE = 0.2;

/**
 * Whether it looks like the roll of another prison or of another day, or like half a roll: many differ, there or here. Whom
 * another prison has later counts, so that the answer does not say whether the log knows them.
 */
export const isUnlike = (roll: Roll, findings: readonly RollFinding[], lodgedHere: number): boolean => {
  const missing = findings.filter(({ kind }) => kind === 'ONLY_HERE').length;
  const strange = findings.filter(({ kind }) => kind !== 'ONLY_HERE' && kind !== 'OTHER_CELL').length;
  return isMany(missing, lodgedHere) || isMany(strange, roll.entries.length);
};

const isMany = (some: number, all: number): boolean => some > ORDINARY && some > all * SHARE;
