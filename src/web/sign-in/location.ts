import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../access/caller.js';
import { NotSignedIn } from '../../access/errors.js';
import { NO_PRISONS, type Prisons } from '../../access/prisons.js';
import { pageReaderOf } from './page-reader.js';

/** Where somebody looks at all of their prisons at once. */
export const ALL = 'all';

/** Which of their prisons somebody looks at, and which they may choose from. */
export interface ChosenLocation {
  /** A prison id, or `all`. */
  readonly chosen: string;
  /** Prison ids, in order. */
  readonly choices: readonly string[];
}

/** A parameter of a page's route: the {@link ChosenLocation}. @throws NotSignedIn */
export const Location = createParamDecorator((_: unknown, context: ExecutionContext): ChosenLocation => {
  const person = pageReaderOf(context.switchToHttp().getRequest<IncomingMessage>());
  if (!person) throw new NotSignedIn();
  return { chosen: person.location, choices: person.locations };
});

/** The prisons for a page's queries: never more than the caller's own. */
export const prisonsLookedAt = ({ prisons }: Pick<Caller, 'prisons'>, { chosen }: ChosenLocation): Prisons => {
  if (chosen === ALL) return prisons;
  return prisons.has(chosen) ? new Set([chosen]) : NO_PRISONS;
};

/** What was chosen earlier, if it can still be chosen. Who works in one prison looks at that. */
export const stillChosen = (chosen: string | undefined, choices: readonly string[]): string => {
  const [only, ...more] = choices;
  if (only !== undefined && more.length === 0) return only;
  return chosen !== undefined && choices.includes(chosen) ? chosen : ALL;
};
