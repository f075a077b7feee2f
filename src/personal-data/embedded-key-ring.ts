import { type KeyObject, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openForReading, openForWriting } from '../store/embedded/database-file.js';
import { attempt } from '../store/embedded/sqlite-errors.js';
import { KeyCache } from './key-cache.js';
import type { DataKey, KeyErasure, Erasure, KeptKey, MovableKeyRing } from './key-ring.js';
import { type KeyRow, KeyTable } from './key-table.js';
import { KEYS } from './key-schema.js';
import { Lock } from './lock.js';
import { Batch } from './batch.js';

/** The keys as one SQLite file, `keys.db`, in a folder, each locked with the master key. Several processes may use it. */
export class EmbeddedKeyRing implements MovableKeyRing {
  private readonly table: KeyTable;
  private readonly cache: KeyCache<DataKey>;
  /** Keys wanted in one turn of the event loop are made with one disk flush. */
  private readonly making = new Batch<string, DataKey>((subjects) => this.make(subjects));

  private constructor(
    private readonly path: string,
    private readonly db: DatabaseSync,
    private lock: Lock,
  ) {
    this.table = new KeyTable(db);
    this.cache = new KeyCache(() => this.table.dataVersion());
  }

  /** Whether a folder holds keys already. */
  static isIn = (folder: string): boolean => existsSync(keysIn(folder));

  /** Opens the keys of a folder, made when missing. @throws WrongMasterKey, StoreUnreadable, StoreUnavailable */
  static open(folder: string, master: KeyObject): EmbeddedKeyRing {
    return EmbeddedKeyRing.proven(keysIn(folder), openForWriting(keysIn(folder), KEYS), master);
  }

  /** The same keys to be read only, beside whoever uses them. @throws WrongMasterKey, StoreUnreadable, StoreUnavailable */
  static openReadOnly(folder: string, master: KeyObject): EmbeddedKeyRing {
    return EmbeddedKeyRing.proven(keysIn(folder), openForReading(keysIn(folder), KEYS), master);
  }

  private static proven(path: string, db: DatabaseSync, master: KeyObject): EmbeddedKeyRing {
    try {
      const ring = new EmbeddedKeyRing(path, db, new Lock(master, path));
      ring.prove();
      return ring;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  async current(subject: string): Promise<DataKey> {
    const known = this.attempt(() => this.cache.get(subject) ?? this.keep(subject, this.table.live(subject)));
    return known ? Promise.resolve(known) : this.making.get(subject);
  }

  async find(subject: string, id: string): Promise<DataKey | 'erased' | 'missing'> {
    return Promise.resolve(
      this.attempt(() => {
        const known = this.cache.get(subject);
        if (known?.id === id) return known;
        const row = this.table.byId(subject, id);
        if (!row) return 'missing';
        return this.keep(subject, row) ?? 'erased';
      }),
    );
  }

  async erase(subject: string, erasure: Erasure): Promise<KeyErasure> {
    this.attempt(() => {
      this.table.inTransaction(() => {
        if (this.table.destroy(subject, erasure) || this.table.lastErasure(subject)) return;
        this.table.addDestroyed(randomUUID(), subject, erasure);
      });
      this.cache.drop(subject);
      this.table.emptyTheWriteAheadLog(this.path);
    });
    return this.lastErasure(subject) as Promise<KeyErasure>;
  }

  async lastErasure(subject: string): Promise<KeyErasure | undefined> {
    return Promise.resolve(this.attempt(() => this.table.lastErasure(subject)));
  }

  async erasures(): Promise<readonly KeyErasure[]> {
    return Promise.resolve(this.attempt(() => this.table.erasures()));
  }

  /** Locks every key with another master key, all or none; what they sealed stays as it is. Answers with their number. */
  async rotate(master: KeyObject): Promise<number> {
    const next = new Lock(master, this.path);
    const count = this.attempt(() =>
      this.table.inTransaction(() => {
        const rows = this.table.allLive();
        for (const row of rows) this.table.rewrap(row.id, next.wrap(this.unwrap(row), row.subject));
        this.table.setProof(next.proof());
        return rows.length;
      }),
    );
    this.lock = next;
    this.attempt(() => {
      this.table.emptyTheWriteAheadLog(this.path);
    });
    return Promise.resolve(count);
  }

  /** Larger with each key that is made or destroyed: a ring with a smaller one is an older copy. */
  count(): number {
    return this.attempt(() => this.table.count());
  }

  async *kept(): AsyncGenerator<KeptKey> {
    await Promise.resolve();
    yield* this.attempt(() => this.table.all());
  }

  /** All or none. */
  async take(kept: readonly KeptKey[]): Promise<void> {
    for (const key of kept) this.lock.mustOpen(key);
    this.attempt(() => {
      this.table.inTransaction(() => {
        for (const key of kept) this.table.take(key);
      });
    });
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
    return Promise.resolve();
  }

  private make(subjects: readonly string[]): DataKey[] {
    return this.attempt(() =>
      this.table.inTransaction(() =>
        subjects.map((subject) => this.keep(subject, this.table.live(subject)) ?? this.makeOne(subject)),
      ),
    );
  }

  private makeOne(subject: string): DataKey {
    const made = this.lock.newKey();
    this.table.add(made.id, subject, this.lock.wrap(made, subject));
    return made;
  }

  private keep(subject: string, row: KeyRow | undefined): DataKey | undefined {
    return row?.wrapped ? this.cache.keep(subject, this.unwrap(row)) : undefined;
  }

  private unwrap({ id, subject, wrapped }: KeyRow): DataKey {
    return this.lock.open(Buffer.from(wrapped ?? []), id, subject);
  }

  /** That the master key is the one that the first process locked the ring with. */
  private prove(): void {
    this.lock.prove(this.attempt(() => this.table.proof(() => this.lock.proof())));
  }

  private attempt<T>(action: () => T): T {
    return attempt(this.path, action);
  }
}

const keysIn = (folder: string): string => join(folder, 'keys.db');
