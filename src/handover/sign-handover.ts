import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../access/caller.js';
import { type Clock, CLOCK } from '../store/clock.js';
import type { Position } from '../store/event-store.js';
import { NoSuchHandover } from './errors.js';
import { HandoverLog } from './handover-log.js';

/** Says "I have read this". @throws NoSuchHandover, OwnHandover */
export class SignHandover extends Command<Position> {
  constructor(
    readonly prisonId: string,
    readonly number: number,
    readonly by: Caller,
  ) {
    super();
  }
}

@CommandHandler(SignHandover)
export class SignHandoverHandler implements ICommandHandler<SignHandover> {
  constructor(
    private readonly log: HandoverLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ prisonId, number, by }: SignHandover): Promise<Position> {
    if (!by.prisons.has(prisonId)) throw new NoSuchHandover(number);
    const at = new Date(this.clock.now()).toISOString();
    return this.log.carryOut({ type: 'Sign', prisonId, number, at, by: by.name });
  }
}
