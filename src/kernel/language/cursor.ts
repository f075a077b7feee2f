import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLError } from 'yaml';
import { readLimit, type Limit } from '../limit.js';
import { didYouMean, type PlaceInFile, type Problem } from './problems.js';
import { SourceFile } from './source-file.js';
import { nearestName } from '../../prison/nearest-name.js';

/** A name, what it stands before, and where the name itself stands. */
type CursorMember = readonly [name: string, value: Cursor, key: Cursor];

/**
 * A place in a YAML file. Reading never throws: a mistake is noted with its line and column, and some value is returned
 * so that the rest can be read too. What was read counts only if {@link Cursor.problems} is empty at the end.
 */
export class Cursor {
  private constructor(
    private readonly file: SourceFile,
    private readonly node: Node | null,
    private readonly offset: number,
    private readonly parameters: ReadonlyMap<string, Cursor> = new Map(),
    /** That something is missing here has been noted already. */
    private readonly silent = false,
  ) {}

  static open(name: string, text: string): Cursor {
    const file = new SourceFile(name, text);
    const document = parseDocument(text, { lineCounter: file.lines, uniqueKeys: true, prettyErrors: false });
    for (const error of document.errors) file.complain(error.pos[0], sayYamlError(error, text));
    return new Cursor(file, document.contents, 0, new Map(), document.errors.length > 0);
  }

  get problems(): readonly Problem[] {
    return this.file.problems;
  }

  get place(): PlaceInFile {
    return this.file.place(this.offset);
  }

  /** Names what the file is about, for the messages that follow. */
  about(subject: string): void {
    this.file.subject = subject;
  }

  complain(message: string): void {
    if (!this.silent) this.file.complain(this.offset, message);
  }

  /** Complains of one word of a text, where it stands. */
  complainOf(word: string, message: string): void {
    const end = this.node?.range?.[1] ?? this.offset;
    const found = this.file.text.slice(this.offset, end).indexOf(word);
    if (!this.silent) this.file.complain(this.offset + Math.max(found, 0), message);
  }

  /** The same place, with `$name` standing for what these cursors point at. */
  with(parameters: ReadonlyMap<string, Cursor>): Cursor {
    return new Cursor(this.file, this.node, this.offset, parameters, this.silent);
  }

  /** A stand-in for something that is missing, and has been noted. */
  missing(): Cursor {
    return new Cursor(this.file, null, this.offset, this.parameters, true);
  }

  isText(): boolean {
    return isScalar(this.node) && typeof this.node.value === 'string';
  }

  isMap(): boolean {
    return isMap(this.node);
  }

  isList(): boolean {
    return isSeq(this.node);
  }

  /** Whether nothing stands here. */
  isEmpty(): boolean {
    return this.node === null || (isScalar(this.node) && this.node.value === null);
  }

  /** Whether some `$name` was asked for in what has been read so far. */
  wasAsked(name: string): boolean {
    return this.file.parameters.has(name);
  }

  /** The text of a member, before anything is checked. */
  peek(name: string): string {
    const value = isMap(this.node) ? this.node.get(name) : undefined;
    return typeof value === 'string' ? value : '';
  }

  scalar(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }

  text(): string {
    const value = this.scalar();
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value !== '') return value;
    this.complain('Text is expected here.');
    return '';
  }

  whole(): number {
    const at = this.resolved();
    const value = at.scalar();
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    at.complain(`A whole number above 0 is expected here, not ${JSON.stringify(value)}.`);
    return 1;
  }

  truth(): boolean {
    const value = this.scalar();
    if (typeof value !== 'boolean') this.complain(`true or false is expected here, not ${JSON.stringify(value)}.`);
    return value === true;
  }

  /** A parameter that another file gives is a prison's own. */
  limit(): Limit {
    const at = this.resolved();
    const text = at.scalar();
    const limit = typeof text === 'string' ? readLimit(text) : undefined;
    if (!limit)
      at.complain(
        `${JSON.stringify(text)} is not a limit. Use days (P7D), days up to a time of the last one (P1D by 10:00), or hours and minutes (PT72H, PT30M).`,
      );
    const read = limit ?? { kind: 'days', days: 1, text: 'P1D' };
    return at.file === this.file ? read : { ...read, local: true };
  }

  /** A window in whole days: `P28D`. */
  window(): number {
    const limit = this.limit();
    if (limit.kind === 'days' && limit.by === undefined && limit.days > 0) return limit.days;
    this.resolved().complain(`A window is at least one whole local day (P28D), not ${limit.text}.`);
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
    if (this.silent) return [];
    if (!isSeq(this.node)) return [this];
    return this.node.items.map((item) => this.at(item as Node));
  }

  /** The members of a map, by name. */
  entries(): CursorMember[] {
    if (!isMap(this.node)) {
      this.complain('A map (name: value) is expected here.');
      return [];
    }
    return this.node.items.map((pair) => {
      const key = this.at(pair.key as Node);
      const value = pair.value as Node | null;
      return [String(key.scalar()), value ? this.at(value) : key.missing(), key];
    });
  }

  /** The members of a map with fixed names; notes unknown and missing ones as mistakes. */
  fields(required: readonly string[], optional: readonly string[] = []): ReadonlyMap<string, Cursor> {
    const known = [...required, ...optional];
    const entries = this.entries();
    const unknown = entries.filter(([name]) => !known.includes(name));
    for (const [name, , key] of unknown) {
      key.complain(`"${name}" is not known here.${didYouMean(name, known)} Known: ${known.join(', ')}.`);
    }
    const fields = new Map(entries.map(([name, value]) => [name, value]));
    const nearest = unknown.map(([name]) => nearestName(name, known));
    const absent = this.isMap() ? required.filter((name) => !fields.has(name) && !nearest.includes(name)) : [];
    for (const name of absent) this.complain(`"${name}" is missing.`);
    return fields;
  }

  /** What `$name` stands for; the place itself where it is no parameter. */
  private resolved(): Cursor {
    const value = this.scalar();
    if (typeof value !== 'string' || !value.startsWith('$')) return this;
    const name = value.slice(1);
    this.file.parameters.add(name);
    const parameter = this.parameters.get(name);
    if (!parameter) this.complain(`"${value}" stands for nothing here. Give "${name}" in each severity step.`);
    return parameter ?? this.missing();
  }

  private at(node: Node): Cursor {
    const cursor = new Cursor(this.file, node, node.range?.[0] ?? this.offset, this.parameters, this.silent);
    if (!isAlias(node)) return cursor;
    cursor.complain('Anchors and aliases (& and *) are not read. Name what is shared in definitions.yml.');
    return cursor.missing();
  }
}

/** The field; where it is missing, a stand-in, since that has been noted. */
export const field = (fields: ReadonlyMap<string, Cursor>, name: string, of: Cursor): Cursor =>
  fields.get(name) ?? of.missing();

const sayYamlError = ({ code, message, pos }: YAMLError, text: string): string => {
  if (code !== 'DUPLICATE_KEY') return `This is no YAML: ${message}.`;
  const name = /^[^:\s]*/.exec(text.slice(pos[0]))?.[0] ?? '';
  return `"${name}" stands here a second time. Keep one of them.`;
};
