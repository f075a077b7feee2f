import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openForWriting } from '../store/embedded/database-file.js';
import { attempt } from '../store/embedded/sqlite-errors.js';
import { decrypt, encrypt } from './cipher.js';
import { WrongMasterKey } from './errors.js';
import { KeyCache } from './key-cache.js';
import type { DataKey, Erased, Erasure, KeyRing } from './key-ring.js';
import { type KeyRow, KeyTable } from './key-table.js';
import { KEYS } from './key-schema.js';
import { Together } from './together.js';

const KEY_BYTES = 32;
const PROOF = 'custody-watch';

/** The keys as one SQLite file, `keys.db`, in a folder, each locked with the master key. Several processes may use it. */
export class EmbeddedKeyRing implements KeyRing {
  private readonly table: KeyTable;
  private readonly cache: KeyCache;
  /** Keys wanted in one turn of the event loop are made with one disk flush. */
  private readonly making = new Together<string, DataKey>((subjects) => this.make(subjects));

  private constructor(
    private readonly path: string,
    private readonly db: DatabaseSync,
    private master: KeyObject,
  ) {
    this.table = new KeyTable(db);
    this.cache = new KeyCache(() => this.table.dataVersion());
  }

  /** Whether a folder holds keys already. */
  static isIn = (folder: string): boolean => existsSync(keysIn(folder));

  /** Opens the keys of a folder, made when missing. @throws WrongMasterKey, StoreUnreadable, StoreUnavailable */
  static open(folder: string, master: KeyObject): EmbeddedKeyRing {
    const path = keysIn(folder);
    attempt(path, () => {
      mkdirSync(folder, { recursive: true });
      closeSync(openSync(path, 'a', 0o600));
      chmodSync(path, 0o600);
    });
    const db = openForWriting(path, KEYS);
    try {
      const ring = new EmbeddedKeyRing(path, db, master);
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

  async erase(subject: string, erasure: Erasure): Promise<Erased> {
    this.attempt(() => {
      this.table.inTransaction(() => {
        if (this.table.destroy(subject, erasure) || this.table.lastErasure(subject)) return;
        this.table.addDestroyed(randomUUID(), subject, erasure);
      });
      this.cache.drop(subject);
      this.table.emptyTheWriteAheadLog(this.path);
    });
    return this.lastErasure(subject) as Promise<Erased>;
  }

  async lastErasure(subject: string): Promise<Erased | undefined> {
    return Promise.resolve(this.attempt(() => this.table.lastErasure(subject)));
  }

  async erasures(): Promise<readonly Erased[]> {
    return Promise.resolve(this.attempt(() => this.table.erasures()));
  }

  /** Locks every key with another master key, all or none; what they sealed stays as it is. Answers with their number. */
  async rotate(master: KeyObject): Promise<number> {
    const count = this.attempt(() =>
      this.table.inTransaction(() => {
        const rows = this.table.allLive();
        for (const row of rows) this.table.rewrap(row.id, encrypt(master, this.unwrap(row).export(), contextOf(row)));
        this.table.setProof(encrypt(master, PROOF, PROOF));
        return rows.length;
      }),
    );
    this.master = master;
    this.attempt(() => {
      this.table.emptyTheWriteAheadLog(this.path);
    });
    return Promise.resolve(count);
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
    const made = { id: randomUUID(), key: createSecretKey(randomBytes(KEY_BYTES)) };
    this.table.add(made.id, subject, encrypt(this.master, made.key.export(), contextOf({ id: made.id, subject })));
    return made;
  }

  private keep(subject: string, row: KeyRow | undefined): DataKey | undefined {
    if (!row?.wrapped) return undefined;
    return this.cache.keep(subject, { id: row.id, key: this.unwrap(row) });
  }

  private unwrap(row: KeyRow): KeyObject {
    const bytes = row.wrapped && decrypt(this.master, Buffer.from(row.wrapped), contextOf(row));
    if (!bytes) throw new WrongMasterKey(this.path);
    return createSecretKey(bytes);
  }

  /** That the master key is the one that the first process locked the ring with. */
  private prove(): void {
    const proof = this.attempt(() => this.table.proof(() => encrypt(this.master, PROOF, PROOF)));
    if (!decrypt(this.master, proof, PROOF)) throw new WrongMasterKey(this.path);
  }

  private attempt<T>(action: () => T): T {
    return attempt(this.path, action);
  }
}

const keysIn = (folder: string): string => join(folder, 'keys.db');

const contextOf = ({ id, subject }: Pick<KeyRow, 'id' | 'subject'>): string => `${subject} ${id}`;
