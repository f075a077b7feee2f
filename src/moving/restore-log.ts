import type { KeptKey, MovableKeyRing } from '../personal-data/key-ring.js';
import { decidedOn, decidedOnElsewhere } from '../safety-alerts/alert/stored-safety-alert-event.js';
import { LARGEST_APPEND, MOST_EVENTS } from '../store/append-size.js';
import { type EventStore, type NewEvent, type Position, START } from '../store/event-store.js';
import { beginRestore, endRestore } from '../store/log-stream.js';
import { type WholeFile, sizeOf } from './check-file.js';
import { readMovedFile } from './moved-file.js';
import type { MovedEvent } from './moved-line.js';

const KEYS_AT_ONCE = 64;

export interface RestoreTarget {
  readonly store: EventStore;
  /** Whether there are keys with the store already. */
  readonly hasKeys: boolean;
  /** Opens the keys of the store, or makes them, and with them the log as everybody writes it: with its chain. */
  readonly openLog: () => Promise<RestoredLog>;
  /** How many appends may be under way: more than one only with a store that commits them in the order of their calls. */
  readonly inFlight: number;
  readonly onProgress?: (events: number) => void;
}

interface RestoredLog {
  readonly keys: Pick<MovableKeyRing, 'take'>;
  readonly store: EventStore;
}

/**
 * Writes everything in a checked file into an empty log, in the order of the file. Until it is done the log says that it
 * is not whole. If it is run again with the same file, it goes on where it stopped.
 * @throws StoreNotEmpty, StoreUnavailable, StoreUnreadable, StoreAccessDenied, WrongExpectedRevision where others write
 * there meanwhile
 */
export const restoreLog = async (checked: WholeFile, restoring: RestoreTarget): Promise<void> => {
  const { store, hasKeys, openLog } = restoring;
  const { prefix } = checked.head;
  await beginRestore(store, prefix, checked.checksum, hasKeys);
  const log = await openLog();
  await restoreAll(checked, restoring, log);
  await endRestore(log.store, prefix);
};

const restoreAll = async (
  checked: WholeFile,
  restoring: RestoreTarget,
  { keys: ring, store }: RestoredLog,
): Promise<void> => {
  const events = new RestoredEvents(checked, { ...restoring, store });
  let keys: KeptKey[] = [];
  for await (const { line } of readMovedFile(checked.file)) {
    if ('event' in line) await events.add(line.event);
    if ('key' in line) keys.push(line.key);
    if (keys.length === KEYS_AT_ONCE || 'end' in line) {
      await ring.take(keys);
      keys = [];
    }
  }
  await events.flush();
};

/** One append: events of one stream that follow one another in the log. */
interface RestoredRun {
  readonly stream: string;
  readonly first: number;
  readonly events: NewEvent[];
  /** The position of the last of them in the log that they come from. */
  position: Position;
  room: number;
}

/** Events on their way into the log, some appends at a time. */
class RestoredEvents {
  private runs: RestoredRun[] = [];
  /** By position in the old log: the position in the new one, of events that decisions rest on. */
  private readonly moved = new Map<Position, Position>([[START, START]]);
  private last: Position = START;
  private count = 0;

  constructor(
    private readonly checked: WholeFile,
    private readonly restoring: RestoreTarget,
  ) {}

  async add(event: MovedEvent): Promise<void> {
    const { id, type, metadata, stream, revision, position } = event;
    const data = await this.dataOf(event);
    const bytes = sizeOf(event);
    let run = this.runs.at(-1);
    if (!run || !this.takes(run, stream, bytes)) {
      if (this.runs.length === this.restoring.inFlight) await this.flush();
      run = { stream, first: revision, events: [], position, room: LARGEST_APPEND };
      this.runs.push(run);
    }
    run.events.push({ id, type, data, metadata });
    run.position = position;
    run.room -= bytes;
  }

  async flush(): Promise<void> {
    const runs = this.runs;
    this.runs = [];
    const { store, onProgress } = this.restoring;
    const appends = await Promise.allSettled(
      runs.map(({ stream, first, events }) => store.append(stream, first === 0 ? 'no-stream' : first - 1, events)),
    );
    for (const [index, { position, events }] of runs.entries()) {
      const append = appends[index];
      if (append?.status !== 'fulfilled') throw append?.reason;
      this.last = append.value.position;
      if (this.checked.decidedOn.has(position)) this.moved.set(position, this.last);
      this.count += events.length;
    }
    onProgress?.(this.count);
  }

  /** An event that a decision rests on ends its run, so that the store tells its new position. */
  private takes({ stream, events, position, room }: RestoredRun, next: string, bytes: number): boolean {
    return stream === next && events.length < MOST_EVENTS && bytes <= room && !this.checked.decidedOn.has(position);
  }

  private async dataOf(event: MovedEvent): Promise<MovedEvent['data']> {
    const position = decidedOn(event, this.checked.head.prefix);
    if (position === undefined) return event.data;
    if (!this.moved.has(position)) await this.flush();
    // It can only rest on events that came before it.
    return decidedOnElsewhere(event.data, this.moved.get(position) ?? this.last);
  }
}
