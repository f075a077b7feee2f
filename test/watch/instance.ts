import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import type { EventStore, Position, Subscription, SubscriptionMessage } from '../../src/store/event-store.js';
import { Waterline } from '../../src/store/waterline.js';
import { Service } from './service.js';
import { SENDER } from '../sender.js';

type Options = Parameters<EventStore['subscribeToAll']>[0];

/** Another store, whose subscriptions can be made late, and say how far they have come. */
const overheard = (store: EventStore, heard: Waterline, delay: () => Promise<void>): EventStore => {
  const subscribeToAll = (
    options: Options,
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription =>
    store.subscribeToAll(options, async (message) => {
      await delay();
      await handle(message);
      if (message.kind === 'caught-up') heard.rise(message.position);
    });
  return Object.assign(Object.create(store) as EventStore, { subscribeToAll });
};

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One of several instances on one log: with a clock of its own, and news that take their time to reach it. */
export class Instance {
  readonly service: Service;
  private readonly heard: Waterline;

  /**
   * @param ahead of the true time, in milliseconds
   * @param slowness how many turns of the process pass before a message is looked at
   */
  constructor(
    readonly store: EventStore,
    private readonly ahead = 0,
    slowness = 0,
  ) {
    this.heard = new Waterline((a, b) => store.compare(a, b));
    const delay = async (): Promise<void> => {
      for (let turn = 0; turn < slowness; turn += 1) await aTurn();
    };
    this.service = new Service(overheard(store, this.heard, delay));
  }

  /** Events come in here, and again until they are acknowledged, as a feed sends them. */
  async know(knownAt: number, event: CustodyEvent): Promise<Position> {
    for (;;) {
      try {
        return (await this.service.log.recordAll([event], { knownAt: () => knownAt, sender: SENDER })).position;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
    }
  }

  /** Ticks at a true time until the news have come as far: a watch whose append failed goes on with its next tick. */
  async hasHeard(position: Position, now: number): Promise<void> {
    while (this.store.compare(this.heard.position, position) < 0) {
      if (this.service.watch.failure) await this.tick(now);
      await aTurn();
    }
  }

  /** What the service does every second, at a true time. What fails is tried again with the next. */
  async tick(now: number): Promise<void> {
    this.service.clock.moveTo(now + this.ahead);
    await this.service.watch.tick(now + this.ahead);
  }
}
