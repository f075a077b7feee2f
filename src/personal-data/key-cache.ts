import type { DataKey } from './key-ring.js';

/** Everybody in some prisons; about 300 bytes each. */
const MOST = 20_000;

/** Unlocked keys, the oldest dropped first; all of them once another process has changed the file that they are from. */
export class KeyCache {
  private readonly keys = new Map<string, DataKey>();
  private version: number | undefined;

  /** @param versionNow another number each time that the file was changed by another */
  constructor(private readonly versionNow: () => number) {}

  get(subject: string): DataKey | undefined {
    const version = this.versionNow();
    if (version !== this.version) this.keys.clear();
    this.version = version;
    return this.keys.get(subject);
  }

  keep(subject: string, key: DataKey): DataKey {
    const [oldest] = this.keys.keys();
    if (this.keys.size >= MOST && oldest !== undefined) this.keys.delete(oldest);
    this.keys.set(subject, key);
    return key;
  }

  drop(subject: string): void {
    this.keys.delete(subject);
  }
}
