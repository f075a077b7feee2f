import { type PrisonLists, readPrisonLists } from './prison-lists.js';
import { ALL_PRISONS, type Prisons } from './prisons.js';

/** `config/access.yml`: who sees which prisons. */
export interface AccessFile {
  readonly users: ReadonlyMap<string, Prisons>;
  /** By client id. */
  readonly clients: ReadonlyMap<string, Prisons>;
}

/** The file has mistakes; each is told with its line and column. Nobody is let in on half of it. */
class InvalidAccessFile extends Error {
  readonly code = 'INVALID_ACCESS_FILE';
  constructor(problems: readonly string[]) {
    super(`Who sees which prisons cannot be read:\n${problems.join('\n')}`);
  }
}

/** Reads the file; where there is none, it gives nobody anything. @throws InvalidAccessFile */
export const readAccessFile = (file: string): AccessFile => {
  const { sections, problems } = readPrisonLists(file, ['users', 'clients']);
  if (problems.length > 0) throw new InvalidAccessFile(problems);
  return { users: seen(sections.users), clients: seen(sections.clients) };
};

const seen = (lists: PrisonLists): ReadonlyMap<string, Prisons> =>
  new Map(Array.from(lists, ([name, prisons]) => [name, prisons === 'all' ? ALL_PRISONS : prisons]));
