import type { FactoryProvider } from '@nestjs/common';
import type { SourcePoints } from '../../kernel/language/read-sources.js';
import type { Rule } from '../../kernel/rule.js';
import { Watch } from '../../watch/watch.js';

/** The rules that are watched now: they may become others while the service runs. */
export interface WatchedRules {
  /** In the order of the catalogue. */
  readonly all: readonly Rule[];
  /** What their sources say or ask for. */
  readonly sources: readonly SourcePoints[];
}

/** Nest's token for the {@link WatchedRules}. */
export const WATCHED_RULES = Symbol('WatchedRules');

export const watchedRules: FactoryProvider<WatchedRules> = {
  provide: WATCHED_RULES,
  inject: [Watch],
  useFactory: (watch: Watch): WatchedRules => ({
    get all() {
      return watch.rules.rulebook.catalogue;
    },
    get sources() {
      return watch.rules.sources ?? [];
    },
  }),
};
