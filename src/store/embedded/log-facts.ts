import type { DatabaseSync } from 'node:sqlite';
import { StoreKindMismatch } from '../errors.js';
import { attempt } from './sqlite-errors.js';

/** Whether the people in the log are made up. */
export type StoreKind = 'demonstration' | 'real';

/** What is true of the log as a whole. Said once, never changed. */
export class LogFacts {
  constructor(
    private readonly db: DatabaseSync,
    private readonly path: string,
  ) {}

  /** Tells this log from every other, for as long as it lives. */
  id(): string {
    return this.value('id') ?? '';
  }

  kind(): StoreKind | undefined {
    return this.value('kind') as StoreKind | undefined;
  }

  /** The first declaration stands. @throws StoreKindMismatch when the log is of the other kind, StoreUnavailable */
  declareKind(kind: StoreKind): void {
    const before = this.kind();
    if (before === kind) return;
    if (before !== undefined)
      throw new StoreKindMismatch(
        `${this.path} holds ${before} data and takes no ${kind} data. Choose another DATA_DIR for it.`,
      );
    attempt(this.path, () => this.db.prepare(`INSERT INTO facts VALUES ('kind', ?)`).run(kind));
  }

  private value(name: string): string | undefined {
    const row = attempt(this.path, () => this.db.prepare('SELECT value FROM facts WHERE name = ?').get(name));
    return (row as { value: string } | undefined)?.value;
  }
}
