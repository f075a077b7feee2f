import type { Instant } from '../prison/instant.js';

interface KeyedInstant {
  readonly at: Instant;
  readonly key: string;
}

/**
 * The one index of what falls due when, for everybody: a binary heap in which an outdated entry is left behind and
 * passed over when its turn comes. Setting and taking cost O(log n). Of one instant, keys come in their own order.
 */
export class DeadlineIndex {
  private readonly heap: KeyedInstant[] = [];
  private readonly current = new Map<string, Instant>();

  /** The key falls due at `at`, whatever was set before; with an infinite instant, never. */
  set(key: string, at: Instant): void {
    if (this.current.get(key) === at) return;
    if (at === Infinity) {
      this.current.delete(key);
      return;
    }
    this.current.set(key, at);
    this.push({ at, key });
  }

  /** The first key that is due at or before `limit`. It stays due until it is set anew. */
  first(limit: Instant): KeyedInstant | undefined {
    for (let top = this.heap[0]; top; top = this.heap[0]) {
      if (this.current.get(top.key) === top.at) return top.at <= limit ? top : undefined;
      this.pop();
    }
    return undefined;
  }

  private push(entry: KeyedInstant): void {
    let child = this.heap.push(entry) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfBefore(child, parent)) return;
      child = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      const child = right < this.heap.length && before(this.at(right), this.at(left)) ? right : left;
      if (child >= this.heap.length || !this.swapIfBefore(child, parent)) return;
      parent = child;
    }
  }

  private swapIfBefore(child: number, parent: number): boolean {
    const [a, b] = [this.at(child), this.at(parent)];
    if (!before(a, b)) return false;
    this.heap[child] = b;
    this.heap[parent] = a;
    return true;
  }

  private at(index: number): KeyedInstant {
    return this.heap[index] as KeyedInstant;
  }
}

const before = (a: KeyedInstant, b: KeyedInstant): boolean => a.at < b.at || (a.at === b.at && a.key < b.key);
