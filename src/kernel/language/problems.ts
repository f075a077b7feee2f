import { nearestName } from '../../prison/nearest-name.js';

/** Line and column, counted from 1. */
export interface PlaceInFile {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in a rule file: where it is, and what to do. */
export interface Problem extends PlaceInFile {
  readonly message: string;
}

/** `rules/KW-04.yml:14:23` */
export const sayPlace = ({ file, line, column }: PlaceInFile): string => `${file}:${line}:${column}`;

/** `rules/KW-04.yml:14:23  KW-04: unknown operator …` */
export const sayProblem = (problem: Problem): string => `${sayPlace(problem)}  ${problem.message}`;

/** ` Did you mean "absentFor"?`, or nothing where no known name is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = nearestName(word, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
};
