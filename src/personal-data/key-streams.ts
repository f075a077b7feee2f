import type { TruncatingEventStore } from '../store/event-store.js';
import { type Decision, transact } from '../store/transact.js';
import type { KeyErasure } from './key-ring.js';
import { type DestroyedKey, NO_KEYS, type SubjectKeys, withEvent } from './key-stream.js';

/** With what the names of the streams that hold keys begin, after the prefix of the service; then comes the subject. */
export const KEY_STREAMS = 'key-';

/** What the streams of all subjects come to. */
export interface AllSubjects {
  readonly subjects: ReadonlyMap<string, SubjectKeys>;
  /** Ids of the keys that the leader holds. What a stream was truncated before is among them until it is scavenged. */
  readonly held: ReadonlySet<string>;
  readonly destroyed: readonly (DestroyedKey & { readonly subject: string })[];
}

/** Reads and writes the streams in which the keys lie, locked. */
export class KeyStreams {
  private readonly begin: string;

  constructor(
    private readonly store: TruncatingEventStore,
    prefix: string,
  ) {
    this.begin = prefix + KEY_STREAMS;
  }

  /** What the stream says now. A destroyed key that still lies open, since a process died, is hidden first. */
  async of(subject: string): Promise<SubjectKeys> {
    let keys = NO_KEYS;
    for await (const event of this.store.readStream(this.begin + subject)) keys = withEvent(keys, event);
    if (keys.exposedBefore !== undefined) await this.store.truncateBefore(this.begin + subject, keys.exposedBefore);
    return keys;
  }

  /** Decides on the keys of a subject, and again where another instance was faster. @throws StoreUnavailable */
  change<T>(subject: string, decide: () => Promise<Decision<T>>): Promise<T> {
    return transact(this.store, this.begin + subject, decide);
  }

  async everything(): Promise<AllSubjects> {
    const subjects = new Map<string, SubjectKeys>();
    const held = new Set<string>();
    for await (const event of this.store.readAll({ filter: { streamPrefixes: [this.begin] } })) {
      const subject = event.stream.slice(this.begin.length);
      const keys = withEvent(subjects.get(subject) ?? NO_KEYS, event);
      subjects.set(subject, keys);
      if (keys.live) held.add(keys.live.id);
    }
    const destroyed = [...subjects].flatMap(([subject, keys]) => keys.destroyed.map((one) => ({ subject, ...one })));
    return { subjects, held, destroyed: destroyed.sort(byInstant) };
  }
}

const byInstant = (a: Pick<KeyErasure, 'at'>, b: Pick<KeyErasure, 'at'>): number => Date.parse(a.at) - Date.parse(b.at);
