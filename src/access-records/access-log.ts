import { randomBytes } from 'node:crypto';
import { InvalidAppend, StoreError } from '../store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../store/event-store.js';
import { ACCESS_STREAMS, type AccessRecord, dayOf, toStored } from './access-record.js';
import type { Spool } from './spool.js';

/** A stream that nobody but this process writes, one event at a time: so there is never a conflict. */
interface AppendLane {
  readonly day: string;
  readonly stream: string;
  revision: ExpectedRevision;
}

/** Keeps one event within what an event server takes in one piece. */
const PEOPLE_PER_RECORD = 2_000;

/** Writes records of who saw whom to the log or, while it cannot be reached, to the spool. */
export class AccessLog {
  private readonly run = randomBytes(6).toString('hex');
  private lanes = 0;
  private idle: AppendLane[] = [];
  private reached = true;

  constructor(
    private readonly store: EventStore,
    private readonly spool: Spool,
    private readonly prefix: string,
  ) {}

  /** Whether the last that was tried with the log was done. */
  get reachable(): boolean {
    return this.reached;
  }

  /**
   * Resolves once the record is durable. Each of many at once goes to a stream of its own, so that all share one commit,
   * also with what else is written meanwhile. @throws StoreUnavailable when neither log nor spool can be written
   */
  async record(record: AccessRecord): Promise<void> {
    const { prisonNumbers } = record;
    const parts: AccessRecord[] = [];
    for (let from = 0; from < prisonNumbers.length; from += PEOPLE_PER_RECORD)
      parts.push({ ...record, prisonNumbers: prisonNumbers.slice(from, from + PEOPLE_PER_RECORD) });
    await Promise.all(parts.map((part) => this.keep(toStored(part), dayOf(part.at))));
  }

  /** Takes what lies in the spool into the log, each record once. @throws StoreUnavailable, StoreUnreadable */
  async catchUp(): Promise<void> {
    if (await this.spool.emptyInto(this.store, this.prefix + ACCESS_STREAMS)) this.reached = true;
  }

  /** Resolves once the event is durable. @param day yyyy-mm-dd @throws StoreUnavailable when neither log nor spool can be written */
  async keep(event: NewEvent, day: string): Promise<void> {
    try {
      await this.append(event, day);
      this.reached = true;
    } catch (error) {
      if (!(error instanceof StoreError) || error instanceof InvalidAppend) throw error;
      this.reached = false;
      this.spool.keep(event, day);
    }
  }

  /** A lane on which something went wrong is left: who knows what it holds. */
  private async append(event: NewEvent, day: string): Promise<void> {
    const lane = this.laneOf(day);
    const { revision } = await this.store.append(lane.stream, lane.revision, [event]);
    lane.revision = revision;
    this.idle.push(lane);
  }

  private laneOf(day: string): AppendLane {
    const free = this.idle.pop();
    if (free?.day === day) return free;
    this.idle = [];
    const stream = `${this.prefix}${ACCESS_STREAMS}${day}-${this.run}-${this.lanes++}`;
    return { day, stream, revision: 'no-stream' };
  }
}
