import { WrongExpectedRevision } from '../src/store/errors.js';
import type {
  AppendResult,
  EventFilter,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadOptions,
  RecordedEvent,
  Subscription,
  SubscriptionMessage,
} from '../src/store/event-store.js';

interface ReadAllOptions {
  readonly after?: Position;
  readonly filter?: EventFilter;
}

/** A log for tests: keeps the promises of the port, but for durability. */
export class InMemoryEventStore implements EventStore {
  private readonly log: RecordedEvent[] = [];
  private readonly wakers = new Set<() => void>();

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    await Promise.resolve();
    const there = this.of(stream);
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const already = there.slice(first, first + events.length);
    if (first < there.length && events.every(({ id }, index) => already[index]?.id === id))
      return { outcome: 'duplicate', ...lastOf(already) };
    if (first !== there.length)
      throw new WrongExpectedRevision(stream, expected, there.length === 0 ? 'no-stream' : there.length - 1);
    events.forEach((event, index) => {
      const copy = JSON.parse(JSON.stringify(event)) as NewEvent;
      this.log.push({ ...copy, stream, revision: first + index, position: String(this.log.length + 1) });
    });
    for (const wake of this.wakers) wake();
    return { outcome: 'appended', ...lastOf(this.of(stream)) };
  }

  async *readStream(stream: string, options: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    await Promise.resolve();
    const { direction = 'forward', from, limit } = options;
    const events = direction === 'forward' ? this.of(stream) : this.of(stream).reverse();
    const wanted = events.filter(({ revision }) =>
      from === undefined ? true : direction === 'forward' ? revision >= from : revision <= from,
    );
    yield* wanted.slice(0, limit);
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    await Promise.resolve();
    return this.of(stream).find((event) => event.id === id);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    await Promise.resolve();
    yield* this.log.filter((event) => this.isWanted(event, options));
  }

  subscribeToAll(
    options: ReadAllOptions,
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription {
    const stopping = new AbortController();
    const ended = this.follow(options, handle, stopping.signal);
    // The one who subscribed may look at `ended` later.
    ended.catch(() => undefined);
    return {
      ended,
      stop: async () => {
        stopping.abort();
        await ended.catch(() => undefined);
      },
    };
  }

  async end(): Promise<Position> {
    await Promise.resolve();
    return String(this.log.length);
  }

  compare(a: Position, b: Position): number {
    return Number(a) - Number(b);
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  private async follow(
    options: ReadAllOptions,
    handle: (message: SubscriptionMessage) => Promise<void> | void,
    stopping: AbortSignal,
  ): Promise<void> {
    let next = Number(options.after ?? '0');
    let behind = true;
    while (!stopping.aborted) {
      const event = this.log[next];
      if (event) {
        next++;
        behind = true;
        if (this.isWanted(event, { filter: options.filter })) await handle({ kind: 'event', event });
        else await Promise.resolve();
      } else if (behind) {
        behind = false;
        await handle({ kind: 'caught-up', position: await this.end() });
      } else await this.moreThan(next, stopping);
    }
  }

  private moreThan(length: number, stopping: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.log.length > length || stopping.aborted) {
        resolve();
        return;
      }
      const wake = () => {
        this.wakers.delete(wake);
        resolve();
      };
      this.wakers.add(wake);
      stopping.addEventListener('abort', wake, { once: true });
    });
  }

  private of(stream: string): RecordedEvent[] {
    return this.log.filter((event) => event.stream === stream);
  }

  private isWanted({ stream, position }: RecordedEvent, { after, filter }: ReadAllOptions): boolean {
    if (after !== undefined && this.compare(position, after) <= 0) return false;
    return filter === undefined || filter.streamPrefixes.some((prefix) => stream.startsWith(prefix));
  }
}

function lastOf(events: readonly RecordedEvent[]): { revision: number; position: Position } {
  const last = events.at(-1);
  if (!last) throw new TypeError('An append needs at least one event.');
  return { revision: last.revision, position: last.position };
}
