import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { EventStore, Json } from '../event-store.js';
import type { LogMark, Pace, Snapshot, SnapshotStore } from '../snapshot-store.js';
import { HOUR } from '../../prison/instant.js';

/** Fifty thousand events are read in seconds, and so is what an hour brings on the busiest day. */
const PACE: Pace = { events: 50_000, milliseconds: HOUR };
/** So much text is made at a time before the process sees to other things. */
const CHUNK = 256 * 1024;
/** No heading is longer, in bytes. */
const LONGEST_HEADING = 4096;
const ENDING = '.ndjson';

/** The first line of a file: what it may be used for. */
interface Heading {
  readonly program: string;
  readonly log: string;
  /** Of the consumer. */
  readonly version: string;
  readonly upTo: LogMark;
}

/**
 * Snapshots in files, one for each consumer: a heading, the parts, and a checksum, a line each. A file comes into its
 * place in one piece when it is whole, so that a crash leaves the one before. It is not flushed to the disk: what a power
 * cut spoils has a wrong checksum.
 */
export class SnapshotFiles implements SnapshotStore {
  private readonly folder: string;

  /** @param program tells this program from every other: its code, and the time zone data it runs with */
  constructor(
    dataDir: string,
    private readonly log: { readonly id: string },
    private readonly program: string,
    readonly pace: Pace = PACE,
  ) {
    this.folder = join(dataDir, 'snapshots');
  }

  /**
   * Throws away those of other programs and logs, and those whose last event is not where it was: the log was put back
   * from a backup. To be called before any is loaded. @throws StoreUnavailable
   */
  async keepOnlyThoseOf(store: EventStore): Promise<void> {
    for (const name of (await readdir(this.folder).catch(ifMissing)) ?? []) {
      const file = join(this.folder, name);
      const heading = name.endsWith(ENDING) ? readHeading(await beginningOf(file)) : undefined;
      if (!heading || !this.isOurs(heading) || !(await isThere(heading.upTo, store))) await rm(file);
    }
  }

  async load(consumer: string, version: string): Promise<Snapshot | undefined> {
    const bytes = await readFile(this.fileOf(consumer)).catch(ifMissing);
    const whole = bytes && checked(bytes);
    const heading = whole && readHeading(whole);
    if (!heading || !this.isOurs(heading) || heading.version !== version) return undefined;
    return { upTo: heading.upTo, parts: partsIn(whole) };
  }

  async save(consumer: string, version: string, { upTo, parts }: Snapshot): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const unfinished = join(this.folder, `${consumer}.new`);
    const heading: Heading = { program: this.program, log: this.log.id, version, upTo };
    const file = await open(unfinished, 'w', 0o600);
    try {
      let sum = 0;
      for (const chunk of chunksOf(heading, parts)) {
        sum = crc32(chunk, sum);
        await file.write(chunk);
      }
      await file.write(`${sum}\n`);
    } finally {
      await file.close();
    }
    await rename(unfinished, this.fileOf(consumer));
  }

  private fileOf(consumer: string): string {
    return join(this.folder, consumer + ENDING);
  }

  private isOurs({ program, log }: Heading): boolean {
    return program === this.program && log === this.log.id;
  }
}

const ifMissing = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
};

const isThere = async ({ stream, id, position }: LogMark, store: EventStore): Promise<boolean> =>
  (await store.findEvent(stream, id))?.position === position;

const beginningOf = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEADING), 0, LONGEST_HEADING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** Nothing where the file does not begin with one. */
const readHeading = (bytes: Buffer): Heading | undefined => {
  try {
    return JSON.parse(bytes.toString('utf8', 0, endOfLine(bytes, 0))) as Heading;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Everything before the checksum; nothing where that is wrong. */
const checked = (bytes: Buffer): Buffer | undefined => {
  const end = bytes.lastIndexOf('\n', -2) + 1;
  const body = bytes.subarray(0, end);
  return end > 0 && bytes.toString('latin1', end) === `${crc32(body)}\n` ? body : undefined;
};

function* partsIn(bytes: Buffer): Iterable<Json> {
  let start = endOfLine(bytes, 0) + 1;
  for (let end = endOfLine(bytes, start); end >= 0; end = endOfLine(bytes, start)) {
    yield JSON.parse(bytes.toString('utf8', start, end)) as Json;
    start = end + 1;
  }
}

const endOfLine = (bytes: Buffer, from: number): number => bytes.indexOf('\n', from);

function* chunksOf(heading: Heading, parts: Iterable<Json>): Iterable<Buffer> {
  let text = `${JSON.stringify(heading)}\n`;
  for (const part of parts) {
    text += `${JSON.stringify(part)}\n`;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
