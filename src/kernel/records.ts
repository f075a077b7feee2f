import type { Occurrence } from './occurrence.js';

/** Under which numbers the tellings of a record are to be looked for. */
export interface RecordsMemory {
  /** By prison number: marks of the records that were told under it first. */
  readonly told: Readonly<Record<string, readonly number[]>>;
}

/**
 * Under which number each record was first told, so that a record that is told again, perhaps about somebody else, is
 * noticed without any history. It keeps 32 bits for a record, so now and then it takes a new record for an old one; the
 * histories then show that it is not.
 */
export class Records {
  private marks = new Uint32Array(0);
  /** Beside each mark: the place, among `numbers`, of the number it was told under first. */
  private owners = new Uint32Array(0);
  private count = 0;
  private readonly numbers: string[] = [];
  private readonly placeOfNumber = new Map<string, number>();

  static recall({ told }: RecordsMemory): Records {
    const records = new Records();
    for (const [prisonNumber, marks] of Object.entries(told))
      for (const mark of marks) records.keep(prisonNumber, mark);
    return records;
  }

  get memory(): RecordsMemory {
    const told: Record<string, number[]> = {};
    this.marks.forEach((mark, place) => {
      const prisonNumber = this.numbers[this.owners[place] ?? -1];
      if (mark !== 0 && prisonNumber !== undefined) (told[prisonNumber] ??= []).push(mark);
    });
    for (const marks of Object.values(told)) marks.sort((a, b) => a - b);
    return { told };
  }

  /** Notes the record that an event tells of. Gives the number under which it was told before, if it was. */
  note(prisonNumber: string, { source }: Pick<Occurrence, 'source'>): string | undefined {
    return source && this.keep(prisonNumber, markOf(source.record));
  }

  /** The number under which the record that an event tells of was told before, if it was. */
  toldUnder({ source }: Pick<Occurrence, 'source'>): string | undefined {
    if (!source || this.count === 0) return undefined;
    const mark = markOf(source.record);
    const place = placeOf(this.marks, mark);
    return this.marks[place] === mark ? this.numbers[this.owners[place] ?? -1] : undefined;
  }

  private keep(prisonNumber: string, mark: number): string | undefined {
    if (this.count * 2 >= this.marks.length) this.grow();
    const place = placeOf(this.marks, mark);
    if (this.marks[place] === mark) return this.numbers[this.owners[place] ?? -1];
    this.marks[place] = mark;
    this.owners[place] = this.placeFor(prisonNumber);
    this.count++;
    return undefined;
  }

  private placeFor(prisonNumber: string): number {
    const known = this.placeOfNumber.get(prisonNumber);
    if (known !== undefined) return known;
    const place = this.numbers.push(prisonNumber) - 1;
    this.placeOfNumber.set(prisonNumber, place);
    return place;
  }

  private grow(): void {
    const { marks, owners } = this;
    this.marks = new Uint32Array(Math.max(8, marks.length * 2));
    this.owners = new Uint32Array(this.marks.length);
    marks.forEach((mark, before) => {
      if (mark === 0) return;
      const place = placeOf(this.marks, mark);
      this.marks[place] = mark;
      this.owners[place] = owners[before] ?? 0;
    });
  }
}

/** Where a mark stands, or would stand: the first place, from its own on, that holds it or is free. */
const placeOf = (marks: Uint32Array, mark: number): number => {
  const last = marks.length - 1;
  let place = mark & last;
  while (marks[place] !== 0 && marks[place] !== mark) place = (place + 1) & last;
  return place;
};

/** FNV-1a; 0 means a free place. */
const markOf = (text: string): number => {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return mark >>> 0 || 1;
};
