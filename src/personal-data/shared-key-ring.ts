import { type KeyObject, randomUUID } from 'node:crypto';
import type { Clock } from '../store/clock.js';
import type { TruncatingEventStore } from '../store/event-store.js';
import type { Decision } from '../store/transact.js';
import { KeyCache } from './key-cache.js';
import type { DataKey, KeyErasure, Erasure, KeptKey, MovableKeyRing } from './key-ring.js';
import { type DestroyedKey, keyDestroyed, keyMade, type SubjectKeys } from './key-stream.js';
import { KeyStreams } from './key-streams.js';
import { Lock } from './lock.js';
import { RingFacts } from './ring-facts.js';

/** How long an instance may go on with what it knows of a subject's keys, in milliseconds. */
const FRESH_FOR = 1_000;
const RING = 'The key ring on the event server';

/** What is known of a subject, with the key itself. */
interface KnownSubject extends SubjectKeys {
  readonly key: DataKey | undefined;
}

/** An erasure whose key may lie in the files of the event server. */
export interface PendingErasure extends KeyErasure {
  /** The leader was seen to hold the key, just now. */
  readonly onLeader: boolean;
}

/**
 * The keys on the event server beside the log, a stream for each subject, shared by every instance; each key is locked with
 * the master key. Of keys made at the same time the first wins. An erasure by another instance is known within a second.
 */
export class SharedKeyRing implements MovableKeyRing {
  private readonly cache: KeyCache<KnownSubject>;
  /** Many who ask for the same at once share one answer. */
  private readonly reading = new Map<string, Promise<KnownSubject>>();

  private constructor(
    private readonly streams: KeyStreams,
    private readonly facts: RingFacts,
    private readonly lock: Lock,
    clock: Clock,
  ) {
    this.cache = new KeyCache(() => Math.floor(clock.now() / FRESH_FOR));
  }

  /** Whether a master key has locked the ring already. @throws StoreUnavailable, StoreAccessDenied */
  static async isIn(store: TruncatingEventStore, prefix: string): Promise<boolean> {
    return (await new RingFacts(store, prefix).read()).proof !== undefined;
  }

  /**
   * The ring beside a log; the first instance locks it. Closing it leaves the store open.
   * @throws WrongMasterKey, StoreUnavailable, StoreAccessDenied
   */
  static async open(
    store: TruncatingEventStore,
    prefix: string,
    master: KeyObject,
    clock: Clock,
  ): Promise<SharedKeyRing> {
    const [facts, lock] = [new RingFacts(store, prefix), new Lock(master, RING)];
    const proof = await facts.proof(() => lock.proof().toString('base64'));
    lock.prove(Buffer.from(proof, 'base64'));
    await facts.tryTruncating();
    return new SharedKeyRing(new KeyStreams(store, prefix), facts, lock, clock);
  }

  async current(subject: string): Promise<DataKey> {
    return this.change(subject, async () => {
      const known = await this.known(subject);
      if (known.key) return { done: known.key };
      const made = this.lock.newKey();
      const wrapped = this.lock.wrap(made, subject).toString('base64');
      return { expected: known.revision, events: [keyMade(made.id, wrapped)], answer: () => made };
    });
  }

  async find(subject: string, id: string): Promise<DataKey | 'erased' | 'missing'> {
    const { key, destroyed } = await this.known(subject);
    if (key?.id === id) return key;
    return destroyed.some((one) => one.id === id) ? 'erased' : 'missing';
  }

  async erase(subject: string, erasure: Erasure): Promise<KeyErasure> {
    const destroyed = await this.change<DestroyedKey>(subject, async () => {
      const keys = await this.read(subject);
      const last = keys.destroyed.at(-1);
      if (!keys.live && last) return { done: last };
      const now = { id: keys.live?.id ?? randomUUID(), ...erasure, toScavenge: keys.live !== undefined };
      const event = keyDestroyed(randomUUID(), [...keys.destroyed, now]);
      return { expected: keys.revision, events: [event], answer: () => now };
    });
    await this.read(subject); // which hides the key
    return this.erasedOf(subject, destroyed);
  }

  async lastErasure(subject: string): Promise<KeyErasure | undefined> {
    const last = (await this.known(subject)).destroyed.at(-1);
    return last && asErased(subject, last);
  }

  /** Also completes what a process began that died meanwhile. */
  async erasures(): Promise<readonly KeyErasure[]> {
    const { destroyed, held } = await this.streams.everything();
    for (const { subject, id } of destroyed) if (held.has(id)) await this.streams.of(subject);
    return destroyed.map((one) => asErased(one.subject, one));
  }

  /** Erasures of which nobody has confirmed that every node was scavenged since. */
  async pending(): Promise<readonly PendingErasure[]> {
    const { destroyed, held } = await this.streams.everything();
    const { scavengedSince } = await this.facts.read();
    return destroyed
      .filter((one) => isPending(one, scavengedSince))
      .map((one) => ({ ...asErased(one.subject, one), pending: true, onLeader: held.has(one.id) }));
  }

  /**
   * Somebody says that every node has been scavenged by a scavenge that began at an instant, ISO 8601 in UTC, or later.
   * Answers with the erasures from before it whose key the leader still holds: where there are any, nothing is recorded.
   */
  async confirmScavenge(began: string): Promise<readonly PendingErasure[]> {
    const disproof = (await this.pending()).filter(({ at, onLeader }) => onLeader && at < began);
    if (disproof.length === 0) await this.facts.confirmScavenge(began);
    return disproof;
  }

  async *kept(): AsyncGenerator<KeptKey> {
    const { subjects } = await this.streams.everything();
    for (const [subject, { destroyed, live }] of subjects) {
      for (const { id, reason, by, at } of destroyed) yield { id, subject, erasure: { reason, by, at } };
      if (live) yield { subject, ...live };
    }
  }

  async take(kept: readonly KeptKey[]): Promise<void> {
    const bySubject = Map.groupBy(kept, ({ subject }) => subject);
    await Promise.all(
      [...bySubject.values()].map(async (keys) => {
        for (const key of keys) await this.takeOne(key);
      }),
    );
  }

  /** There is nothing to close but the store. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  private async takeOne(kept: KeptKey): Promise<void> {
    this.lock.mustOpen(kept);
    const { id, subject, wrapped, erasure } = kept;
    await this.change(subject, async () => {
      const keys = await this.read(subject);
      if (keys.live?.id === id || keys.destroyed.some((one) => one.id === id)) return { done: undefined };
      const destroyed = erasure && [...keys.destroyed, { id, ...erasure, toScavenge: false }];
      const made = wrapped === undefined ? [] : [keyMade(id, wrapped)];
      const events = destroyed ? [...made, keyDestroyed(randomUUID(), destroyed)] : made;
      return { expected: keys.revision, events, answer: () => undefined };
    });
  }

  private async erasedOf(subject: string, destroyed: DestroyedKey): Promise<KeyErasure> {
    const { scavengedSince } = await this.facts.read();
    return { ...asErased(subject, destroyed), pending: isPending(destroyed, scavengedSince) };
  }

  private known(subject: string): Promise<KnownSubject> {
    const known = this.cache.get(subject);
    return known ? Promise.resolve(known) : (this.reading.get(subject) ?? this.readForAll(subject));
  }

  private readForAll(subject: string): Promise<KnownSubject> {
    const reading = this.read(subject).finally(() => this.reading.delete(subject));
    this.reading.set(subject, reading);
    return reading;
  }

  private async read(subject: string): Promise<KnownSubject> {
    const keys = await this.streams.of(subject);
    const { live } = keys;
    const key = live && this.lock.open(Buffer.from(live.wrapped, 'base64'), live.id, subject);
    return this.cache.keep(subject, { ...keys, key });
  }

  /** Forgets what was known of the subject, whether the append succeeds or another instance was faster. */
  private change<T>(subject: string, decide: () => Promise<Decision<T>>): Promise<T> {
    return this.streams.change(subject, async () => {
      const decision = await decide();
      if ('events' in decision) this.cache.drop(subject);
      return decision;
    });
  }
}

const asErased = (subject: string, { id, reason, by, at, confirmed }: DestroyedKey): KeyErasure => ({
  id,
  subject,
  reason,
  by,
  at,
  ...(confirmed && { confirmed }),
});

const isPending = ({ toScavenge, at }: DestroyedKey, scavengedSince: string | undefined): boolean =>
  toScavenge && !(scavengedSince !== undefined && at < scavengedSince);
