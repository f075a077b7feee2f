import {
  Controller,
  Headers,
  Inject,
  Injectable,
  type MessageEvent,
  type OnModuleDestroy,
  Query,
  Req,
  Sse,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { once } from 'node:events';
import { defer, finalize, Observable, Subject, takeUntil } from 'rxjs';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { NO_PRISONS } from '../../access/prisons.js';
import { Discloses } from '../../access-records/disclosure.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { EVENT_STORE, type EventStore, type Position } from '../../store/event-store.js';
import { AlertChanges, type ChangeListener } from './alert-changes.js';
import { isInLog } from '../list/at-least.js';
import { InvalidQuery } from '../../answers/errors.js';
import { TooManyStreams } from '../alert/errors.js';
import { VisibleAlerts } from '../list/visible-alerts.js';
import { isPrisonId } from '../../prison/prison-id.js';

/** How many streams somebody may have open at a time: more than they have windows. */
const MOST_STREAMS = 10;

/** How much may wait for somebody who does not read, in characters. Then they are cut off: the next time they resume. */
const MOST_UNREAD = 1024 * 1024;

/** Resolves once an answer takes more, or will never take any: whoever leaves does not read the rest. */
const drained = async (answer: Response | undefined): Promise<void> => {
  if (!answer?.writableNeedDrain) return;
  const over = new AbortController();
  try {
    await Promise.race([once(answer, 'drain', over), once(answer, 'close', over)]);
  } finally {
    over.abort();
  }
};

/** How long a stream may be silent before a ping goes out, in milliseconds: proxies close what is silent for longer. */
const LONGEST_SILENCE = 25_000;

/** Tells listeners which alerts have changed: ids only, so that nothing personal leaves this way. */
@Injectable()
export class AlertStream implements OnModuleDestroy {
  private readonly closing = new Subject<void>();
  private readonly beats = new Subject<void>();
  private lastBeat = -Infinity;
  /** How many streams each caller has open. */
  private readonly open = new Map<string, number>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly changesInLog: AlertChanges,
    private readonly visible: VisibleAlerts,
  ) {}

  /**
   * Every change of an alert that the caller may see: those after the last event seen, then live; only live without one.
   * Ends with the service, and with the caller's sign-in.
   * @param ready resolves once the caller has taken what was sent: what they have missed is read no faster than that
   * @throws InvalidQuery when this log has no such position; whoever begins to listen, TooManyStreams
   */
  async changes(
    caller: Caller,
    lastEventId?: Position,
    ready: ChangeListener['ready'] = () => Promise.resolve(),
  ): Promise<Observable<MessageEvent>> {
    const end = await this.store.end();
    const after = lastEventId ?? end;
    if (!(await isInLog(this.store, after, 'Last-Event-ID'))) {
      throw new InvalidQuery([{ field: 'Last-Event-ID', value: after, message: 'is beyond the end of this log' }]);
    }
    // Counted once somebody listens: a caller who has left meanwhile never does.
    return defer(() => {
      this.begin(caller.name);
      const leave = finalize<MessageEvent>(() => {
        this.end(caller.name);
      });
      return this.follow(caller, after, end, ready).pipe(takeUntil(this.closing), leave);
    });
  }

  /** Sends a ping to listeners who have heard nothing for a while. @param now milliseconds since 1970-01-01T00:00:00Z */
  tick(now: number): void {
    if (now - this.lastBeat < LONGEST_SILENCE) return;
    this.lastBeat = now;
    this.beats.next();
  }

  onModuleDestroy(): void {
    this.closing.next();
  }

  private begin(name: string): void {
    const open = this.open.get(name) ?? 0;
    if (open >= MOST_STREAMS) throw new TooManyStreams(MOST_STREAMS);
    this.open.set(name, open + 1);
  }

  private end(name: string): void {
    const open = (this.open.get(name) ?? 0) - 1;
    if (open > 0) this.open.set(name, open);
    else this.open.delete(name);
  }

  private tells(
    { id, data: { alertId } }: { readonly id: Position; readonly data: { readonly alertId: string } },
    { prisons }: Caller,
  ): boolean {
    if (!this.visible.shows(alertId, prisons)) return false;
    const last = this.visible.lastOwnChange(alertId, prisons);
    return last === undefined || this.store.compare(id, last) <= 0;
  }

  private follow(
    caller: Caller,
    after: Position,
    end: Position,
    ready: ChangeListener['ready'],
  ): Observable<MessageEvent> {
    return new Observable((listener) => {
      let lastTold = after;
      const isOver = (): boolean => {
        if (this.clock.now() >= caller.until) listener.complete();
        return listener.closed;
      };
      const beats = this.beats.subscribe(() => {
        // With an id of its own, a sign of life would move the place from which somebody resumes.
        if (!isOver()) listener.next({ type: 'ping', id: lastTold, data: '' });
      });
      const leave = this.changesInLog.follow(after, end, {
        ready,
        hear: (change) => {
          if (isOver()) return;
          lastTold = change.id;
          if (this.tells(change, caller)) listener.next(change);
        },
        end: (error) => {
          if (error === undefined) listener.complete();
          else listener.error(error);
        },
      });
      return () => {
        beats.unsubscribe();
        leave();
      };
    });
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class StreamAlertsController {
  constructor(private readonly stream: AlertStream) {}

  @Sse('stream', { maxPendingDataLength: MOST_UNREAD })
  @RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW')
  @Discloses('nobody')
  @ApiOperation({
    operationId: 'streamSafetyAlerts',
    summary: 'Which safety alerts change, as it happens',
    description:
      'Server-sent events: data {alertId, kind}, id the position in the log. Read the alert with ?atLeast=<id>. ' +
      'Kinds: raised, escalated, repeated, moved, acknowledged, lapsed, noted, assigned, snoozed, resolved, expired, ' +
      'reopened. ' +
      'Events of type ping are signs of life.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The last position seen; resumes after it' })
  @ApiQuery({ name: 'after', required: false, description: 'As Last-Event-ID, for those who cannot send a header' })
  @ApiQuery({ name: 'prisonId', required: false, description: 'Only of this prison', example: 'XYI' })
  @ApiResponse({ status: 429, description: 'TOO_MANY_STREAMS' })
  changes(
    @Asking() caller: Caller,
    @Req() { res }: Request,
    @Headers('Last-Event-ID') lastEventId?: string,
    @Query('after') after?: string,
    @Query('prisonId') prisonId?: string,
  ): Promise<Observable<MessageEvent>> {
    return this.stream.changes(lookingAt(caller, prisonId), lastEventId ?? after, () => drained(res));
  }
}

/**
 * The caller, narrowed to this prison; to none where it is not one of theirs.
 * @throws InvalidQuery when it is not a prison id
 */
const lookingAt = (caller: Caller, prisonId: string | undefined): Caller => {
  if (prisonId === undefined) return caller;
  const value = [prisonId].flat().join(',');
  if (!isPrisonId(value))
    throw new InvalidQuery([
      { field: 'prisonId', value: value.slice(0, 100), message: 'must be one prison id, such as XYI' },
    ]);
  return {
    ...caller,
    prisons: caller.prisons.has(value) ? new Set([value]) : NO_PRISONS,
    // A spread would read this once, and the stream would outlive the sign-in.
    get until() {
      return caller.until;
    },
  };
};
