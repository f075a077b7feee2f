import type { Position } from '../event-store.js';

const BYTES = 32;
const SAID = /\b(\d[\d/]*):(\d+):([\w-]{43})(?![\w-])/;

/** What the log came to, up to and including a position. */
export interface DigestMark {
  readonly upTo: Position;
  /** How many events there were. */
  readonly events: number;
  /** Base64url. */
  readonly digest: string;
}

/** A mark in a line that can be kept elsewhere, and held against the log later. */
export const sayMark = ({ upTo, events, digest }: DigestMark): string => `Log digest ${upTo}:${events}:${digest}`;

/** The mark in such a line; nothing where there is none. */
export const readMark = (line: string): DigestMark | undefined => {
  const [, upTo, events, digest] = SAID.exec(line) ?? [];
  return upTo === undefined || digest === undefined ? undefined : { upTo, events: Number(events), digest };
};

/**
 * The running digest of the log: the shares of all its events, by XOR. A share is the keyed hash of an event and its
 * position, and stands nowhere, so that only who has the key can make two logs come to the same. What is cut from the log
 * can be told from what is left.
 */
export class LogDigest {
  private constructor(
    private readonly sum: Buffer,
    private count: number,
  ) {}

  static empty(): LogDigest {
    return new LogDigest(Buffer.alloc(BYTES), 0);
  }

  /** Goes on from what was written down. */
  static from({ digest, events }: Omit<DigestMark, 'upTo'>): LogDigest {
    const sum = Buffer.alloc(BYTES);
    Buffer.from(digest, 'base64url').copy(sum);
    return new LogDigest(sum, events);
  }

  get events(): number {
    return this.count;
  }

  get digest(): string {
    return this.sum.toString('base64url');
  }

  add(share: Buffer, events = 1): void {
    for (let at = 0; at < BYTES; at += 4) this.sum.writeInt32LE(this.sum.readInt32LE(at) ^ share.readInt32LE(at), at);
    this.count += events;
  }

  /** Whether both are of the same events. */
  is({ digest, events }: Omit<DigestMark, 'upTo'>): boolean {
    return this.digest === digest && this.count === events;
  }
}
