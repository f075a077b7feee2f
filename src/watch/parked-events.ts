import { Logger } from '@nestjs/common';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog, UnreadableCustodyEvent, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import type { Transition } from '../kernel/transition.js';
import type { Position, RecordedEvent } from '../store/event-store.js';

/**
 * Events of the log that this version cannot read. Everything else goes on, operators are told at once, and nothing
 * closes for a person who has one: what was skipped may be what keeps an alert open (architecture, decision 11).
 */
export class ParkedEvents {
  private readonly byPosition = new Map<Position, UnreadableCustodyEvent>();
  private readonly streams = new Set<string>();
  private readonly logger = new Logger(ParkedEvents.name);

  get count(): number {
    return this.byPosition.size;
  }

  /** The event; nothing when it had to be parked, or is no custody event but a note of the service's own. */
  unlessUnreadable(recorded: RecordedEvent): StoredCustodyEvent | undefined {
    if (!isCustodyEvent(recorded)) return undefined;
    try {
      return fromLog(recorded);
    } catch (error) {
      if (!(error instanceof UnreadableCustodyEvent)) throw error;
      if (!this.byPosition.has(recorded.position)) {
        this.logger.error(`Parked the event at position ${recorded.position}: ${error.code}, type ${recorded.type}.`);
      }
      this.byPosition.set(recorded.position, error);
      this.streams.add(recorded.stream);
      return undefined;
    }
  }

  /** Whether an event of this stream was parked. */
  concerns(stream: string): boolean {
    return this.streams.has(stream);
  }

  /** Whether a closing has to wait, because an event of the person was parked. */
  holdsBack(stream: string, { transition }: Transition): boolean {
    return (transition === 'resolved' || transition === 'expired') && this.concerns(stream);
  }
}
