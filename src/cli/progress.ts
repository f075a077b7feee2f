import { inWords } from '../prison/field-error.js';
import type { ImportTotals, RefusedLine } from '../custody/import-lines.js';
import type { NdjsonLine } from '../custody/ndjson.js';

/** One line on a terminal that is written again and again; nothing anywhere else. */
export class StatusLine {
  private shown = false;

  constructor(private readonly terminal: boolean) {}

  show(text: string): void {
    if (!this.terminal) return;
    process.stderr.write(`\r\u001b[K${text}`);
    this.shown = true;
  }

  clear(): void {
    if (this.shown) process.stderr.write('\r\u001b[K');
    this.shown = false;
  }
}

/** What an import tells on standard error: how far it has come, on a terminal; and every line that was refused. */
export class ImportProgress {
  private file = '';
  private readonly status: StatusLine;

  constructor(terminal: boolean) {
    this.status = new StatusLine(terminal);
  }

  /** The lines of files, one file after another. */
  async *reading(
    files: readonly string[],
    read: (file: string) => AsyncIterable<readonly NdjsonLine[]>,
  ): AsyncGenerator<readonly NdjsonLine[]> {
    for (const file of files) {
      this.file = file;
      yield* read(file);
    }
  }

  show({ accepted, duplicate, refused }: Readonly<ImportTotals>): void {
    this.status.show(`${accepted} accepted, ${duplicate} duplicate, ${refused} refused`);
  }

  complain({ line, column = 1, errors }: RefusedLine): void {
    this.clear();
    process.stderr.write(`${this.file}:${line}:${column}  ${errors.map(inWords).join('; ')}\n`);
  }

  clear(): void {
    this.status.clear();
  }
}
