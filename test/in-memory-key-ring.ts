import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { DataKey, KeyErasure, Erasure, KeyRing } from '../src/personal-data/key-ring.js';

/** Forgets everything with the process. */
export class InMemoryKeyRing implements KeyRing {
  private readonly live = new Map<string, DataKey>();
  private readonly erased: KeyErasure[] = [];

  current(subject: string): Promise<DataKey> {
    const key = this.live.get(subject) ?? { id: randomUUID(), key: createSecretKey(randomBytes(32)) };
    this.live.set(subject, key);
    return Promise.resolve(key);
  }

  find(subject: string, id: string): Promise<DataKey | 'erased' | 'missing'> {
    const key = this.live.get(subject);
    if (key?.id === id) return Promise.resolve(key);
    return Promise.resolve(this.erased.some((one) => one.id === id) ? 'erased' : 'missing');
  }

  erase(subject: string, erasure: Erasure): Promise<KeyErasure> {
    const key = this.live.get(subject);
    const before = this.erased.findLast((one) => one.subject === subject);
    if (!key && before) return Promise.resolve(before);
    const erased = { id: key?.id ?? randomUUID(), subject, ...erasure };
    this.live.delete(subject);
    this.erased.push(erased);
    return Promise.resolve(erased);
  }

  lastErasure(subject: string): Promise<KeyErasure | undefined> {
    return Promise.resolve(this.erased.findLast((one) => one.subject === subject));
  }

  erasures(): Promise<readonly KeyErasure[]> {
    return Promise.resolve(this.erased);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
