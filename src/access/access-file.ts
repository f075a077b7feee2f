import { existsSync, readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
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

const NOBODY: AccessFile = { users: new Map(), clients: new Map() };

/** Reads the file; where there is none, it gives nobody anything. @throws InvalidAccessFile */
export const readAccessFile = (file: string): AccessFile =>
  existsSync(file) ? new Reading(file, readFileSync(file, 'utf8')).result() : NOBODY;

const SECTIONS = ['users', 'clients'] as const;
const PRISON = /^[A-Z]{3}$/;

/** One reading of the file, with the mistakes met on the way. */
class Reading {
  private readonly lines = new LineCounter();
  private readonly problems: string[] = [];

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  /** @throws InvalidAccessFile */
  result(): AccessFile {
    // In this schema every scalar is text: a user may be called 007 or NO.
    const document = parseDocument(this.text, { lineCounter: this.lines, schema: 'failsafe', prettyErrors: false });
    for (const { pos, message } of document.errors) this.complain(pos[0], message);
    const sections = this.problems.length === 0 ? this.sectionsOf(document.contents) : NOBODY;
    if (this.problems.length > 0) throw new InvalidAccessFile(this.problems);
    return sections;
  }

  private sectionsOf(root: Node | null): AccessFile {
    if (root === null || (isScalar(root) && root.value === '')) return NOBODY;
    const members = this.membersOf(root, 'The file');
    for (const [name, , at] of members) {
      if (!SECTIONS.some((section) => section === name))
        this.complain(at, `There is no section "${name}"; there are ${SECTIONS.join(' and ')}`);
    }
    const found = new Map(members.map(([name, section]) => [name, section]));
    return { users: this.prisonsIn(found.get('users')), clients: this.prisonsIn(found.get('clients')) };
  }

  private prisonsIn(section: Node | null | undefined): ReadonlyMap<string, Prisons> {
    if (!section || (isScalar(section) && section.value === '')) return new Map();
    return new Map(
      this.membersOf(section, 'A section').map(([name, node, at]) => [name, this.prisonsOf(name, node, at)]),
    );
  }

  private prisonsOf(name: string, node: Node | null, at: number): Prisons {
    if (isScalar(node) && node.value === 'all') return ALL_PRISONS;
    if (!isSeq<Node>(node)) {
      this.complain(at, `"${name}" needs a list of prisons, such as [XYI, XYM], or the word all`);
      return new Set<string>();
    }
    return new Set(node.items.map((item) => this.prisonIn(item, at)));
  }

  private prisonIn(item: Node, at: number): string {
    const prison = isScalar(item) ? String(item.value) : '';
    if (!PRISON.test(prison)) this.complain(item.range?.[0] ?? at, `"${prison}" is no prison id, such as XYI`);
    return prison;
  }

  /** Name, value and place of each member. */
  private membersOf(node: Node, what: string): [string, Node | null, number][] {
    if (!isMap(node)) {
      this.complain(node.range?.[0] ?? 0, `${what} must be a list of names, each with a colon`);
      return [];
    }
    return (node as YAMLMap<Node, Node | null>).items.map(({ key, value }) => [
      isScalar(key) ? String(key.value) : '',
      value,
      key.range?.[0] ?? 0,
    ]);
  }

  private complain(offset: number, message: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push(`${this.file}:${line}:${col}  ${message}`);
  }
}
