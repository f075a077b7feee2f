import { existsSync, readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { isPrisonId } from '../prison/prison-id.js';

/** The prisons beside each name of a section. */
export type PrisonLists = ReadonlyMap<string, ReadonlySet<string> | 'all'>;

/** What was read of a file: every section, empty where it is missing, and each mistake with its line and column. */
export interface PrisonSections<Section extends string> {
  readonly sections: Readonly<Record<Section, PrisonLists>>;
  readonly problems: readonly string[];
}

const NONE: PrisonLists = new Map();

/** Reads a YAML file with lists of prisons; where there is no file, every section is empty. */
export const readPrisonLists = <Section extends string>(
  file: string,
  names: readonly Section[],
): PrisonSections<Section> =>
  new PrisonListReading(file, existsSync(file) ? readFileSync(file, 'utf8') : '', names).result();

/** One reading of the file, with the mistakes met on the way. */
class PrisonListReading<Section extends string> {
  private readonly lines = new LineCounter();
  private readonly problems: string[] = [];

  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly names: readonly Section[],
  ) {}

  result(): PrisonSections<Section> {
    // In this schema every scalar is text: a user may be called 007 or NO.
    const document = parseDocument(this.text, { lineCounter: this.lines, schema: 'failsafe', prettyErrors: false });
    for (const { pos, message } of document.errors) this.complain(pos[0], message);
    const found = this.problems.length === 0 ? this.sectionsIn(document.contents) : new Map<string, Node | null>();
    const sections = this.names.map((name) => [name, this.listsIn(found.get(name))] as const);
    return { sections: Object.fromEntries(sections) as Record<Section, PrisonLists>, problems: this.problems };
  }

  private sectionsIn(root: Node | null): Map<string, Node | null> {
    if (root === null || (isScalar(root) && root.value === '')) return new Map();
    const members = this.membersOf(root, 'The file');
    for (const [name, , at] of members) {
      if (!this.names.some((known) => known === name))
        this.complain(at, `There is no section "${name}"; there are ${this.names.join(' and ')}`);
    }
    return new Map(members.map(([name, section]) => [name, section]));
  }

  private listsIn(section: Node | null | undefined): PrisonLists {
    if (!section || (isScalar(section) && section.value === '')) return NONE;
    return new Map(
      this.membersOf(section, 'A section').map(([name, node, at]) => [name, this.prisonsOf(name, node, at)]),
    );
  }

  private prisonsOf(name: string, node: Node | null, at: number): ReadonlySet<string> | 'all' {
    if (isScalar(node) && node.value === 'all') return 'all';
    if (!isSeq<Node>(node)) {
      this.complain(at, `"${name}" needs a list of prisons, such as [XYI, XYM], or the word all`);
      return new Set();
    }
    return new Set(node.items.map((item) => this.prisonIn(item, at)));
  }

  private prisonIn(item: Node, at: number): string {
    const prison = isScalar(item) ? String(item.value) : '';
    if (!isPrisonId(prison)) this.complain(item.range?.[0] ?? at, `"${prison}" is not a prison id, such as XYI`);
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
