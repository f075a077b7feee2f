/** A place in a file, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in a rule file: where it is, and what to do. */
export interface Problem extends Place {
  readonly message: string;
}

/** `rules/KW-04.yml:14:23` */
export const sayPlace = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** `rules/KW-04.yml:14:23  KW-04: unknown operator …` */
export const sayProblem = (problem: Problem): string => `${sayPlace(problem)}  ${problem.message}`;

/** The known name that a word is most like, if any is near: a letter or two apart, by its length. */
export const nearest = (word: string, known: readonly string[]): string | undefined =>
  known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;

/** ` Did you mean "absentFor"?`, or nothing where no known name is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
};

const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
