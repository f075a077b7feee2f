import type { FactoryProvider } from '@nestjs/common';
import type { Rule } from '../../kernel/rule.js';
import { WATCH_OPTIONS, type WatchSurroundings } from '../../watch/watch.module.js';

/** Nest's token for every rule that is watched, in the order of the catalogue. */
export const WATCHED_RULES = Symbol('WatchedRules');

export const watchedRules: FactoryProvider<readonly Rule[]> = {
  provide: WATCHED_RULES,
  inject: [WATCH_OPTIONS],
  useFactory: ({ rulebook }: WatchSurroundings) => rulebook.catalogue,
};

/** Nest's token for what the sources of the rules say or ask for. */
export const SOURCE_POINTS = Symbol('SourcePoints');
