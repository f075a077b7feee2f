import { join } from 'node:path';
import { keyWorkLimitsOf } from '../src/key-work/figures/limits.js';
import { rulesIn } from '../src/watch/rule-folder.js';

/** The limits of the catalogue that is delivered. */
export const LIMITS = keyWorkLimitsOf(rulesIn(join(import.meta.dirname, '../config/rules')).map(({ rule }) => rule));
