import type { KeptKey } from '../personal-data/key-ring.js';
import type { Lock } from '../personal-data/lock.js';
import { decidedOn } from '../safety-alerts/alert/stored-safety-alert-event.js';
import { LARGEST_APPEND } from '../store/append-size.js';
import { START, type Position } from '../store/event-store.js';
import { DamagedFile, UnfitFile } from './errors.js';
import { readMovedFile } from './moved-file.js';
import { type LogCounts, FORMAT, type Head, type MovedEvent, type MovedLine } from './moved-line.js';

/** A file that is whole. */
export interface WholeFile {
  readonly file: string;
  readonly head: Head;
  readonly counts: LogCounts;
  readonly checksum: string;
  /** The positions on which decisions in it rest. */
  readonly decidedOn: ReadonlySet<Position>;
}

export interface Target {
  readonly prefix: string;
  /** It takes only appends of {@link LARGEST_APPEND}. */
  readonly isOnServer: boolean;
  /** The master key there. Only asked for where there is a key to open. */
  readonly lock: () => Lock;
}

/** Reads a file to its end, before anything of it is written. @throws DamagedFile, saying where; UnfitFile, UnusableMasterKey, WrongMasterKey */
export const checkFile = async (file: string, target: Target): Promise<WholeFile> => {
  const reading = new FileReading(file, target);
  let checksum = '';
  let number = 0;
  for await (const read of readMovedFile(file)) {
    ({ number, sum: checksum } = read);
    reading.take(read.line, number);
  }
  const { head, counts, decidedOn: positions } = reading;
  if (!head || !counts) throw new DamagedFile(file, number + 1, 'The file ends here, and its last line is missing.');
  return { file, head, counts, checksum, decidedOn: positions };
};

class FileReading {
  head: Head | undefined;
  counts: LogCounts | undefined;
  readonly decidedOn = new Set<Position>();
  private readonly revisions = new Map<string, number>();
  private events = 0;
  private keys = 0;
  private erasures = 0;
  private lock: Lock | undefined;

  constructor(
    private readonly file: string,
    private readonly target: Target,
  ) {}

  take(line: MovedLine, number: number): void {
    const refuse = (what: string): never => {
      throw new DamagedFile(this.file, number, what);
    };
    if ('custodyWatch' in line === (this.head !== undefined) || this.counts) refuse('This line has no place here.');
    if ('custodyWatch' in line) this.takeHead(line.custodyWatch);
    else if ('event' in line) this.takeEvent(line.event, refuse);
    else if ('key' in line) this.takeKey(line.key);
    else this.takeEnd(line.end, refuse);
  }

  private takeHead(head: Head): void {
    const { prefix } = this.target;
    if (head.format !== FORMAT)
      throw new UnfitFile(
        `${this.file} is of format ${head.format}, and this program reads ${FORMAT}. Use the one that wrote it.`,
      );
    if (head.prefix !== prefix)
      throw new UnfitFile(
        `${this.file} is of the streams of STREAM_PREFIX=${head.prefix}, and what is sealed opens only there. Set it so.`,
      );
    if (head.kind === 'demonstration' && this.target.isOnServer)
      throw new UnfitFile(`${this.file} holds demonstration data, which an event server takes none of.`);
    this.head = head;
  }

  private takeEvent(event: MovedEvent, refuse: (what: string) => never): void {
    const { stream, revision, data, metadata } = event;
    if (revision !== (this.revisions.get(stream) ?? -1) + 1)
      refuse(`This event is revision ${revision} of its stream, and the one before is missing.`);
    this.revisions.set(stream, revision);
    this.events += 1;
    const position = decidedOn(event, this.target.prefix);
    if (position !== undefined && position !== START) this.decidedOn.add(position);
    if (this.target.isOnServer && sizeOf({ data, metadata }) > LARGEST_APPEND)
      refuse('This event is larger than an event server takes.');
  }

  private takeKey(key: KeptKey): void {
    this.lock ??= this.target.lock();
    this.lock.mustOpen(key);
    if (key.erasure) this.erasures += 1;
    else this.keys += 1;
  }

  private takeEnd(counts: LogCounts, refuse: (what: string) => never): void {
    const { events, keys, erasures, revisions } = this;
    const same =
      counts.events === events &&
      counts.keys === keys &&
      counts.erasures === erasures &&
      counts.streams === revisions.size;
    if (!same) refuse('The counts of the last line are not those of the file.');
    this.counts = counts;
  }
}

/** About what an event takes in one append, in bytes. */
export const sizeOf = (event: Pick<MovedEvent, 'data' | 'metadata'>): number =>
  Buffer.byteLength(JSON.stringify(event)) + 512;
