import { Inject, Injectable, Logger } from '@nestjs/common';
import { v5 } from 'uuid';
import { toIso } from '../prison/instant.js';
import { codeOf } from '../prison/errors.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { revisionOf, transact } from '../store/transact.js';

/** Fixed for ever: each user is noted once. */
const NAMESPACE = '6f0a3f0a-5f0c-4d5e-8c3b-1d9a2f7c4e60';
const SCHEMA = 1;

/**
 * Under which user names anybody ever came: so that a name which somebody types can be told from one that nobody has. The
 * issuer has a list of them, and shows it to nobody.
 */
@Injectable()
export class KnownUsers {
  private readonly logger = new Logger(KnownUsers.name);
  private readonly stream: string;
  private readonly known = new Set<string>();
  private readonly coming = new Set<string>();
  /** The revision from which the stream has not been read. */
  private next = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.stream = `${prefix}users`;
  }

  /** Somebody has come. Returns at once: what cannot be noted now is noted when they come again. */
  note(user: string): void {
    if (this.known.has(user) || this.coming.has(user)) return;
    this.coming.add(user);
    this.keep(user)
      .catch((error: unknown) => {
        this.logger.warn(`That a user came for the first time could not be noted: ${codeOf(error)}`);
      })
      .finally(() => this.coming.delete(user));
  }

  /** Whether anybody ever came under this name, at whatever instance. @throws StoreUnavailable */
  async knows(user: string): Promise<boolean> {
    if (!this.known.has(user)) await this.readOn();
    return this.known.has(user);
  }

  private async keep(user: string): Promise<void> {
    const event = {
      ...{ id: v5(user, NAMESPACE), type: 'UserCame', data: { user } },
      metadata: { schema: SCHEMA, knownAt: toIso(this.clock.now()) },
    };
    await transact(this.store, this.stream, async () => {
      if (await this.knows(user)) return { done: undefined };
      return { expected: await revisionOf(this.store, this.stream), events: [event], answer: () => undefined };
    });
    this.known.add(user);
  }

  private async readOn(): Promise<void> {
    for await (const { data, revision } of this.store.readStream(this.stream, { from: this.next })) {
      this.known.add(String(data['user']));
      this.next = Math.max(this.next, revision + 1);
    }
  }
}
