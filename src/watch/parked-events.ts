import { Logger } from '@nestjs/common';
import { isCustodyEvent } from '../custody/person-erased.js';
import { fromLog, UnreadableCustodyEvent, type StoredCustodyEvent } from '../custody/stored-custody-event.js';
import { personStream } from '../custody/streams.js';
import type { UnknownAlertEvent } from '../safety-alerts/alert/errors.js';
import type { WatchCommand } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Position, RecordedEvent } from '../store/event-store.js';

/**
 * Events of the log that this version cannot read, custody events and those of alerts. Everything else goes on, operators
 * are told at once, and nothing closes for a person who has one: what was skipped may be what keeps an alert open
 * (docs/operations.md, "When something is wrong").
 */
export class ParkedEvents {
  /** The stream of the one who is concerned. */
  private readonly concerned = new Map<Position, string>();
  private readonly streams = new Set<string>();
  private readonly logger = new Logger(ParkedEvents.name);

  /** @param prefix of all streams */
  constructor(private readonly prefix: string) {}

  get count(): number {
    return this.concerned.size;
  }

  /** To be written down: positions, and whom each concerns. */
  get all(): readonly (readonly [Position, string])[] {
    return [...this.concerned];
  }

  /** Takes up what was written down. */
  remember(all: readonly (readonly [Position, string])[]): void {
    for (const [position, stream] of all) this.park(position, stream);
  }

  /** The event; nothing when it had to be parked, or is no custody event but a note of the service's own. */
  unlessUnreadable(recorded: RecordedEvent): StoredCustodyEvent | undefined {
    return isCustodyEvent(recorded) ? this.unlessParked(recorded, () => fromLog(recorded)) : undefined;
  }

  /** What is read from an event; nothing when it had to be parked. */
  unlessParked<T>(recorded: RecordedEvent, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnreadableCustodyEvent)) throw error;
      this.tell(recorded.position, error.code);
      this.park(recorded.position, recorded.stream);
      return undefined;
    }
  }

  /** An alert of this person cannot be brought up to date: its stream holds an event of a later version. */
  parkAlertOf(prisonNumber: string, { position, code }: UnknownAlertEvent): void {
    this.tell(position, code);
    this.park(position, personStream(this.prefix, prisonNumber));
  }

  /** Whether a decision has to wait: it closes something for a person of whom an event was parked. */
  holdsBack(command: WatchCommand): boolean {
    const closes = command.type === 'SetLevel' && command.level === 'none';
    return closes && this.streams.has(personStream(this.prefix, command.prisonNumber));
  }

  private park(position: Position, stream: string): void {
    this.concerned.set(position, stream);
    this.streams.add(stream);
  }

  private tell(position: Position, code: string): void {
    if (!this.concerned.has(position)) this.logger.error(`Parked the event at position ${position}: ${code}.`);
  }
}
