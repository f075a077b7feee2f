import { inOrder } from '../kernel/occurrence.js';
import type { Seals } from '../personal-data/seals.js';
import { inPieces } from '../store/append-size.js';
import type { EventStore, ExpectedRevision, NewEvent, RecordedEvent } from '../store/event-store.js';
import { type CustodyEvent, occurrenceOf, sameContent } from './custody-event.js';
import { type ImportOptions, type ImportTotals, readLine } from './import-lines.js';
import type { NdjsonLine } from './ndjson.js';
import { isRefusal } from './read-custody-event.js';
import { idReused } from './recording-result.js';
import type { Sealing } from './sealing.js';
import { bytesInLog, fromLog, toLog } from './stored-custody-event.js';
import { custodyStreamPrefixes, streamOf } from './streams.js';

/** History goes only into a log without custody events, or one in which the same import was stopped half-way. */
class HoldsCustodyEvents extends Error {
  readonly code = 'HOLDS_CUSTODY_EVENTS';
  constructor() {
    super(
      'The store holds custody events already, and history must come first: what is known later would count as known ' +
        'too early. Import into an empty DATA_DIR, or leave out --history to record the events as known now.',
    );
  }
}

export interface HistoryOptions extends ImportOptions {
  readonly store: EventStore;
  readonly prefix: string;
  readonly seals: Seals;
  /**
   * How many appends may be under way at once. More than one only with a store that commits appends in the order in
   * which they are called: positions must follow `recordedAt`.
   */
  readonly inFlight?: number;
}

/** One append: events of one stream that follow one another in the whole history. */
interface ImportedRun {
  readonly stream: string;
  readonly events: CustodyEvent[];
}

/** As it goes into the log. */
interface SealedRun {
  readonly stream: string;
  readonly sealed: readonly NewEvent[];
}

/** Their keys are looked up at once, also where appends go one by one. */
const SEALED_AT_ONCE = 256;

/**
 * Records a history as known when it was recorded: `knownAt` is `recordedAt`, and the log is written in that order, since
 * it must never decrease along the log. Holds the whole history in memory. May be stopped and run again.
 * @throws HoldsCustodyEvents when the log holds other custody events, or all of these already
 */
export async function importHistory(
  batches: AsyncIterable<readonly NdjsonLine[]>,
  options: HistoryOptions,
): Promise<ImportTotals> {
  const totals: ImportTotals = { accepted: 0, duplicate: 0, refused: 0 };
  const events = asRecorded(await distinctEvents(batches, options, totals));
  const written = await writtenSoFar(events, options);
  totals.duplicate += written.count;
  await writeRuns(runsOf(events.slice(written.count), options.prefix), written.revisions, options, (count) => {
    totals.accepted += count;
    options.onProgress?.(totals);
  });
  return totals;
}

/** Every event once; what cannot be read, or uses the id of another, is reported. */
async function distinctEvents(
  batches: AsyncIterable<readonly NdjsonLine[]>,
  { prefix, now, onRefused }: HistoryOptions,
  totals: ImportTotals,
): Promise<CustodyEvent[]> {
  const distinct = new Map<string, CustodyEvent>();
  const instant = now();
  for await (const lines of batches)
    for (const line of lines) {
      const event = readLine(line, instant);
      const key = isRefusal(event) ? '' : `${streamOf(prefix, event)} ${event.id}`;
      const there = distinct.get(key);
      if (!isRefusal(event) && !there) distinct.set(key, event);
      else if (!isRefusal(event) && there && sameContent(event, there)) totals.duplicate++;
      else {
        totals.refused++;
        const errors = isRefusal(event) ? event.errors : [idReused(event.id)];
        onRefused({ line: line.line, ...('column' in line && { column: line.column }), id: event.id ?? null, errors });
      }
    }
  return [...distinct.values()];
}

/** In the order in which they became known; at one instant in the order in which they happened. */
const asRecorded = (events: readonly CustodyEvent[]): CustodyEvent[] =>
  events
    .map((event) => ({ event, occurrence: occurrenceOf(event) }))
    .sort((a, b) => a.event.recordedAtMs - b.event.recordedAtMs || inOrder(a.occurrence, b.occurrence))
    .map(({ event }) => event);

/** How far an import of this very history came that was stopped half-way. */
async function writtenSoFar(
  events: readonly CustodyEvent[],
  { store, prefix }: HistoryOptions,
): Promise<{ count: number; revisions: Map<string, ExpectedRevision> }> {
  const revisions = new Map<string, ExpectedRevision>();
  let count = 0;
  for await (const recorded of store.readAll({ filter: { streamPrefixes: custodyStreamPrefixes(prefix) } })) {
    const event = events[count++];
    if (!event || !isHistoryOf(event, recorded, prefix)) throw new HoldsCustodyEvents();
    revisions.set(recorded.stream, recorded.revision);
  }
  if (count > 0 && count === events.length) throw new HoldsCustodyEvents();
  return { count, revisions };
}

/** Whether the log holds this event as an import of history writes it. */
const isHistoryOf = (event: CustodyEvent, recorded: RecordedEvent, prefix: string): boolean =>
  recorded.id === event.id &&
  recorded.stream === streamOf(prefix, event) &&
  fromLog(recorded).knownAtMs === event.recordedAtMs;

function runsOf(events: readonly CustodyEvent[], prefix: string): ImportedRun[] {
  const runs: ImportedRun[] = [];
  for (const event of events) {
    const stream = streamOf(prefix, event);
    const last = runs.at(-1);
    if (last?.stream === stream) last.events.push(event);
    else runs.push({ stream, events: [event] });
  }
  return runs.flatMap(({ stream, events: all }) =>
    inPieces(all, bytesInLog).map((piece) => ({ stream, events: piece })),
  );
}

async function writeRuns(
  runs: readonly ImportedRun[],
  revisions: Map<string, ExpectedRevision>,
  options: HistoryOptions,
  onWritten: (count: number) => void,
): Promise<void> {
  const { inFlight = 1, signal } = options;
  for (let from = 0; from < runs.length && !signal?.aborted; from += SEALED_AT_ONCE) {
    const sealed = await Promise.all(runs.slice(from, from + SEALED_AT_ONCE).map((run) => sealedRun(run, options)));
    for (let next = 0; next < sealed.length && !signal?.aborted; next += inFlight)
      onWritten(await appendTogether(sealed.slice(next, next + inFlight), revisions, options));
  }
}

/** Calls the appends in their order, all at once, and answers with how many events they were. */
async function appendTogether(
  runs: readonly SealedRun[],
  revisions: Map<string, ExpectedRevision>,
  { store }: HistoryOptions,
): Promise<number> {
  const appends = await Promise.allSettled(
    runs.map(({ stream, sealed }) => {
      const expected = revisions.get(stream) ?? 'no-stream';
      revisions.set(stream, (expected === 'no-stream' ? -1 : expected) + sealed.length);
      return store.append(stream, expected, sealed);
    }),
  );
  const failed = appends.find((append) => append.status === 'rejected');
  if (failed) throw failed.reason;
  return runs.reduce((sum, { sealed }) => sum + sealed.length, 0);
}

const sealedRun = async ({ stream, events }: ImportedRun, { seals, prefix }: HistoryOptions): Promise<SealedRun> => ({
  stream,
  sealed: await inTheLogsWords(events, { seals, prefix }),
});

const inTheLogsWords = (events: readonly CustodyEvent[], sealing: Sealing): Promise<NewEvent[]> =>
  Promise.all(events.map(async (event) => (await toLog(event, sealing))(event.recordedAtMs)));
