/** An event as it comes over the wire. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as the server keeps it. `place` is both its commit and its prepare position. */
export interface Kept extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly place: number;
  /** By the clock of the server: milliseconds since 1970-01-01T00:00:00Z. */
  readonly created: number;
}

/** What a writer expects of the stream; -1 is that there is none. */
export type Expected = number | 'any' | 'stream-exists';

export type Outcome =
  { readonly last: number; readonly place: number } | { readonly conflict: true; readonly current: number };

/** The log of the protocol server: it outlives the server, as a disk would. */
export class ServerSideLog {
  readonly events: Kept[] = [];
  private readonly streams = new Map<string, Kept[]>();
  private waiting: (() => void)[] = [];
  private end = 0;
  /** What the clock of the server shows. */
  now = Date.parse('2023-11-14T22:13:20Z');

  /** As the real server does: the same ids at the revision expected are acknowledged again, whatever their content. */
  append(stream: string, expected: Expected, proposed: readonly Proposed[]): Outcome {
    const there = this.streams.get(stream) ?? [];
    const current = there.at(-1)?.revision ?? -1;
    const after = expected === 'any' || expected === 'stream-exists' ? current : expected;
    if (after < current) {
      const again = there.filter(({ revision }) => revision > after).slice(0, proposed.length);
      const last = again.at(-1);
      if (last && proposed.every(({ id }, index) => id === again[index]?.id))
        return { last: last.revision, place: last.place };
    }
    if (after !== current) return { conflict: true, current };
    for (const event of proposed) this.keep(stream, event);
    const last = this.streams.get(stream)?.at(-1);
    return { last: last?.revision ?? -1, place: last?.place ?? -1 };
  }

  /** What a reader of the stream is shown: nothing from before where its metadata truncate it. */
  stream(name: string): readonly Kept[] {
    const first = this.truncatedBefore(name);
    return (this.streams.get(name) ?? []).filter(({ revision }) => revision >= first);
  }

  /** Takes what streams are truncated before out of the log for good: until then `$all` still shows it. */
  scavenge(): void {
    for (const name of this.streams.keys()) this.streams.set(name, [...this.stream(name)]);
    const kept = new Set([...this.streams.values()].flat());
    this.events.splice(0, Infinity, ...this.events.filter((event) => kept.has(event)));
  }

  /** Where in {@link events} what lies after a place begins. */
  after(place: number): number {
    const index = this.events.findIndex((event) => event.place > place);
    return index === -1 ? this.events.length : index;
  }

  grown(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** As when an older backup is restored. */
  loseAll(): void {
    this.events.length = 0;
    this.streams.clear();
    this.end = 0;
  }

  wake(): void {
    const woken = this.waiting;
    this.waiting = [];
    for (const wake of woken) wake();
  }

  private truncatedBefore(name: string): number {
    const metadata = this.streams.get(`$$${name}`)?.at(-1);
    if (!metadata) return 0;
    const { $tb = 0 } = JSON.parse(Buffer.from(metadata.data).toString('utf8')) as { readonly $tb?: number };
    return $tb;
  }

  private keep(stream: string, proposed: Proposed): void {
    const there = this.streams.get(stream) ?? [];
    this.streams.set(stream, there);
    this.end += 100 + proposed.data.length + proposed.metadata.length;
    const kept = {
      ...proposed,
      stream,
      revision: (there.at(-1)?.revision ?? -1) + 1,
      place: this.end,
      created: this.now,
    };
    there.push(kept);
    this.events.push(kept);
    this.wake();
  }
}
