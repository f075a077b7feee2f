import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { readLimit, type Limit } from '../limit.js';
import { didYouMean, type Problem } from './problems.js';

/** One file's text, its line numbers, and the mistakes found in it so far. */
class SourceFile {
  readonly problems: Problem[] = [];
  readonly lines = new LineCounter();
  subject = '';

  constructor(readonly name: string) {}

  complain(offset: number, message: string): void {
    const { line, col } = this.lines.linePos(offset);
    const about = this.subject === '' ? '' : `${this.subject}: `;
    this.problems.push({ file: this.name, line, column: col, message: `${about}${message}` });
  }
}

/**
 * A place in a YAML file. Reading never throws: a mistake is noted with its line and column, and some value comes back
 * so that the rest can be read too. What was read counts only when {@link Cursor.problems} is empty at the end.
 */
export class Cursor {
  private constructor(
    private readonly file: SourceFile,
    private readonly node: Node | null,
    private readonly offset: number,
    private readonly parameters: ReadonlyMap<string, Cursor> = new Map(),
  ) {}

  static open(name: string, text: string): Cursor {
    const file = new SourceFile(name);
    const document = parseDocument(text, { lineCounter: file.lines, uniqueKeys: true });
    for (const error of document.errors) file.complain(error.pos[0], error.message.split('\n')[0] ?? error.message);
    return new Cursor(file, document.contents, 0);
  }

  get problems(): readonly Problem[] {
    return this.file.problems;
  }

  /** Names what the file is about, for the messages that follow. */
  about(subject: string): void {
    this.file.subject = subject;
  }

  complain(message: string): void {
    this.file.complain(this.offset, message);
  }

  /** The same place, with `$name` standing for what these cursors point at. */
  with(parameters: ReadonlyMap<string, Cursor>): Cursor {
    return new Cursor(this.file, this.node, this.offset, parameters);
  }

  isText(): boolean {
    return isScalar(this.node) && typeof this.node.value === 'string';
  }

  isList(): boolean {
    return isSeq(this.node);
  }

  isMap(): boolean {
    return isMap(this.node);
  }

  /** What `$name` stands for; this place itself where it is no parameter. */
  resolved(): Cursor {
    const value = this.scalar();
    if (typeof value !== 'string' || !value.startsWith('$')) return this;
    const parameter = this.parameters.get(value.slice(1));
    if (!parameter)
      this.complain(`"${value}" stands for nothing here. Give "${value.slice(1)}" in each severity step.`);
    return parameter ?? this;
  }

  scalar(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }

  text(): string {
    const value = this.scalar();
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    this.complain('A text is wanted here.');
    return '';
  }

  whole(): number {
    const value = this.resolved().scalar();
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    this.complain(`A whole number above 0 is wanted here, not ${JSON.stringify(value)}.`);
    return 1;
  }

  truth(): boolean {
    const value = this.scalar();
    if (typeof value !== 'boolean') this.complain(`true or false is wanted here, not ${JSON.stringify(value)}.`);
    return value === true;
  }

  limit(): Limit {
    const text = this.resolved().scalar();
    const limit = typeof text === 'string' ? readLimit(text) : undefined;
    if (!limit)
      this.complain(`${JSON.stringify(text)} is no limit. Use days (P7D) or hours and minutes (PT72H, PT30M).`);
    return limit ?? { kind: 'days', days: 1, text: 'P1D' };
  }

  /** A window in whole days: `P28D`. */
  window(): number {
    const limit = this.limit();
    if (limit.kind === 'days') return limit.days;
    this.complain(`A window counts whole local days (P28D), not ${limit.text}.`);
    return 1;
  }

  oneOf<T extends string>(allowed: readonly T[]): T {
    const value = this.scalar();
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    this.complain(`${JSON.stringify(value)} is not one of ${allowed.join(', ')}.${didYouMean(String(value), allowed)}`);
    return allowed[0] as T;
  }

  /** The members of a list; a single value counts as a list of one. */
  list(): Cursor[] {
    if (!isSeq(this.node)) return [this];
    return this.node.items.map((item) => this.at(item as Node));
  }

  /** The members of a map, by name. */
  entries(): [string, Cursor][] {
    if (!isMap(this.node)) {
      this.complain('A map (name: value) is wanted here.');
      return [];
    }
    return this.node.items.map((pair) => {
      const key = pair.key as Node;
      const name = isScalar(key) ? String(key.value) : '';
      const value = pair.value as Node | null;
      return [
        name,
        value ? this.at(value) : new Cursor(this.file, null, key.range?.[0] ?? this.offset, this.parameters),
      ];
    });
  }

  /** The members of a map of which the names are fixed; complains of unknown and of missing ones. */
  fields(required: readonly string[], optional: readonly string[] = []): ReadonlyMap<string, Cursor> {
    const known = [...required, ...optional];
    const fields = new Map(this.entries());
    for (const [name, cursor] of fields) {
      if (!known.includes(name)) {
        cursor.complain(`"${name}" is not known here.${didYouMean(name, known)} Known: ${known.join(', ')}.`);
      }
    }
    for (const name of required) if (!fields.has(name)) this.complain(`"${name}" is missing.`);
    return fields;
  }

  private at(node: Node): Cursor {
    return new Cursor(this.file, node, node.range?.[0] ?? this.offset, this.parameters);
  }
}

/** The field if it is there, else the place it should have been at (which has been complained of). */
export const field = (fields: ReadonlyMap<string, Cursor>, name: string, otherwise: Cursor): Cursor =>
  fields.get(name) ?? otherwise;
