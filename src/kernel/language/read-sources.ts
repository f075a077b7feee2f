import { Cursor, field } from './cursor.js';
import { didYouMean, type Problem } from './problems.js';

/** Something that a source says or asks for, and the rules that answer it. */
export interface SourcePoint {
  readonly says: string;
  readonly rules: readonly string[];
  /** What no rule answers yet. */
  readonly missing?: string;
}

/** What one source says or asks for. */
export interface SourcePoints {
  readonly source: string;
  readonly points: readonly SourcePoint[];
}

/** Reads `sources.yml`: what each source says or asks for, and which rules, of those there are, answer it. */
export const readSources = (
  file: string,
  text: string,
  rules: readonly string[],
): { readonly sources: readonly SourcePoints[]; readonly problems: readonly Problem[] } => {
  const cursor = Cursor.open(file, text);
  const sources = cursor.list().map((item) => {
    const fields = item.fields(['source', 'points']);
    const points = field(fields, 'points', item);
    return {
      source: field(fields, 'source', item).text(),
      points: points.list().map((point) => readPoint(point, rules)),
    };
  });
  return { sources, problems: cursor.problems };
};

const readPoint = (cursor: Cursor, known: readonly string[]): SourcePoint => {
  const fields = cursor.fields(['says', 'rules'], ['missing']);
  const answers = field(fields, 'rules', cursor).list();
  const rules = answers.map((answer) => {
    const id = answer.text();
    if (!known.includes(id)) answer.complain(`There is no rule "${id}".${didYouMean(id, known)}`);
    return id;
  });
  const missing = fields.get('missing')?.text();
  if (rules.length === 0 && missing === undefined) {
    cursor.complain('No rule answers this. Say in "missing" what is not answered yet.');
  }
  return { says: field(fields, 'says', cursor).text(), rules, ...(missing !== undefined && { missing }) };
};
