/**
 * Which records a person's events are tellings of: to notice, without the history, that one is told again. Keeps a number
 * a record, so that now and then it takes a new one for an old one; the history then says so.
 */
export class Records {
  private table = new Uint32Array(0);
  private count = 0;

  has(record: string): boolean {
    return this.count > 0 && this.table[this.placeOf(markOf(record))] !== 0;
  }

  note(record: string): void {
    if (this.count * 2 >= this.table.length) this.grow();
    const mark = markOf(record);
    const place = this.placeOf(mark);
    if (this.table[place] === 0) this.count++;
    this.table[place] = mark;
  }

  private grow(): void {
    const before = this.table;
    this.table = new Uint32Array(Math.max(8, before.length * 2));
    for (const mark of before) if (mark !== 0) this.table[this.placeOf(mark)] = mark;
  }

  /** Where a mark stands, or would stand: the first such or free place from its own on. */
  private placeOf(mark: number): number {
    const last = this.table.length - 1;
    let place = mark & last;
    while (this.table[place] !== 0 && this.table[place] !== mark) place = (place + 1) & last;
    return place;
  }
}

/** FNV-1a; 0 means a free place. */
const markOf = (text: string): number => {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return mark >>> 0 || 1;
};
