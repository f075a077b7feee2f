import { LineCounter } from 'yaml';
import type { PlaceInFile, Problem } from './problems.js';

/** One file's text, its line numbers, and the mistakes found in it so far. */
export class SourceFile {
  readonly lines = new LineCounter();
  readonly problems: Problem[] = [];
  /** The `$parameters` that were asked for. */
  readonly parameters = new Set<string>();
  /** What the file is about, for the messages that follow. */
  subject = '';

  constructor(
    private readonly name: string,
    readonly text: string,
  ) {}

  place(offset: number): PlaceInFile {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.name, line, column: col };
  }

  /** Notes a mistake; one that is met again on another way through the file is noted once. */
  complain(offset: number, message: string): void {
    const place = this.place(offset);
    const problem = { ...place, message: this.subject === '' ? message : `${this.subject}: ${message}` };
    if (!this.problems.some((known) => samePlace(known, place) && known.message === problem.message)) {
      this.problems.push(problem);
    }
  }
}

const samePlace = (a: PlaceInFile, b: PlaceInFile): boolean => a.line === b.line && a.column === b.column;
