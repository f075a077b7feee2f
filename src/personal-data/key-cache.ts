/** Everybody in some prisons; about 300 bytes each. */
const MOST = 20_000;

/** Unlocked keys, by subject, the oldest dropped first; all of them once others may have changed what they are from. */
export class KeyCache<T> {
  private readonly keys = new Map<string, T>();
  private version: number | undefined;

  /** @param versionNow another number each time that others may have changed something */
  constructor(private readonly versionNow: () => number) {}

  get(subject: string): T | undefined {
    const version = this.versionNow();
    if (version !== this.version) this.keys.clear();
    this.version = version;
    return this.keys.get(subject);
  }

  keep(subject: string, key: T): T {
    const [oldest] = this.keys.keys();
    if (this.keys.size >= MOST && oldest !== undefined) this.keys.delete(oldest);
    this.keys.set(subject, key);
    return key;
  }

  drop(subject: string): void {
    this.keys.delete(subject);
  }
}
