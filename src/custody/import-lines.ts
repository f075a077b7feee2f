import type { CustodyEvent } from './custody-event.js';
import type { FieldError } from '../prison/field-error.js';
import { takeIn } from './intake.js';
import type { NdjsonLine } from './ndjson.js';
import { readCustodyEvent, type Refusal } from './read-custody-event.js';
import type { RecordingResult, EventResult } from './recording-result.js';

/** How many lines went which way. */
export interface ImportTotals {
  accepted: number;
  duplicate: number;
  refused: number;
}

/** A line that was refused: where it is in the file, and why. */
export interface RefusedLine {
  readonly line: number;
  readonly column?: number;
  readonly id: string | null;
  readonly errors: readonly FieldError[];
}

export interface ImportOptions {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  readonly onRefused: (line: RefusedLine) => void;
  /** A line is there already, and does not count before the telling that brought it is complete. */
  readonly onUncounted?: (telling: string) => void;
  readonly onProgress?: (totals: Readonly<ImportTotals>) => void;
  /** Stops after the present batch. What was recorded stays; running the same import again completes it. */
  readonly signal?: AbortSignal;
}

const LINES_PER_BATCH = 500;

/**
 * Records the events of a file, some hundreds at a time. Refused lines are reported one by one and do not stop the rest.
 * May stop or fail at any point and be run again: nothing is lost, nothing is doubled.
 * @param record appends events to the log, here or in a running service
 */
export async function importLines(
  batches: AsyncIterable<readonly NdjsonLine[]>,
  record: (events: readonly CustodyEvent[]) => Promise<RecordingResult>,
  options: ImportOptions,
): Promise<ImportTotals> {
  const totals: ImportTotals = { accepted: 0, duplicate: 0, refused: 0 };
  for await (const lines of inBatchesOf(LINES_PER_BATCH, batches)) {
    if (options.signal?.aborted) break;
    const now = options.now();
    const { results } = await takeIn(
      lines.map((line) => readLine(line, now)),
      record,
    );
    results.forEach((result, index) => {
      count(result, lines[index], totals, options);
    });
    options.onProgress?.(totals);
  }
  return totals;
}

/** One line of a file. An event without `recordedAt` counts as recorded when it occurred. */
export function readLine(line: NdjsonLine, now: number): CustodyEvent | Refusal {
  if ('value' in line) return readCustodyEvent(line.value, { now, recordedAtDefault: 'occurredAt' });
  return { errors: [{ field: 'line', value: null, message: line.problem }] };
}

function count(
  { status, id, telling, errors = [] }: EventResult,
  line: NdjsonLine | undefined,
  totals: ImportTotals,
  { onRefused, onUncounted }: ImportOptions,
): void {
  totals[status]++;
  if (telling !== undefined) onUncounted?.(telling);
  if (status !== 'refused' || !line) return;
  const column = 'column' in line ? { column: line.column } : {};
  onRefused({ line: line.line, ...column, id, errors });
}

/** The same lines, so many at a time: the size of a reader's chunks depends on the disk or the network. */
async function* inBatchesOf(
  size: number,
  batches: AsyncIterable<readonly NdjsonLine[]>,
): AsyncGenerator<readonly NdjsonLine[]> {
  let waiting: NdjsonLine[] = [];
  for await (const lines of batches) {
    waiting = waiting.concat(lines);
    let from = 0;
    for (; waiting.length - from >= size; from += size) yield waiting.slice(from, from + size);
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield waiting;
}
