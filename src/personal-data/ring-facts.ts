import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision } from '../store/errors.js';
import type { ExpectedRevision, Json, TruncatingEventStore } from '../store/event-store.js';
import { KEY_STREAMS } from './key-streams.js';

const LOCKED = 'KeyRingLocked';
const SCAVENGED = 'ScavengeConfirmed';

interface Facts {
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

  async read(): Promise<Facts> {
    let facts: Facts = { revision: 'no-stream' };
    for await (const { type, revision, data } of this.store.readStream(this.stream)) {
      facts = { ...facts, revision };
      if (type === LOCKED) facts = { ...facts, proof: String(data['proof']) };
      if (type === SCAVENGED) facts = { ...facts, scavengedSince: String(data['began']) };
    }
    return facts;
  }

  /** The proof of the master key; the first that is offered stands. */
  async proof(first: () => string): Promise<string> {
    for (;;) {
      const { proof, revision } = await this.read();
      if (proof !== undefined) return proof;
      await this.add(revision, LOCKED, { proof: first() });
    }
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
    for (;;) {
      const { scavengedSince, revision } = await this.read();
      if (scavengedSince !== undefined && scavengedSince >= began) return;
      await this.add(revision, SCAVENGED, { began });
    }
  }

  /** Where another was faster the facts are read again. */
  private async add(revision: ExpectedRevision, type: string, data: Json): Promise<void> {
    try {
      await this.store.append(this.stream, revision, [{ id: randomUUID(), type, data, metadata: {} }]);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
}
