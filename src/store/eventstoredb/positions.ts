import { UnknownPosition } from '../errors.js';
import { START, type Position } from '../event-store.js';

/** A place in the server's log. Beyond 2^53, so never a number. */
export interface ServerPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export const positionOf = ({ commit, prepare }: ServerPlace): Position =>
  commit === 0n ? START : `${commit.toString()}/${prepare.toString()}`;

/** @throws UnknownPosition when the text is not a position of this store */
export const placeOf = (position: Position): ServerPlace => {
  if (position === START) return { commit: 0n, prepare: 0n };
  const [, commit, prepare] = /^(\d{1,20})\/(\d{1,20})$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new UnknownPosition(position);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};

/** Negative, zero or positive, as `a` lies before, at or after `b`. @throws UnknownPosition */
export const compare = (a: Position, b: Position): number => comparePlaces(placeOf(a), placeOf(b));

/** The same, for places that need no reading. */
export const comparePlaces = (a: ServerPlace, b: ServerPlace): number =>
  sign(a.commit - b.commit) || sign(a.prepare - b.prepare);

const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0);
