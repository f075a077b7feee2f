import type { Json } from '../src/store/event-store.js';
import type { Snapshot, SnapshotStore } from '../src/store/snapshot-store.js';

/** Snapshots for tests: one is due after every event. Written down as text, as files are. */
export class InMemorySnapshotStore implements SnapshotStore {
  readonly pace = { events: 1, milliseconds: 0 };
  /** What was written, newest last. */
  readonly texts: string[] = [];
  loaded = 0;
  private readonly newest = new Map<string, string>();

  load(consumer: string, version: string): Promise<Snapshot | undefined> {
    const text = this.newest.get(`${consumer} ${version}`);
    if (text === undefined) return Promise.resolve(undefined);
    this.loaded += 1;
    return Promise.resolve(JSON.parse(text) as Snapshot);
  }

  save(consumer: string, version: string, { upTo, parts }: Snapshot): Promise<void> {
    const text = JSON.stringify({ upTo, parts: [...parts] satisfies Json[] });
    this.newest.set(`${consumer} ${version}`, text);
    this.texts.push(text);
    return Promise.resolve();
  }
}
