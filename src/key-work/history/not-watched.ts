import type { NotWatched } from '../../kernel/coverage.js';

/** Nest's token for the rules that cannot be watched, by prison; the application provides it. */
export const NOT_WATCHED = Symbol('NotWatched');

export type NotWatchedByPrison = Pick<ReadonlyMap<string, NotWatched>, 'get'>;
