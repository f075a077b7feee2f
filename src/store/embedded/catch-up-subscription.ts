import type { EventFilter, Position, Subscription, SubscriptionMessage } from '../event-store.js';
import type { Growth } from './growth.js';
import { InTurns, nextTurn } from '../../prison/next-turn.js';
import type { LogReader } from './log-reader.js';
import { positionOf } from './positions.js';

/** A handler may take a fraction of a millisecond for each. */
const HANDLED_IN_ONE_TURN = 50;

/** Reads page after page; at the end of the log it says so and sleeps until the log grows. */
export class CatchUpSubscription implements Subscription {
  readonly ended: Promise<void>;
  private stopping = false;
  private readonly turns = new InTurns(HANDLED_IN_ONE_TURN);

  constructor(
    private readonly reader: LogReader,
    private readonly growth: Growth,
    private readonly options: { readonly after?: Position; readonly filter?: EventFilter },
    private readonly handle: (message: SubscriptionMessage) => Promise<void> | void,
    over: () => void,
  ) {
    this.ended = this.run(over);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.growth.announce();
    await Promise.allSettled([this.ended]); // an error is for whoever watches `ended`
  }

  private async run(over: () => void): Promise<void> {
    await nextTurn(); // the caller holds the subscription before its first message
    try {
      await this.follow();
    } finally {
      over();
    }
  }

  private async follow(): Promise<void> {
    let after = this.reader.after(this.options.after);
    let lastSent: number | undefined;
    while (!this.stopping) {
      const end = this.reader.end();
      if (after < end) {
        after = await this.handOver(after, end);
      } else if (lastSent !== end) {
        lastSent = end;
        await this.handle({ kind: 'caught-up', position: positionOf(end) });
      } else {
        await this.growth.next();
      }
    }
  }

  private async handOver(after: number, end: number): Promise<number> {
    const { events, upTo } = this.reader.page(after, end, this.options.filter);
    for (const event of events) {
      if (this.stopping) break;
      await this.handle({ kind: 'event', event });
      await this.turns.did();
    }
    await nextTurn();
    return upTo;
  }
}
