import { UnknownPosition } from '../errors.js';
import type { Position } from '../event-store.js';

/** The embedded log counts its events from 1, without gaps. */
export const positionOf = (count: number): Position => String(count);

/** @throws UnknownPosition when the text is not a position of this store */
export const countOf = (position: Position): number => {
  if (!/^\d{1,15}$/.test(position)) throw new UnknownPosition(position);
  return Number(position);
};
