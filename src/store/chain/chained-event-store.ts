import { Logger } from '@nestjs/common';
import { InvalidAppend, WrongExpectedRevision } from '../errors.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../event-store.js';
import type { Position, ReadOptions, RecordedEvent } from '../event-store.js';
import { EventStoreView } from '../event-store-view.js';
import { eventText } from '../event-texts.js';
import { revisionOf } from '../transact.js';
import { Queues } from '../queues.js';
import { LINK, type LinkedEvent, linkedEvent, withLink } from './chain-link.js';
import { type ChainedLog, isInChain, isIntact, statedHash } from './chained-log.js';

/** The type of what is handed over in place of an event that is not as it was written: nobody knows it. */
export const DAMAGED = 'Damaged';

/** Where a stream ends. */
interface StreamEnd {
  readonly revision: number;
  readonly hash: string;
}

/** So many ends are kept in mind: about 10 MB. Of other streams the last event is read before one is appended. */
const MOST = 50_000;

/**
 * A log whose events hang in a chain: each is stored with the hash of the one before it in its stream, and its own. Those
 * who read are shown nothing of that. What is not as it was written is handed over as an event that nobody knows, so that
 * all who follow the log set it aside.
 */
export class ChainedEventStore extends EventStoreView {
  /** Where something is not as it was written, as far as it was read. */
  readonly damaged = new Set<Position>();
  private readonly logger = new Logger('Chain');
  private readonly ends = new Map<string, StreamEnd>();
  private readonly queues = new Queues();

  /**
   * @param writers `one`: nobody else appends, and every append succeeds. The ends of all streams are kept in mind, and
   * appends go on in the order of their calls: none waits for the one before it
   * @param most ends of streams that are kept in mind where there may be several writers
   */
  constructor(
    private readonly log: ChainedLog,
    private readonly writers: 'one' | 'several' = 'several',
    private readonly most = MOST,
  ) {
    super(log.store);
  }

  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const { store, isChained } = this.log;
    if (!isChained(stream)) return store.append(stream, expected, events);
    return this.writers === 'one'
      ? this.appendLinked(stream, expected, events)
      : this.queues.run(stream, () => this.appendLinked(stream, expected, events));
  }

  private async appendLinked(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    if (expected === 'no-stream') return this.appendAfter(stream, undefined, events);
    const end = this.ends.get(stream);
    if (end?.revision === expected) return this.appendAfter(stream, end, events);
    return this.readAndAppend(stream, expected, events);
  }

  override async *readStream(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    for await (const recorded of this.log.store.readStream(stream, options)) {
      const linked = linkedEvent(recorded);
      this.learn(linked);
      yield this.opened(linked);
    }
  }

  protected shown(event: RecordedEvent): RecordedEvent {
    return this.opened(linkedEvent(event));
  }

  private async readAndAppend(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    const { store } = this.log;
    for await (const event of store.readStream(stream, { from: expected, limit: 1 }))
      return this.appendAfter(stream, endWith(this.log, linkedEvent(event)), events);
    const actual = await revisionOf(store, stream);
    if (actual === 'no-stream' || actual < expected) throw new WrongExpectedRevision(stream, expected, actual);
    // It was written just now, or else it was cut off: then the stream has moved on, and the store says so.
    return actual === expected ? this.readAndAppend(stream, expected, events) : store.append(stream, expected, events);
  }

  private async appendAfter(
    stream: string,
    before: StreamEnd | undefined,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const { linked, end } = this.linked(stream, before, events);
    if (this.writers === 'one') this.remember(stream, end);
    try {
      const result = await this.log.store.append(stream, before?.revision ?? 'no-stream', linked);
      if (result.outcome === 'duplicate') await this.learnAgain(stream, end);
      // Not before: another writer's event may stand there instead, and what follows would hang on one that is nowhere.
      else if (this.writers === 'several') this.remember(stream, end);
      return result;
    } catch (error) {
      this.forget(stream, end);
      throw error;
    }
  }

  private linked(
    stream: string,
    before: StreamEnd | undefined,
    events: readonly NewEvent[],
  ): { readonly linked: readonly NewEvent[]; readonly end: StreamEnd | undefined } {
    let end = before;
    const linked = events.map((event) => {
      const text = eventText(stream, event);
      if (LINK in event.metadata)
        throw new InvalidAppend(`${stream}: event ${event.id}: metadata may hold no "${LINK}".`);
      const revision = (end?.revision ?? -1) + 1;
      const hash = this.log.hashes.ofText({ stream, revision }, text, end?.hash);
      const link = { ...(end && { before: end.hash }), hash };
      end = { revision, hash };
      return { ...event, metadata: withLink(event.metadata, link) };
    });
    return { linked, end };
  }

  /** Where the stream ends. */
  private remember(stream: string, end: StreamEnd | undefined): void {
    if (!end) return;
    this.ends.set(stream, end);
    if (this.writers === 'one' || this.ends.size <= this.most) return;
    const [oldest = ''] = this.ends.keys();
    this.ends.delete(oldest);
  }

  private forget(stream: string, end: StreamEnd | undefined): void {
    if (this.ends.get(stream) === end) this.ends.delete(stream);
  }

  /** What stands there has the same ids, and may say something else. */
  private async learnAgain(stream: string, end: StreamEnd | undefined): Promise<void> {
    this.forget(stream, end);
    for await (const event of this.log.store.readStream(stream, { from: end?.revision ?? 0, limit: 1 }))
      this.learn(linkedEvent(event));
  }

  /** Who reads a stream decides on it, and appends. What was read stands there. */
  private learn(linked: LinkedEvent): void {
    const { stream, revision } = linked.event;
    const known = this.ends.get(stream);
    if (this.log.isChained(stream) && (!known || known.revision <= revision))
      this.remember(stream, endWith(this.log, linked));
  }

  private opened(linked: LinkedEvent): RecordedEvent {
    const { event } = linked;
    if (!this.log.isChained(event.stream) || isIntact(this.log, linked)) return event;
    this.tell(event.position);
    return { ...event, type: DAMAGED, data: {}, metadata: {} };
  }

  /** Once: many read it, again and again. Not of what was there when the chain began anew, and was accepted. */
  private tell(position: Position): void {
    if (this.damaged.has(position) || !isInChain(this.log, position)) return;
    this.damaged.add(position);
    this.logger.error(
      `The event at position ${position} is not as it was written: somebody changed it, or the disk fails. It is set aside.`,
    );
  }
}

const endWith = (log: ChainedLog, linked: LinkedEvent): StreamEnd => ({
  revision: linked.event.revision,
  hash: statedHash(log, linked),
});
