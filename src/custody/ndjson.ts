import { Buffer, isUtf8 } from 'node:buffer';
import { doubledMember } from '../prison/doubled-member.js';
import { visible } from '../prison/field-error.js';
import { columnOfError } from './json-column.js';

/** One line that is not blank: its JSON value, or what is wrong with it. Lines are counted from 1, blank ones too. */
export type NdjsonLine =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly column?: number; readonly problem: string };

/** In bytes, without the line feed. */
export const LONGEST_LINE = 1024 * 1024;
const LINE_FEED = 10;

export const BYTE_ORDER_MARK = '\uFEFF';
/** Where somebody put two files together, for instance. It cannot be seen, and would be part of a name or a number. */
export const HAS_BYTE_ORDER_MARK =
  'has a byte order mark (U+FEFF), which may stand at the very beginning of a file only,';
const BEGINS_LIST =
  'begins a list that goes on in the next line. Write each event on a line of its own, without brackets around and commas between';

/** Lines of NDJSON, in batches as they come. A bad line is reported with its number and does not stop the rest. */
export async function* readNdjson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NdjsonLine[]> {
  const reader = new NdjsonReader();
  for await (const chunk of chunks) {
    const lines = reader.push(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}

/** Turns the bytes of a file into its lines, wherever they are cut. */
class NdjsonReader {
  private line = 0;
  /** What came after the last line feed. */
  private remainder: Uint8Array[] = [];
  private remainderLength = 0;
  private overlong = false;

  /** The lines that this chunk completes. */
  push(chunk: Uint8Array): NdjsonLine[] {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      this.keep(chunk);
      return [];
    }
    const lines: NdjsonLine[] = [];
    let start = 0;
    if (this.overlong) {
      start = chunk.indexOf(LINE_FEED) + 1;
      lines.push(this.tooLong());
    }
    const whole = Buffer.concat([...this.remainder, chunk.subarray(start, end)]);
    this.forget();
    this.readBlock(whole, lines);
    this.keep(chunk.subarray(end));
    return lines;
  }

  /** The last line, where no line feed ends it. */
  end(): NdjsonLine[] {
    const lines: NdjsonLine[] = [];
    if (this.overlong) lines.push(this.tooLong());
    else if (this.remainderLength > 0) this.readBlock(Buffer.concat(this.remainder), lines);
    this.forget();
    return lines;
  }

  private keep(bytes: Uint8Array): void {
    this.remainderLength += bytes.length;
    if (this.remainderLength > LONGEST_LINE) {
      this.overlong = true;
      this.remainder = [];
    } else if (bytes.length > 0) this.remainder.push(bytes);
  }

  private forget(): void {
    this.remainder = [];
    this.remainderLength = 0;
    this.overlong = false;
  }

  private tooLong(): NdjsonLine {
    this.line++;
    return { line: this.line, problem: `is longer than 1 MiB (${LONGEST_LINE} bytes)` };
  }

  /** Whole lines. The bytes are decoded in one go; line by line only where they are not UTF-8. */
  private readBlock(bytes: Buffer, lines: NdjsonLine[]): void {
    if (isUtf8(bytes)) {
      this.readText(bytes.toString('utf8'), lines);
      return;
    }
    for (let start = 0; start < bytes.length;) {
      const feed = bytes.indexOf(LINE_FEED, start);
      const end = feed < 0 ? bytes.length : feed;
      const line = bytes.subarray(start, end);
      if (line.length > LONGEST_LINE) lines.push(this.tooLong());
      else if (isUtf8(line)) this.readLine(line.toString('utf8'), lines);
      else lines.push({ line: ++this.line, problem: 'is not valid UTF-8' });
      start = end + 1;
    }
  }

  private readText(text: string, lines: NdjsonLine[]): void {
    for (let start = 0; start < text.length;) {
      const feed = text.indexOf('\n', start);
      const end = feed < 0 ? text.length : feed;
      this.readLine(text.slice(start, end), lines);
      start = end + 1;
    }
  }

  private readLine(text: string, lines: NdjsonLine[]): void {
    // A UTF-16 unit takes at most three bytes.
    if (text.length * 3 > LONGEST_LINE && Buffer.byteLength(text) > LONGEST_LINE) {
      lines.push(this.tooLong());
      return;
    }
    const line = ++this.line;
    const json = line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    const mark = json.indexOf(BYTE_ORDER_MARK) + 1;
    if (mark > 0) {
      lines.push({ line, column: mark, problem: `${HAS_BYTE_ORDER_MARK} in column ${mark}` });
      return;
    }
    try {
      const value = JSON.parse(json) as unknown;
      const doubled = doubledMember(json, value);
      lines.push(doubled === undefined ? { line, value } : { line, problem: saysTwice(doubled) });
    } catch {
      if (json.trim().length === 0) return;
      if (line === 1 && json.trimStart().startsWith('[')) {
        lines.push({ line, problem: BEGINS_LIST });
        return;
      }
      const column = columnOfError(json);
      const from = column === undefined ? '' : ` from column ${column} on`;
      lines.push({ line, ...(column !== undefined && { column }), problem: `is not valid JSON${from}` });
    }
  }
}

/** What is wrong with JSON in which a member stands twice in one object. */
export const saysTwice = (member: string): string =>
  `has the member "${visible(member.slice(0, 100))}" twice in one object, and only one could be kept. Send it once`;
