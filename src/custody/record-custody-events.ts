import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, instantToKeep } from '../store/clock.js';
import type { CustodyEvent } from './custody-event.js';
import { CustodyLog } from './custody-log.js';
import type { RecordingResult } from './recording-result.js';
import type { Sender } from './sender.js';
import { Tellings } from './tellings/tellings.js';

/** Append these events to the log: known now, or when the telling that brings them is complete. @throws ClockNotTrusted */
export class RecordCustodyEvents extends Command<RecordingResult> {
  constructor(
    readonly events: readonly CustodyEvent[],
    readonly sender: Sender,
    /** The id of a telling that was begun. */
    readonly telling?: string,
  ) {
    super();
  }
}

@CommandHandler(RecordCustodyEvents)
export class RecordCustodyEventsHandler implements ICommandHandler<RecordCustodyEvents> {
  constructor(
    private readonly log: CustodyLog,
    private readonly tellings: Tellings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ events, sender, telling: id }: RecordCustodyEvents): Promise<RecordingResult> {
    const telling = id === undefined ? undefined : await this.tellings.find(id);
    return this.log.recordAll(events, { knownAt: () => instantToKeep(this.clock), sender, telling });
  }
}
