import type { Clock } from '../src/store/clock.js';

/** A clock that moves only when it is told to. */
export class VirtualClock implements Clock {
  constructor(private at: number) {}

  now(): number {
    return this.at;
  }

  /** Moves on to an instant: milliseconds, or ISO 8601. */
  moveTo(instant: number | string): number {
    this.at = typeof instant === 'number' ? instant : Date.parse(instant);
    return this.at;
  }

  /** Moves on by so many milliseconds. */
  pass(milliseconds: number): number {
    this.at += milliseconds;
    return this.at;
  }
}
