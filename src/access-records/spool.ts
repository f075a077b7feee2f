import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable, StoreUnreadable } from '../store/errors.js';
import type { EventStore, NewEvent } from '../store/event-store.js';

const FILE = /^(\d{4}-\d\d-\d\d-[0-9a-f]{12}-spool)\.ndjson$/;
const EVENTS_PER_APPEND = 20;

interface SpoolFile {
  readonly day: string;
  readonly name: string;
  readonly file: number;
}

/**
 * Records that the log could not take, in files of their own, readable by their owner only. Each file becomes one stream
 * of its name, in the same pieces at every attempt: so it is appended once, however often it is tried.
 */
export class Spool {
  private open: SpoolFile | undefined;
  private emptying: Promise<boolean> | undefined;
  private mayHoldSome = true;

  constructor(private readonly folder: string) {}

  /** Of the service with this data folder. */
  static in(dataDir: string): Spool {
    return new Spool(join(dataDir, 'access-spool'));
  }

  /** Whether nothing waits to be brought into the log. */
  isEmpty(): boolean {
    return !existsSync(this.folder) || this.names().length === 0;
  }

  /** Returns once the event is on the disk. @param day yyyy-mm-dd @throws StoreUnavailable */
  keep(event: NewEvent, day: string): void {
    try {
      const { file } = this.fileOf(day);
      writeSync(file, `${JSON.stringify(event)}\n`);
      fsyncSync(file);
    } catch (cause) {
      // What was half written stays the end of its file; a file that holds nothing would be followed by one for each try.
      this.leave({ ifEmpty: 'remove' });
      throw new StoreUnavailable(
        `Neither the log nor ${this.folder} can be written, and nobody may see anybody without a record of it. ` +
          'Make space on the disk, or make it writable.',
        { cause },
      );
    }
  }

  /**
   * Appends every file to its stream and removes it. Answers whether there was any. Safe to repeat, also after a crash
   * anywhere in between. @throws StoreUnavailable, StoreUnreadable when a file is damaged: it is left as it is
   */
  emptyInto(store: EventStore, streams: string): Promise<boolean> {
    return (this.emptying ??= this.empty(store, streams).finally(() => (this.emptying = undefined)));
  }

  private async empty(store: EventStore, streams: string): Promise<boolean> {
    if (!this.mayHoldSome) return false;
    const names = this.names();
    for (const name of names) {
      if (this.open?.name === name) this.leave();
      const events = this.eventsIn(name);
      for (let from = 0; from < events.length; from += EVENTS_PER_APPEND) {
        const expected = from === 0 ? 'no-stream' : from - 1;
        await store.append(streams + name, expected, events.slice(from, from + EVENTS_PER_APPEND));
      }
      unlinkSync(this.pathOf(name));
    }
    this.mayHoldSome = this.names().length > 0;
    return names.length > 0;
  }

  private fileOf(day: string): SpoolFile {
    if (this.open?.day !== day) this.leave();
    return (this.open ??= this.begin(day));
  }

  private begin(day: string): SpoolFile {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const name = `${day}-${randomBytes(6).toString('hex')}-spool`;
    const file = openSync(this.pathOf(name), 'ax', 0o600);
    this.mayHoldSome = true;
    const folder = openSync(this.folder, 'r');
    fsyncSync(folder);
    closeSync(folder);
    return { day, name, file };
  }

  private leave({ ifEmpty }: { readonly ifEmpty?: 'remove' } = {}): void {
    const { open } = this;
    this.open = undefined;
    if (!open) return;
    const isEmpty = fstatSync(open.file).size === 0;
    closeSync(open.file);
    if (isEmpty && ifEmpty) unlinkSync(this.pathOf(open.name));
  }

  private names(): string[] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return readdirSync(this.folder)
      .sort()
      .flatMap((file) => FILE.exec(file)?.[1] ?? []);
  }

  /** What comes after the last line break was being written when the process died: its answer never left. */
  private eventsIn(name: string): NewEvent[] {
    const lines = readFileSync(this.pathOf(name), 'utf8').split('\n').slice(0, -1);
    try {
      return lines.map((line) => JSON.parse(line) as NewEvent);
    } catch (cause) {
      throw new StoreUnreadable(`${this.pathOf(name)} is damaged. Put it aside, and keep it for examination.`, {
        cause,
      });
    }
  }

  private pathOf(name: string): string {
    return join(this.folder, `${name}.ndjson`);
  }
}
