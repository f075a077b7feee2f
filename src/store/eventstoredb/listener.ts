import type { EventFilter, RecordedEvent, SubscriptionMessage } from '../event-store.js';
import { comparePlaces, positionOf, type ServerPlace } from './positions.js';

/** The handler's own error ends the subscription. */
export class HandlerFailed extends Error {}

/** Who follows the log, and what they were told last. All throw HandlerFailed. */
export class Listener {
  /** Up to where they were told that they have caught up; nothing since they were interrupted. */
  private upTo: ServerPlace | undefined;

  constructor(private readonly handle: (message: SubscriptionMessage) => Promise<void> | void) {}

  /** Whether they believe that they have caught up, though the log goes further. */
  isBehind(end: ServerPlace): boolean {
    return this.upTo !== undefined && comparePlaces(this.upTo, end) < 0;
  }

  /** Is told of events that pass the filter. */
  async hears(event: RecordedEvent, { streamPrefixes }: EventFilter): Promise<void> {
    if (streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) await this.tell({ kind: 'event', event });
  }

  /** Is told each place once. */
  async hasCaughtUp(at: ServerPlace): Promise<void> {
    if (this.upTo !== undefined && comparePlaces(at, this.upTo) <= 0) return;
    this.upTo = at;
    await this.tell({ kind: 'caught-up', position: positionOf(at) });
  }

  /** Is told once, until they have caught up again. */
  async isInterrupted(): Promise<void> {
    if (this.upTo === undefined) return;
    this.upTo = undefined;
    await this.tell({ kind: 'interrupted' });
  }

  private async tell(message: SubscriptionMessage): Promise<void> {
    try {
      await this.handle(message);
    } catch (cause) {
      throw new HandlerFailed('The handler failed.', { cause });
    }
  }
}
