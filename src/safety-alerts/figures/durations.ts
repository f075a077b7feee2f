/** How long something took, in seconds: how many took at most each bound (cumulative), how many in all, and their sum. */
export class Durations {
  readonly atMost: number[];
  count = 0;
  sum = 0;

  /** @param bounds in seconds, the smallest first */
  constructor(readonly bounds: readonly number[]) {
    this.atMost = bounds.map(() => 0);
  }

  record(seconds: number): void {
    this.count += 1;
    this.sum += seconds;
    this.bounds.forEach((bound, i) => {
      if (seconds <= bound) this.atMost[i] = (this.atMost[i] ?? 0) + 1;
    });
  }
}
