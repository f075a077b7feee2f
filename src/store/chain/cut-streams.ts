import type { Instant } from '../../prison/instant.js';
import { CutMeanwhile, StoreUnreadable } from '../errors.js';
import type { Position, RecordedEvent, TruncatingEventStore } from '../event-store.js';
import { logStreamIn } from '../log-stream.js';
import { transact } from '../transact.js';
import { linkedEvent } from './chain-link.js';
import { type ChainRecords, type CutShare, readChainRecords, type StreamCut, streamsCut } from './chain-records.js';
import { type ChainedLog, isIntact } from './chained-log.js';
import { ChainedEventStore } from './chained-event-store.js';
import { LogDigest } from './log-digest.js';

/** So many are recorded at once: the record fits into an append. */
const STREAMS_AT_ONCE = 500;

/** A log of which streams can be cut. */
export interface CuttableLog extends ChainedLog {
  readonly store: TruncatingEventStore;
  readonly prefix: string;
}

/** A stream that may go, and what its events come to between marks, by the number of the mark that follows them. */
interface PastStream extends StreamCut {
  readonly shares: Map<number, PastShare>;
}

interface PastShare {
  readonly from: Position;
  upTo: Position;
  readonly digest: LogDigest;
}

/** What may be cut off. */
export interface PastStreams {
  readonly streams: readonly PastStream[];
  readonly events: number;
  /** Cuts that are recorded, of whose events the log still shows some: not made yet, or made and not scavenged. */
  readonly shown: readonly StreamCut[];
}

/**
 * The streams of which all may go. Of what came since the last digest that the log holds nothing may: wait for the next.
 * @param begins with what their names begin
 * @throws StoreUnreadable where one of their events is not as it was written: it must be looked into first; StoreUnavailable
 */
export const pastStreams = async (
  log: ChainedLog,
  begins: string,
  isPast: (stream: string) => boolean,
): Promise<PastStreams> => {
  const { store, records, hashes } = log;
  const found = new Map<string, PastStream>();
  const tooNew = new Set<string>();
  const shown = new Set<StreamCut>();
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [begins] } })) {
    const { stream, revision, position } = recorded;
    const cut = records.cuts.get(stream);
    if (cut && revision < cut.before) shown.add(cut);
    if (!isPast(stream) || revision < (cut?.before ?? 0)) continue;
    const mark = records.marks.findIndex(({ upTo }) => store.compare(position, upTo) <= 0);
    if (mark < 0) tooNew.add(stream);
    const linked = linkedEvent(recorded);
    if (!isIntact(log, linked)) throw changed(recorded);
    const hash = hashes.of(linked);
    const shares = found.get(stream)?.shares ?? new Map<number, PastShare>();
    const share = shares.get(mark) ?? { from: position, upTo: position, digest: LogDigest.empty() };
    share.upTo = position;
    share.digest.add(hashes.share(position, hash));
    shares.set(mark, share);
    found.set(stream, { stream, before: revision + 1, hash, shares });
  }
  const streams = [...found.values()].filter(({ stream }) => !tooNew.has(stream));
  const events = streams
    .flatMap(({ shares }) => [...shares.values()])
    .reduce((sum, { digest }) => sum + digest.events, 0);
  return { streams, events, shown: [...shown] };
};

const changed = ({ position }: RecordedEvent): StoreUnreadable =>
  new StoreUnreadable(
    `The event at position ${position} is not as it was written. Nothing is cut off before that has been looked into: see ` +
      '"custody-watch verify --log".',
  );

/**
 * Cuts off all that there is of streams, and records each cut first. May be done again where it was stopped.
 * @param by user name
 * @throws CutMeanwhile where another run has recorded the cut of some of them; StoreUnavailable, StoreAccessDenied
 */
export const cutStreams = async (
  log: CuttableLog,
  streams: readonly PastStream[],
  by: string,
  now: Instant,
): Promise<void> => {
  const chained = new ChainedEventStore(log);
  const own = logStreamIn(log.prefix);
  for (let from = 0; from < streams.length; from += STREAMS_AT_ONCE) {
    const some = streams.slice(from, from + STREAMS_AT_ONCE);
    const cuts = some.map(({ stream, before, hash }): StreamCut => ({ stream, before, hash }));
    const event = streamsCut({ by, streams: cuts, shares: together(log, some) }, now);
    await transact(chained, own, async () => {
      const { revision: expected, cuts: recorded } = await readChainRecords(log.store, log.prefix);
      if (areRecorded(cuts, log.records.cuts, recorded)) return { done: undefined };
      return { expected, events: [event], answer: () => undefined };
    });
    await cutRecorded(log, cuts);
  }
};

/**
 * Whether the cuts of all these streams are recorded by now, as by an append of which no answer came; or of none.
 * @param before the cuts that were known when it was found what may go
 * @throws CutMeanwhile where some are, or others than these
 */
const areRecorded = (cuts: readonly StreamCut[], before: ChainRecords['cuts'], now: ChainRecords['cuts']): boolean => {
  if (cuts.every((cut) => now.get(cut.stream)?.before === cut.before)) return true;
  const other = cuts.find(({ stream }) => now.get(stream)?.before !== before.get(stream)?.before);
  if (other) throw new CutMeanwhile(other.stream);
  return false;
};

/** Cuts off what was recorded: nothing where that was done. @throws StoreUnavailable, StoreAccessDenied */
export const cutRecorded = async ({ store }: CuttableLog, cuts: Iterable<StreamCut>): Promise<void> => {
  for (const { stream, before } of cuts) await store.truncateBefore(stream, before);
};

/** What several streams come to between the same marks. */
const together = ({ store }: ChainedLog, streams: readonly PastStream[]): CutShare[] => {
  const byMark = Map.groupBy(
    streams.flatMap(({ shares }) => [...shares]),
    ([mark]) => mark,
  );
  return [...byMark.values()].map((shares) => {
    const digest = LogDigest.empty();
    const of = shares.map(([, share]) => share);
    for (const share of of) digest.add(Buffer.from(share.digest.digest, 'base64url'), share.digest.events);
    const from = of.map((share) => share.from).sort((a, b) => store.compare(a, b))[0] ?? '';
    const upTo = of.map((share) => share.upTo).sort((a, b) => store.compare(b, a))[0] ?? '';
    return { from, upTo, events: digest.events, digest: digest.digest };
  });
};
