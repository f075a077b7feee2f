import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { decrypt, encrypt } from './cipher.js';
import { WrongMasterKey } from './errors.js';
import type { DataKey, KeptKey } from './key-ring.js';

const KEY_BYTES = 32;
const PROOF = 'custody-watch';

/** The master key at work: it locks the keys of a ring, the same way in every ring. */
export class Lock {
  /** @param ring which one it is, for errors */
  constructor(
    private readonly master: KeyObject,
    private readonly ring: string,
  ) {}

  newKey(): DataKey {
    return { id: randomUUID(), key: createSecretKey(randomBytes(KEY_BYTES)) };
  }

  /** What is kept of a key. It opens for no other subject and under no other id. */
  wrap({ id, key }: DataKey, subject: string): Buffer {
    return encrypt(this.master, key.export(), contextOf(id, subject));
  }

  /** @throws WrongMasterKey */
  open(wrapped: Buffer, id: string, subject: string): DataKey {
    const bytes = decrypt(this.master, wrapped, contextOf(id, subject));
    if (!bytes) throw new WrongMasterKey(this.ring);
    return { id, key: createSecretKey(bytes) };
  }

  /** @throws WrongMasterKey where a key is locked with another master key, or was changed */
  mustOpen(key: KeptKey): void {
    if (!this.opens(key)) throw new WrongMasterKey(this.ring);
  }

  /** Whether a key opens, where it was not destroyed. */
  opens({ id, subject, wrapped }: KeptKey): boolean {
    return (
      wrapped === undefined ||
      decrypt(this.master, Buffer.from(wrapped, 'base64'), contextOf(id, subject)) !== undefined
    );
  }

  /** What only this master key opens. */
  proof(): Buffer {
    return encrypt(this.master, PROOF, PROOF);
  }

  /** @throws WrongMasterKey for the proof of another */
  prove(proof: Buffer): void {
    if (!decrypt(this.master, proof, PROOF)) throw new WrongMasterKey(this.ring);
  }
}

const contextOf = (id: string, subject: string): string => `${subject} ${id}`;
