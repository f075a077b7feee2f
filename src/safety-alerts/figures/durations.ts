/** How long something took, in seconds: how many took at most each bound (cumulative), how many in all, and their sum. */
export class Durations {
  atMost: readonly number[];
  count = 0;
  sum = 0;

  /** @param bounds in seconds, the smallest first */
  constructor(readonly bounds: readonly number[]) {
    this.atMost = bounds.map(() => 0);
  }

  /** Takes up what was written down, of the same bounds. */
  recall({ atMost, count, sum }: Pick<Durations, 'atMost' | 'count' | 'sum'>): void {
    this.atMost = atMost;
    this.count = count;
    this.sum = sum;
  }

  record(seconds: number): void {
    this.atMost = this.atMost.map((count, index) => (seconds <= (this.bounds[index] ?? 0) ? count + 1 : count));
    this.count += 1;
    this.sum += seconds;
  }
}
