import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '../store/errors.js';
import type { KeyErasure, Erasure, KeptKey } from './key-ring.js';

export interface KeyRow {
  readonly id: string;
  readonly subject: string;
  /** The key, locked with the master key; null once destroyed. */
  readonly wrapped: Uint8Array | null;
}

interface ErasedRow {
  readonly id: string;
  readonly subject: string;
  readonly erasure: string;
}

/** The statements of `keys.db`. Their errors are SQLite's. */
export class KeyTable {
  private readonly statements = new Map<string, StatementSync>();

  constructor(private readonly db: DatabaseSync) {}

  live = (subject: string): KeyRow | undefined =>
    this.sql('SELECT id, subject, wrapped FROM keys WHERE subject = ? AND wrapped IS NOT NULL').get(subject) as
      KeyRow | undefined;

  allLive = (): KeyRow[] =>
    this.sql('SELECT id, subject, wrapped FROM keys WHERE wrapped IS NOT NULL').all() as unknown as KeyRow[];

  /** Larger with each key that is made or destroyed. */
  count = (): number => Number(this.sql('SELECT max(number) AS count FROM keys').get()?.['count'] ?? 0);

  /** Every key that there is or was, in the order in which they were made or destroyed. */
  all(): KeptKey[] {
    const rows = this.sql('SELECT id, subject, wrapped, erasure FROM keys ORDER BY number').all();
    return (rows as unknown as (KeyRow & { readonly erasure: string | null })[]).map(
      ({ id, subject, wrapped, erasure }) => ({
        id,
        subject,
        ...(wrapped && { wrapped: Buffer.from(wrapped).toString('base64') }),
        ...(erasure !== null && { erasure: JSON.parse(erasure) as Erasure }),
      }),
    );
  }

  byId = (subject: string, id: string): KeyRow | undefined =>
    this.sql('SELECT id, subject, wrapped FROM keys WHERE id = ? AND subject = ?').get(id, subject) as
      KeyRow | undefined;

  add(id: string, subject: string, wrapped: Buffer): void {
    this.sql('INSERT INTO keys (id, subject, wrapped) VALUES (?, ?, ?)').run(id, subject, wrapped);
  }

  /** One that is here already stays as it is. */
  take({ id, subject, wrapped, erasure }: KeptKey): void {
    this.sql('INSERT INTO keys (id, subject, wrapped, erasure) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING').run(
      ...[id, subject],
      wrapped === undefined ? null : Buffer.from(wrapped, 'base64'),
      erasure === undefined ? null : JSON.stringify(erasure),
    );
  }

  rewrap(id: string, wrapped: Buffer): void {
    this.sql('UPDATE keys SET wrapped = ? WHERE id = ?').run(wrapped, id);
  }

  /** Whether there was a key to destroy. Its row moves to the end: rows stand in the order of their erasures. */
  destroy(subject: string, erasure: Erasure): boolean {
    const number = 'SELECT max(number) + 1 FROM keys';
    const update = `UPDATE keys SET wrapped = NULL, erasure = ?, number = (${number}) WHERE subject = ? AND wrapped IS NOT NULL`;
    return this.sql(update).run(JSON.stringify(erasure), subject).changes > 0;
  }

  /** The row of an erasure that found no key. */
  addDestroyed(id: string, subject: string, erasure: Erasure): void {
    this.sql('INSERT INTO keys (id, subject, erasure) VALUES (?, ?, ?)').run(id, subject, JSON.stringify(erasure));
  }

  lastErasure(subject: string): KeyErasure | undefined {
    const select = 'SELECT id, subject, erasure FROM keys WHERE subject = ? AND wrapped IS NULL ORDER BY number DESC';
    const row = this.sql(`${select} LIMIT 1`).get(subject) as ErasedRow | undefined;
    return row && erasedOf(row);
  }

  erasures(): KeyErasure[] {
    const rows = this.sql('SELECT id, subject, erasure FROM keys WHERE wrapped IS NULL ORDER BY number').all();
    return (rows as unknown as ErasedRow[]).map(erasedOf);
  }

  /** The proof of the master key; the first that is offered stands. */
  proof(first: () => Buffer): Buffer {
    const select = this.sql(`SELECT value FROM facts WHERE name = 'proof'`);
    if (!select.get()) this.sql(`INSERT OR IGNORE INTO facts VALUES ('proof', ?)`).run(first());
    return Buffer.from((select.get() as { value: Uint8Array }).value);
  }

  setProof(proof: Buffer): void {
    this.sql(`UPDATE facts SET value = ? WHERE name = 'proof'`).run(proof);
  }

  /** Another number each time that another connection has changed the file. */
  dataVersion = (): number => (this.sql('PRAGMA data_version').get() as { data_version: number }).data_version;

  inTransaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const done = work();
      this.db.exec('COMMIT');
      return done;
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** The write-ahead log still holds the pages as they were before. @throws StoreUnavailable while another reads it */
  emptyTheWriteAheadLog(path: string): void {
    const { busy } = this.sql('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (busy !== 0)
      throw new StoreUnavailable(
        `The key is destroyed, but ${path}-wal may still hold a copy: another process is reading it. Do the same again.`,
      );
  }

  private sql(text: string): StatementSync {
    const statement = this.statements.get(text) ?? this.db.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }
}

const erasedOf = ({ id, subject, erasure }: ErasedRow): KeyErasure => ({
  id,
  subject,
  ...(JSON.parse(erasure) as Erasure),
});
