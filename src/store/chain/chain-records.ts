import { randomUUID } from 'node:crypto';
import { toIso, type Instant } from '../../prison/instant.js';
import type { EventStore, ExpectedRevision, Json, NewEvent, Position, RecordedEvent } from '../event-store.js';
import { logStreamIn } from '../log-stream.js';
import type { DigestMark } from './log-digest.js';

const CHAIN_BEGUN = 'ChainBegun';
const LOG_DIGESTED = 'LogDigested';

/** Somebody goes on with a log that is not as it was left. */
export interface LogAcceptance {
  /** Codes of what was found. */
  readonly found: readonly string[];
  /** User name. */
  readonly by: string;
}

/** From here on every event of the log hangs in the chain; all that was there before comes to the digest. */
export interface ChainBeginning extends DigestMark {
  /** The id of the key of its hashes. */
  readonly key: string;
  readonly accepted?: LogAcceptance;
}

/** What the log says of its own chain, in its stream `log`. */
export interface ChainRecords {
  /** The last beginning, and the position at which it is recorded; nothing where the chain has not begun. */
  readonly begun?: ChainBeginning & { readonly position: Position };
  /** Hashes from before this position are of a key that was lost. */
  readonly keyedAfter?: Position;
  /** What the log came to, from the last beginning on. */
  readonly marks: readonly DigestMark[];
  /** When the last of them was recorded. */
  readonly recordedAt: Instant;
  /** Where the stream `log` was read to. */
  readonly revision: ExpectedRevision;
}

export const NO_RECORDS: ChainRecords = { marks: [], recordedAt: -Infinity, revision: 'no-stream' };

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
  if (type !== CHAIN_BEGUN && type !== LOG_DIGESTED) return records;
  const recordedAt = Date.parse(String(metadata['knownAt']));
  const mark = data as unknown as DigestMark;
  if (type === LOG_DIGESTED) return { ...records, recordedAt, marks: [...records.marks, mark] };
  const begun = { ...(data as unknown as ChainBeginning), position };
  const keyedAfter = begun.key === before.begun?.key ? before.keyedAfter : before.begun && position;
  return { ...records, recordedAt, begun, marks: [mark], ...(keyedAfter !== undefined && { keyedAfter }) };
};

export const chainBegun = (beginning: ChainBeginning, now: Instant): NewEvent =>
  record(CHAIN_BEGUN, { ...beginning }, now);

export const logDigested = (mark: DigestMark, now: Instant): NewEvent => record(LOG_DIGESTED, { ...mark }, now);

const record = (type: string, data: Json, now: Instant): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { knownAt: toIso(now) },
});
