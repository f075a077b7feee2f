import { inOrder } from '../kernel/occurrence.js';
import { type CustodyEvent, occurrenceOf, peopleOf, sameContent } from './custody-event.js';
import { type ImportOptions, type ImportTotals, readLine } from './import-lines.js';
import type { NdjsonLine } from './ndjson.js';
import { isRefusal } from './read-custody-event.js';
import { idReused, type RecordingResult } from './recording-result.js';

/** A line of a history. */
interface ImportedLine {
  readonly line: number;
  readonly event: CustodyEvent;
}

/** How a history gets into the log. */
export interface HistoryPort {
  /** Says whom it is about before anything is recorded: nothing is decided about them until everything has been told. */
  readonly begin: (people: readonly string[]) => Promise<void>;
  readonly record: (events: readonly CustodyEvent[]) => Promise<RecordingResult>;
}

const EVENTS_AT_ONCE = 5_000;

/**
 * Records a history as known when it was recorded, in that order. Holds the whole history in memory. Only for people of
 * whom the log knows nothing: a line about anybody else is refused. May be stopped and run again.
 */
export async function importHistory(
  batches: AsyncIterable<readonly NdjsonLine[]>,
  port: HistoryPort,
  options: ImportOptions,
): Promise<ImportTotals> {
  const totals: ImportTotals = { accepted: 0, duplicate: 0, refused: 0 };
  const history = asRecorded(await distinctLines(batches, options, totals));
  await port.begin([...new Set(history.flatMap(({ event }) => peopleOf(event)))]);
  for (let from = 0; from < history.length && !options.signal?.aborted; from += EVENTS_AT_ONCE) {
    const lines = history.slice(from, from + EVENTS_AT_ONCE);
    const { results } = await port.record(lines.map(({ event }) => event));
    results.forEach(({ id, status, telling, errors = [] }, index) => {
      totals[status]++;
      if (telling !== undefined) options.onUncounted?.(telling);
      if (status === 'refused') options.onRefused({ line: lines[index]?.line ?? 0, id, errors });
    });
    options.onProgress?.(totals);
  }
  return totals;
}

/** Every event once. Lines that cannot be read, or use the id of another, are reported. */
async function distinctLines(
  batches: AsyncIterable<readonly NdjsonLine[]>,
  { now, onRefused }: ImportOptions,
  totals: ImportTotals,
): Promise<ImportedLine[]> {
  const distinct = new Map<string, ImportedLine>();
  const instant = now();
  for await (const lines of batches)
    for (const line of lines) {
      const event = readLine(line, instant);
      const key = isRefusal(event) ? '' : `${event.prisonNumber ?? ''} ${event.id}`;
      const existing = distinct.get(key);
      if (!isRefusal(event) && !existing) distinct.set(key, { line: line.line, event });
      else if (!isRefusal(event) && existing && sameContent(event, existing.event)) totals.duplicate++;
      else {
        totals.refused++;
        const errors = isRefusal(event) ? event.errors : [idReused(event.id)];
        onRefused({ line: line.line, ...('column' in line && { column: line.column }), id: event.id ?? null, errors });
      }
    }
  return [...distinct.values()];
}

/** In the order in which they became known; at one instant, in the order in which they happened. */
const asRecorded = (lines: readonly ImportedLine[]): ImportedLine[] =>
  lines
    .map((line) => ({ line, occurrence: occurrenceOf(line.event) }))
    .sort((a, b) => a.line.event.recordedAtMs - b.line.event.recordedAtMs || inOrder(a.occurrence, b.occurrence))
    .map(({ line }) => line);
