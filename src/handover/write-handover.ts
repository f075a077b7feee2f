import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../access/caller.js';
import { type Clock, CLOCK } from '../store/clock.js';
import type { Position } from '../store/event-store.js';
import { InvalidHandover, NoSuchHandover } from './errors.js';
import { HandoverLog } from './handover-log.js';
import { isBroken } from '../prison/broken-text.js';
import { prisonNumbersIn } from '../prison/prison-number.js';
import { isUuid } from '../prison/uuid.js';

const LONGEST_NOTE = 4000;

/** What the outgoing shift writes. */
export interface WrittenHandover {
  readonly note: string;
  /** The instant from which on it covers: ISO, UTC. */
  readonly since: string;
  /** The UUID of the form: sent again, it writes nothing. */
  readonly requestId: string;
}

/**
 * Hands a prison over to the next shift.
 * @throws InvalidHandover, NoSuchHandover where the prison is not one of the caller's
 */
export class WriteHandover extends Command<Position> {
  constructor(
    readonly prisonId: string,
    readonly by: Caller,
    readonly written: WrittenHandover,
  ) {
    super();
  }
}

@CommandHandler(WriteHandover)
export class WriteHandoverHandler implements ICommandHandler<WriteHandover> {
  constructor(
    private readonly log: HandoverLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ prisonId, by, written }: WriteHandover): Promise<Position> {
    if (!by.prisons.has(prisonId)) throw new NoSuchHandover();
    const now = this.clock.now();
    const note = written.note.trim().replaceAll('\r\n', '\n');
    if (note === '' || note.length > LONGEST_NOTE || isBroken(note)) throw new InvalidHandover('note');
    const since = Date.parse(written.since);
    if (!(since <= now)) throw new InvalidHandover('since');
    if (!isUuid(written.requestId.toLowerCase())) throw new InvalidHandover('requestId');
    const moments = { since: new Date(since).toISOString(), at: new Date(now).toISOString() };
    const { requestId } = written;
    return this.log.carryOut({
      type: 'Write',
      prisonId,
      ...moments,
      by: by.name,
      requestId,
      names: prisonNumbersIn(note),
      note,
    });
  }
}
