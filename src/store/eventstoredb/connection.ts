import { StoreNotTrusted, StoreUnavailable, type StoreError } from '../errors.js';
import { Arrivals, CAUGHT_UP, type ClientStream } from './arrivals.js';
import { authorityIn, distrusted } from './certificates.js';
import { isAnswer, isConflict, isMissing, isNotLeader, isTooSlow, storeErrorOf } from './client-errors.js';
import { within } from './deadline.js';
import type { ServerAddress } from './server-address.js';
import type { CallOptions, Connect, ServerClient } from './server-client.js';

/** After so many nodes in a row that are not the leader, the cluster has none just now. */
const NODES_TO_TRY = 4;

type StreamingCall = (client: ServerClient, options: CallOptions) => ClientStream;

/**
 * The one place that holds the client. After a call that the server has not answered the next one gets a new client: one
 * that failed to find the cluster, or whose channel died in a way that it does not know, never recovers by itself.
 */
export class Connection {
  /** Why the last call failed, until one succeeds. */
  trouble: StoreError | undefined;
  private client: ServerClient | undefined;
  private trustCheck: Promise<StoreNotTrusted | undefined> | undefined;
  private readonly writing = new Set<Promise<unknown>>();
  private closed = false;

  /** Connects with the first call. @param patience how long one answer may take, in milliseconds */
  constructor(
    private readonly address: ServerAddress,
    private readonly newClient: Connect,
    readonly patience: number,
  ) {}

  /** A call that changes the log. @throws the client's own error for a conflict; StoreError */
  async write<T>(call: (client: ServerClient, options: CallOptions) => Promise<T>): Promise<T> {
    const writing = this.askLeader(call);
    this.writing.add(writing);
    try {
      return await writing;
    } finally {
      this.writing.delete(writing);
    }
  }

  /** What the node that answers says of its version; `unknown` where it does not. @throws StoreError */
  version(): Promise<string> {
    return this.askLeader((client) => client.version());
  }

  /** What a call streams back, once; nothing where there is no such stream. @throws StoreError */
  async *read<T>(call: StreamingCall): AsyncGenerator<T> {
    for (let tried = 1; ; tried++) {
      let begun = false;
      try {
        for await (const message of this.open<T>(call, this.patience)) {
          begun = true;
          this.trouble = undefined; // whoever reads may stop here
          if (message !== CAUGHT_UP) yield message;
        }
        this.usable(); // closed meanwhile, it was cut off
        this.trouble = undefined;
        return;
      } catch (error) {
        if (isMissing(error)) return;
        if (begun || !isNotLeader(error) || tried === NODES_TO_TRY) throw error;
      }
    }
  }

  /**
   * Begins a call that streams back. The iterator throws StoreErrors, but where there is no such stream.
   * @param patience how long nothing may come while somebody waits, in milliseconds
   * @param inSilence what to do then, instead of giving up
   * @throws StoreUnavailable
   */
  open<T>(call: StreamingCall, patience: number, inSilence?: () => Promise<void>): Arrivals<T> {
    const client = this.usable();
    const errorFor = (error: unknown): Promise<unknown> => this.errorFor(client, error, false);
    return new Arrivals<T>(call(client, this.options()), patience, errorFor, inSilence);
  }

  /** Lets the writes end that are under way, then ends everything that is still being read. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.writing);
    if (this.client) await Promise.allSettled([within(this.patience, this.client.dispose())]);
  }

  private async askLeader<T>(call: (client: ServerClient, options: CallOptions) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      const client = this.usable();
      try {
        const answer = await within(this.patience, call(client, this.options()));
        this.trouble = undefined;
        return answer;
      } catch (error) {
        if (isNotLeader(error) && tried < NODES_TO_TRY) continue;
        throw await this.errorFor(client, error, true);
      }
    }
  }

  private usable(): ServerClient {
    if (this.closed) throw new StoreUnavailable('The log has been closed here. Start the service again.');
    return (this.client ??= this.connect());
  }

  private connect(): ServerClient {
    const authority = authorityIn(this.address.tls?.caFile);
    if (authority instanceof StoreNotTrusted) throw (this.trouble = authority);
    return this.newClient(this.address);
  }

  private options(): CallOptions {
    return { credentials: this.address.user, requiresLeader: true, deadline: this.patience };
  }

  /** What the caller is told: the client's own error where it is an answer to act upon. */
  private async errorFor(client: ServerClient, error: unknown, writing: boolean): Promise<unknown> {
    if (isConflict(error) || isMissing(error)) return error;
    if (!writing && isTooSlow(error)) return storeErrorOf(error, this.address.hosts, writing);
    // What is in flight on the old one goes on there: cut off, a read would look as if it had come to its end.
    if (!isAnswer(error) && client === this.client) this.client = undefined;
    const distrust = isAnswer(error) ? undefined : await this.distrust();
    return (this.trouble = distrust ?? storeErrorOf(error, this.address.hosts, writing));
  }

  /** Calls that failed together look together. */
  private distrust(): Promise<StoreNotTrusted | undefined> {
    return (this.trustCheck ??= distrusted(this.address).finally(() => (this.trustCheck = undefined)));
  }
}
