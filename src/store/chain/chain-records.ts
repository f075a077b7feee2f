import { randomUUID } from 'node:crypto';
import { toIso, type Instant } from '../../prison/instant.js';
import type { EventStore, ExpectedRevision, Json, NewEvent, Position, RecordedEvent } from '../event-store.js';
import { logStreamIn } from '../log-stream.js';
import type { DigestMark } from './log-digest.js';

const CHAIN_BEGUN = 'ChainBegun';
const LOG_DIGESTED = 'LogDigested';
const STREAMS_CUT = 'StreamsCut';

/** Somebody goes on with a log that is not as it was left. */
export interface LogAcceptance {
  /** Codes of what was found. */
  readonly found: readonly string[];
  /** User name. */
  readonly by: string;
  /** Streams whose end was gone: from here on they go on after the last event that is there. */
  readonly shortened?: readonly { readonly stream: string; readonly from: number; readonly to: number }[];
}

/** From here on every event of the log hangs in the chain; all that was there before comes to the digest. */
export interface ChainBeginning extends DigestMark {
  /** The id of the key of its hashes. */
  readonly key: string;
  readonly accepted?: LogAcceptance;
}

/** The beginning of a stream is taken from the log. */
export interface StreamCut {
  readonly stream: string;
  /** The first revision that stays. */
  readonly before: number;
  /** The hash of the last one that goes. */
  readonly hash: string;
}

/** What events that were cut off come to: all that stood between two marks. */
export interface CutShare extends DigestMark {
  /** The position of the first of them; `upTo` is that of the last. */
  readonly from: Position;
}

/** A cut is recorded before it is made: so it can be told from what somebody took away in silence. */
export interface CutRecord {
  /** User name. */
  readonly by: string;
  readonly streams: readonly StreamCut[];
  readonly shares: readonly CutShare[];
}

/** What the log says of its own chain, in its stream `log`. */
export interface ChainRecords {
  /** The last beginning, and the position at which it is recorded; nothing where the chain has not begun. */
  readonly begun?: ChainBeginning & { readonly position: Position };
  /** Hashes from before this position are of a key that was lost. */
  readonly keyedAfter?: Position;
  /** What the log came to, from the last beginning on. */
  readonly marks: readonly DigestMark[];
  /** Of each stream, the last cut. */
  readonly cuts: ReadonlyMap<string, StreamCut>;
  /** What was cut off since the last beginning. */
  readonly shares: readonly CutShare[];
  /** When the last mark was recorded. */
  readonly recordedAt: Instant;
  /** Where the stream `log` was read to. */
  readonly revision: ExpectedRevision;
}

export const NO_RECORDS: ChainRecords = {
  marks: [],
  cuts: new Map(),
  shares: [],
  recordedAt: -Infinity,
  revision: 'no-stream',
};

/** As they stand in the log. @throws StoreUnavailable, StoreUnreadable */
export const readChainRecords = async (store: EventStore, prefix: string): Promise<ChainRecords> => {
  let records = NO_RECORDS;
  for await (const event of store.readStream(logStreamIn(prefix))) records = withRecord(records, event);
  return records;
};

const withRecord = (
  before: ChainRecords,
  { type, data, metadata, position, revision }: RecordedEvent,
): ChainRecords => {
  const records = { ...before, revision };
  if (type === STREAMS_CUT) return withCut(records, data as unknown as CutRecord);
  if (type !== CHAIN_BEGUN && type !== LOG_DIGESTED) return records;
  const recordedAt = Date.parse(String(metadata['knownAt']));
  const mark = data as unknown as DigestMark;
  if (type === LOG_DIGESTED) return { ...records, recordedAt, marks: [...records.marks, mark] };
  const begun = { ...(data as unknown as ChainBeginning), position };
  const keyedAfter = begun.key === before.begun?.key ? before.keyedAfter : before.begun && position;
  return { ...records, recordedAt, begun, marks: [mark], shares: [], ...(keyedAfter !== undefined && { keyedAfter }) };
};

const withCut = (records: ChainRecords, { streams, shares }: CutRecord): ChainRecords => ({
  ...records,
  cuts: new Map([...records.cuts, ...streams.map((cut): [string, StreamCut] => [cut.stream, cut])]),
  shares: [...records.shares, ...shares],
});

export const chainBegun = (beginning: ChainBeginning, now: Instant): NewEvent =>
  record(CHAIN_BEGUN, { ...beginning }, now);

export const logDigested = (mark: DigestMark, now: Instant): NewEvent => record(LOG_DIGESTED, { ...mark }, now);

export const streamsCut = (cut: CutRecord, now: Instant): NewEvent => record(STREAMS_CUT, { ...cut }, now);

const record = (type: string, data: Json, now: Instant): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { knownAt: toIso(now) },
});
