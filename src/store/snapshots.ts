import { Logger } from '@nestjs/common';
import type { Json, RecordedEvent } from './event-store.js';
import type { LogMark, Pace, Snapshot, SnapshotStore } from './snapshot-store.js';

/** The snapshots of one consumer of the log: when to take one, and from which to start. */
export class Snapshots {
  private readonly logger = new Logger(Snapshots.name);
  private upTo: LogMark | undefined;
  private events = 0;
  private takenAt: number | undefined;

  /** @param version of the consumer, and all its work hangs on besides the log and the program */
  constructor(
    private readonly store: SnapshotStore | undefined,
    private readonly consumer: string,
    private readonly version: string,
  ) {}

  /** What to start from; nothing where that is the start of the log. */
  async load(): Promise<Snapshot | undefined> {
    const snapshot = await this.store?.load(this.consumer, this.version);
    this.upTo = snapshot?.upTo;
    return snapshot;
  }

  /** The consumer has taken in this event. */
  passed({ stream, id, position }: RecordedEvent): void {
    this.upTo = { stream, id, position };
    this.events += 1;
  }

  /**
   * Takes one where it is time to. Resolves when it is written; until then the consumer takes in nothing.
   * Where there are no parts just now, it stays due. One that cannot be written costs a longer start and nothing else: it
   * is told, and tried again later.
   * @param now milliseconds since 1970-01-01T00:00:00Z
   */
  async takeIfDue(now: number, partsNow: () => Iterable<Json> | undefined): Promise<void> {
    this.takenAt ??= now;
    if (!this.store || !this.upTo || !this.isDue(this.store.pace, now - this.takenAt)) return;
    const parts = partsNow();
    if (!parts) return;
    this.events = 0;
    this.takenAt = now;
    try {
      await this.store.save(this.consumer, this.version, { upTo: this.upTo, parts });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      this.logger.warn(`The snapshot of ${this.consumer} could not be written (${code}); the next start takes longer.`);
    }
  }

  private isDue({ events, milliseconds }: Pace, since: number): boolean {
    return this.events >= events || (this.events > 0 && since >= milliseconds);
  }
}
