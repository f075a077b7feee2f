import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StoreReadOnly } from '../errors.js';
import type { AppendResult, EventFilter, EventStore, ExpectedRevision, NewEvent } from '../event-store.js';
import type { Position, ReadOptions, RecordedEvent, Subscription, SubscriptionMessage } from '../event-store.js';
import { eventTexts } from '../event-texts.js';
import { CatchUpSubscription } from './catch-up-subscription.js';
import { openForReading, openForWriting } from './database-file.js';
import { GroupCommit } from './group-commit.js';
import { Growth } from './growth.js';
import { LogFacts, type StoreKind } from './log-facts.js';
import { LogReader } from './log-reader.js';
import { LOG } from './log-schema.js';
import { LogWriter } from './log-writer.js';
import { countOf, positionOf } from './positions.js';
import { shortenStreams, type ShortenedStream } from './shortened-streams.js';
import { attempt } from './sqlite-errors.js';
import { WriterLock } from './writer-lock.js';

/** What only the one process has that may write. */
interface WriterParts {
  readonly lock: Pick<WriterLock, 'announce' | 'release'>;
  readonly commits: GroupCommit;
}

/** The log as one SQLite file, `log.db`, in a folder. One process writes it; others may read it meanwhile. */
export class EmbeddedEventStore implements EventStore {
  private readonly growth = new Growth();
  private readonly subscriptions = new Set<Subscription>();
  private readonly reader: LogReader;
  private readonly facts: LogFacts;
  private readonly writing: WriterParts | undefined;
  private closed: Promise<void> | undefined;

  /** @param lock of the one process that may write; without one the log is for reading only */
  protected constructor(
    private readonly path: string,
    private readonly db: DatabaseSync,
    lock?: WriterParts['lock'],
  ) {
    this.reader = new LogReader(db, path);
    this.facts = new LogFacts(db, path);
    this.writing = lock && { lock, commits: this.groupCommit(new LogWriter(db, path)) };
  }

  /**
   * Opens the log for this process alone. Folder and file are made when missing, an older file is brought up to date.
   * @throws StoreInUse when another process writes it, StoreUnreadable when it is no log that this program knows,
   *   StoreUnavailable when the folder or the file cannot be used
   */
  static open(folder: string): EmbeddedEventStore {
    const lock = WriterLock.take(folder);
    try {
      return new EmbeddedEventStore(logIn(folder), openForWriting(logIn(folder), LOG), lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /**
   * Opens the log for reading, beside the process that writes it. Appends and subscriptions are refused.
   * @throws StoreUnavailable when there is no log yet, StoreUnreadable when it is none that this program knows
   */
  static openReadOnly(folder: string): EmbeddedEventStore {
    return new EmbeddedEventStore(logIn(folder), openForReading(logIn(folder), LOG));
  }

  /** Tells this log from every other; also from one that took its place in the same folder. */
  get id(): string {
    return this.facts.id();
  }

  /** Of which kind the log was declared to be, if it was. */
  kind(): StoreKind | undefined {
    return this.facts.kind();
  }

  /** The first declaration stands for good. @throws StoreKindMismatch when it was another, StoreUnavailable */
  declareKind(kind: StoreKind): void {
    this.writer();
    this.facts.declareKind(kind);
  }

  /** Lets other processes find the service that holds the log: see `holderOf`. @throws StoreUnavailable */
  announce(url: string): void {
    this.writer().lock.announce(url);
  }

  /**
   * Takes the streams of a log of which something was cut off as they are: each ends where its last event is. Otherwise
   * those whose end was cut off could take no event any more. Answers with them. @throws StoreUnavailable
   */
  shortenStreams(): ShortenedStream[] {
    this.writer();
    return attempt(this.path, () => shortenStreams(this.db));
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    return this.writer().commits.append({ stream, expected, rows: eventTexts(stream, events) });
  }

  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.reader.stream(stream, options);
  }

  readStreams(from: string, until: string): AsyncIterable<RecordedEvent> {
    return this.reader.streams(from, until);
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    return Promise.resolve(this.reader.find(stream, id));
  }

  readAll(options: { readonly after?: Position; readonly filter?: EventFilter } = {}): AsyncIterable<RecordedEvent> {
    return this.reader.all(options.after, options.filter);
  }

  /** @throws StoreReadOnly: a reader in another process is not woken by the writer */
  subscribeToAll(
    options: { readonly after?: Position; readonly filter?: EventFilter },
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription {
    this.writer();
    const subscription = new CatchUpSubscription(this.reader, this.growth, options, handle, () =>
      this.subscriptions.delete(subscription),
    );
    this.subscriptions.add(subscription);
    return subscription;
  }

  async end(): Promise<Position> {
    return Promise.resolve(positionOf(this.reader.end()));
  }

  compare(a: Position, b: Position): number {
    return countOf(a) - countOf(b);
  }

  missingBetween(a: Position, b: Position): string | undefined {
    const [first, last] = [countOf(a) + 1, countOf(b) - 1];
    if (first > last) return undefined;
    return first === last ? `position ${first}` : `what stood at positions ${first} to ${last}`;
  }

  close(): Promise<void> {
    return (this.closed ??= this.letGo());
  }

  private async letGo(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.writing?.commits.drain();
    this.db.close();
    this.writing?.lock.release();
  }

  private groupCommit(writer: LogWriter): GroupCommit {
    return new GroupCommit(
      (group) => writer.write(group),
      () => {
        this.growth.announce();
      },
    );
  }

  private writer(): WriterParts {
    if (this.writing) return this.writing;
    throw new StoreReadOnly(`${this.path} is open for reading only. Send it to the service that holds it.`);
  }
}

const logIn = (folder: string): string => join(folder, 'log.db');
