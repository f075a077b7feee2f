import { Logger } from '@nestjs/common';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { subjectStream } from '../custody/streams.js';
import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Position, RecordedEvent } from '../store/event-store.js';
import { type ParkedEvent, UnreadableEvent } from '../store/unreadable-event.js';

/** A parked event, and the stream of the person or key worker for whom nothing closes meanwhile. */
export interface HoldingEvent extends ParkedEvent {
  readonly holds: string;
}

/**
 * Events of the log that this version cannot read, custody events and those of alerts. Everything else goes on, operators
 * are told at once, and nothing closes for a person who has one: what was skipped may be what keeps an alert open
 * (docs/operations.md, "When something is wrong").
 */
export class ParkedEvents {
  private readonly parked = new Map<Position, HoldingEvent>();
  private readonly streams = new Set<string>();
  private readonly logger = new Logger(ParkedEvents.name);

  /**
   * @param prefix of all streams
   * @param hasParkedAlert whether somebody else has set aside an event of one of this person's alerts
   */
  constructor(
    private readonly prefix: string,
    private readonly hasParkedAlert: (prisonNumber: string) => Promise<boolean>,
  ) {}

  get count(): number {
    return this.parked.size;
  }

  /** By position; also to be written down. */
  get all(): ReadonlyMap<Position, HoldingEvent> {
    return this.parked;
  }

  /** Takes up what was written down. */
  remember(all: Iterable<readonly [Position, HoldingEvent]>): void {
    for (const [position, event] of all) this.park(position, event);
  }

  /** The event; nothing where it had to be parked, or is not a custody event but a note of the service itself. */
  unlessUnreadable(recorded: RecordedEvent): StoredCustodyEvent | undefined {
    return isCustodyEvent(recorded) ? this.unlessParked(recorded, () => fromLog(recorded)) : undefined;
  }

  /** What is read from an event; nothing where it had to be parked. */
  unlessParked<T>(recorded: RecordedEvent, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      this.tell(error, recorded.stream);
      return undefined;
    }
  }

  /** An alert of this person cannot be brought up to date: its stream holds an event of a later version. */
  parkAlertOf(prisonNumber: string, error: UnreadableEvent): void {
    this.tell(error, subjectStream(this.prefix, prisonNumber));
  }

  /**
   * Whether a decision has to wait because it closes something for a person with a parked event.
   * @throws StoreUnavailable while nobody can know
   */
  async holdsBack(command: WatchCommand): Promise<boolean> {
    const { prisonNumber } = command;
    if (command.type !== 'SetLevel' || command.level !== 'none') return false;
    return this.streams.has(subjectStream(this.prefix, prisonNumber)) || this.hasParkedAlert(prisonNumber);
  }

  private tell({ event, code: reason }: UnreadableEvent, holds: string): void {
    const { position, stream, id } = event;
    if (!this.parked.has(position)) this.logger.error(`Parked the event at position ${position}: ${reason}.`);
    this.park(position, { stream, id, reason, holds });
  }

  private park(position: Position, event: HoldingEvent): void {
    this.parked.set(position, event);
    this.streams.add(event.holds);
  }
}
