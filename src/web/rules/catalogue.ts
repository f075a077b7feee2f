import type { FactoryProvider } from '@nestjs/common';
import type { Rule } from '../../kernel/rule.js';
import { WATCH_OPTIONS, type WatchSurroundings } from '../../watch/watch.module.js';

/** Nest's token for every rule that is watched, in the order of the catalogue. */
export const CATALOGUE = Symbol('Catalogue');

export const catalogue: FactoryProvider<readonly Rule[]> = {
  provide: CATALOGUE,
  inject: [WATCH_OPTIONS],
  useFactory: ({ plan }: WatchSurroundings) => plan.rules.map(({ rule }) => rule),
};

/** Nest's token for what the sources of the rules say or ask for. */
export const SOURCE_POINTS = Symbol('SourcePoints');
