const UINT32 = 4_294_967_296;

/** Something that chance may pick, as likely as its weight says. */
export interface Weighted<T> {
  readonly weight: number;
  readonly value: T;
}

/**
 * Repeatable chance (mulberry32): the same seed and names give the same numbers, on every machine. Each name has numbers
 * of its own, so that a change in one life leaves all others as they were. Not for secrets.
 */
export class Chance {
  private state: number;

  constructor(private readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** A chance of its own, the same each time it is asked for by this name. */
  of(name: string): Chance {
    let hash = 2_166_136_261 ^ this.seed;
    for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
    return new Chance(hash);
  }

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** How long until something that comes so long apart on average, whenever it came last. */
  wait(average: number): number {
    return -Math.log(1 - this.next()) * average;
  }

  /** One of them, each as likely. @throws RangeError where there is none to pick from */
  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.next() * from.length)];
    if (picked === undefined) throw new RangeError('There is nothing to pick from.');
    return picked;
  }

  /** One of them, each as likely as its weight says. @throws RangeError where there is none to pick from */
  weighted<T>(from: readonly Weighted<T>[]): T {
    let left = this.next() * from.reduce((sum, { weight }) => sum + weight, 0);
    const picked = from.find(({ weight }) => (left -= weight) < 0);
    if (!picked) throw new RangeError('There is nothing to pick from.');
    return picked.value;
  }

  /** All of them, in another order. */
  shuffled<T>(from: readonly T[]): T[] {
    return from
      .map((value) => ({ value, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ value }) => value);
  }
}
