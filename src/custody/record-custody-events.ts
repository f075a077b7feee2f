import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../store/clock.js';
import type { CustodyEvent } from './custody-event.js';
import { CustodyLog } from './custody-log.js';
import type { RecordingResult } from './recording-result.js';

/** Append these events to the log, known now. */
export class RecordCustodyEvents extends Command<RecordingResult> {
  constructor(readonly events: readonly CustodyEvent[]) {
    super();
  }
}

@CommandHandler(RecordCustodyEvents)
export class RecordCustodyEventsHandler implements ICommandHandler<RecordCustodyEvents> {
  constructor(
    private readonly log: CustodyLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ events }: RecordCustodyEvents): Promise<RecordingResult> {
    return this.log.recordAll(events, { knownAt: () => this.clock.now() });
  }
}
