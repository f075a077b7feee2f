import { randomUUID } from 'node:crypto';
import type { EventStore, NewEvent, RecordedEvent } from '../../src/store/event-store.js';
import { chained } from '../chain.js';
import type { EventFilter, Position, Subscription, SubscriptionMessage } from '../../src/store/event-store.js';

/** One store, opened for one test. It may hold the events of others: every test keeps to stream names of its own. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens it again on the same log. */
  reopen(): Promise<EventStore>;
  dispose(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/** The same stores, with their events in a chain. */
export const inChain =
  (openStore: OpenStore): OpenStore =>
  async () => {
    const bare = await openStore();
    return {
      store: await chained(bare.store, 'contract-'),
      reopen: async () => chained(await bare.reopen(), 'contract-'),
      dispose: () => bare.dispose(),
    };
  };

/** The beginning of stream names that no other test uses. */
export const freshPrefix = (): string => `contract-${randomUUID()}-`;

export const event = (over: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data: { what: 'a test' },
  metadata: {},
  ...over,
});

export const events = (count: number): NewEvent[] => Array.from({ length: count }, () => event());

export const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

export const all = async (reading: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> => {
  const read: RecordedEvent[] = [];
  for await (const recorded of reading) read.push(recorded);
  return read;
};

/** A subscriber that keeps what it is told, and can be waited for. */
export class Listener {
  readonly told: SubscriptionMessage[] = [];
  readonly subscription: Subscription;
  private look: () => void = () => undefined;

  constructor(store: EventStore, options: { after?: Position; filter?: EventFilter }) {
    this.subscription = store.subscribeToAll(options, (message) => {
      this.told.push(message);
      this.look();
    });
  }

  get events(): RecordedEvent[] {
    return this.told.flatMap((message) => (message.kind === 'event' ? [message.event] : []));
  }

  /** Waits until the last thing told is that the end has been reached, at or after a position. */
  caughtUpTo(store: EventStore, position: Position): Promise<void> {
    const there = (): boolean => {
      const last = this.told.at(-1);
      return last?.kind === 'caught-up' && store.compare(last.position, position) >= 0;
    };
    return new Promise((resolve, reject) => {
      this.look = () => {
        if (there()) resolve();
      };
      this.subscription.ended.catch(reject);
      this.look();
    });
  }
}
