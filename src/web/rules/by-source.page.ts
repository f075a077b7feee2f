import type { Rule } from '../../kernel/rule.js';
import type { SourcePoints } from '../../kernel/language/read-sources.js';

interface Point {
  readonly says: string;
  readonly rules: readonly { readonly id: string; readonly name: string }[];
  readonly missing: string;
}

/** What the sources ask for, and which rules answer it. */
export interface BySourcePage {
  readonly sources: readonly { readonly source: string; readonly points: readonly Point[] }[];
}

export const bySourcePage = (sources: readonly SourcePoints[], rules: readonly Rule[]): BySourcePage => ({
  sources: sources.map(({ source, points }) => ({
    source,
    points: points.map(({ says, rules: ids, missing = '' }) => ({
      says,
      rules: rules.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name })),
      missing,
    })),
  })),
});
