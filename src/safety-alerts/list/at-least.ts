import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { UnknownPosition } from '../../store/errors.js';
import type { EventStore, Position } from '../../store/event-store.js';
import { InvalidQuery } from '../../answers/errors.js';

/** The form of a position in any store. */
const POSITION = /^\d+(\/\d+)?$/;

/** Read-your-writes: the `position` that a write answered with. */
export class AtLeast {
  @ApiProperty({ required: false, description: 'Answer only once this position is visible (503 after 5 seconds)' })
  @IsOptional()
  @Matches(POSITION, { message: 'must be a position that a write answered with, such as 1042' })
  readonly atLeast?: Position;
}

/**
 * Whether this log has come as far as a position that somebody sent.
 * @throws InvalidQuery, naming the field, when it is no position, or one of another kind of store
 */
export async function isInLog(store: EventStore, position: Position, field: string): Promise<boolean> {
  const refused = new InvalidQuery([
    { field, value: position.slice(0, 100), message: 'is not a position of this log' },
  ]);
  if (!POSITION.test(position)) throw refused;
  const end = await store.end();
  try {
    return store.compare(position, end) <= 0;
  } catch (error) {
    throw error instanceof UnknownPosition ? refused : error;
  }
}
