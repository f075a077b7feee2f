import { randomUUID } from 'node:crypto';
import type { ExpectedRevision, Json, NewEvent, TruncatingEventStore } from '../store/event-store.js';
import { transact } from '../store/transact.js';
import { KEY_STREAMS } from './key-streams.js';

const LOCKED = 'KeyRingLocked';
const SCAVENGED = 'ScavengeConfirmed';

interface RingState {
  readonly revision: ExpectedRevision;
  /** Base64 of what only the right master key opens. */
  readonly proof?: string;
  /** ISO 8601, UTC: every node has been scavenged by a scavenge that began then or later. */
  readonly scavengedSince?: string;
}

/** What is true of a shared key ring as a whole, in a stream of its own: no subject is called `ring`. */
export class RingFacts {
  private readonly stream: string;

  constructor(
    private readonly store: TruncatingEventStore,
    prefix: string,
  ) {
    this.stream = `${prefix}${KEY_STREAMS}ring`;
  }

  async read(): Promise<RingState> {
    let facts: RingState = { revision: 'no-stream' };
    for await (const { type, revision, data } of this.store.readStream(this.stream)) {
      facts = { ...facts, revision };
      if (type === LOCKED) facts = { ...facts, proof: String(data['proof']) };
      if (type === SCAVENGED) facts = { ...facts, scavengedSince: String(data['began']) };
    }
    return facts;
  }

  /** The proof of the master key; the first that is offered stands. */
  proof(first: () => string): Promise<string> {
    return transact(this.store, this.stream, async () => {
      const { proof, revision } = await this.read();
      if (proof !== undefined) return { done: proof };
      const offered = first();
      return { expected: revision, events: [fact(LOCKED, { proof: offered })], answer: () => offered };
    });
  }

  /**
   * Hides nothing, but fails where streams may not be truncated: better at the first start than at the first erasure.
   * @throws StoreAccessDenied
   */
  async tryTruncating(): Promise<void> {
    await this.store.truncateBefore(this.stream, 0);
  }

  /** Every node has been scavenged by a scavenge that began at an instant, ISO 8601 in UTC, or later. */
  async confirmScavenge(began: string): Promise<void> {
    await transact(this.store, this.stream, async () => {
      const { scavengedSince, revision } = await this.read();
      if (scavengedSince !== undefined && scavengedSince >= began) return { done: undefined };
      return { expected: revision, events: [fact(SCAVENGED, { began })], answer: () => undefined };
    });
  }
}

const fact = (type: string, data: Json): NewEvent => ({ id: randomUUID(), type, data, metadata: {} });
