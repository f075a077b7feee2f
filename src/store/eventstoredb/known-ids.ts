/** The ids of one stream, as far as it has been read. */
export interface StreamIds {
  readonly revisions: Map<string, number>;
  /** The first revision that has not been read. */
  next: number;
}

/** How many ids are remembered at most, over all streams: about 20 MB. */
const MOST = 200_000;

/**
 * Which id stands where, in the streams that were looked through last, so that the same stream is not read from its start
 * for every event that comes in. A stream only grows, so what is remembered stays true; it is never all there is to know.
 */
export class KnownIds {
  private readonly streams = new Map<string, StreamIds>();
  private count = 0;

  constructor(private readonly most = MOST) {}

  /** Of a stream, to be added to by {@link learn}. */
  of(stream: string): StreamIds {
    const known = this.streams.get(stream) ?? { revisions: new Map<string, number>(), next: 0 };
    // The last of the map is what was used last.
    this.streams.delete(stream);
    this.streams.set(stream, known);
    return known;
  }

  learn(stream: string, { id, revision }: { readonly id: string; readonly revision: number }): void {
    const known = this.of(stream);
    if (revision < known.next) return;
    known.next = revision + 1;
    if (known.revisions.has(id)) return;
    known.revisions.set(id, revision);
    this.count += 1;
    this.forgetOldest(stream);
  }

  forget(stream: string): void {
    this.count -= this.streams.get(stream)?.revisions.size ?? 0;
    this.streams.delete(stream);
  }

  private forgetOldest(but: string): void {
    for (const stream of this.streams.keys()) {
      if (this.count <= this.most || stream === but) return;
      this.forget(stream);
    }
  }
}
