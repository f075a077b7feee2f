import { Controller, Headers, Inject, Injectable, type MessageEvent, type OnModuleDestroy, Sse } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Observable, Subject, takeUntil } from 'rxjs';
import { Asking, type Caller } from '../access/caller.js';
import { Needs } from '../access/needs.js';
import { Shows } from '../access-records/shows.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { ALERT_STREAMS, alertIdOf } from './alert-ids.js';
import { isInLog } from './at-least.js';
import { InvalidQuery } from './errors.js';
import { OpenAlerts } from './open-alerts.js';
import { type Transition, TRANSITIONS } from './safety-alert-events.js';
import { isKnown } from './stored-safety-alert-event.js';
import { VisibleAlerts } from './visible-alerts.js';

/** Tells those who listen which alerts have changed: ids only, so that nothing personal leaves this way. */
@Injectable()
export class AlertStream implements OnModuleDestroy {
  private readonly closing = new Subject<void>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly alerts: OpenAlerts,
    private readonly visible: VisibleAlerts,
  ) {}

  /**
   * Every change of an alert that the caller may see, after the last event seen (exclusive), then live; from now on
   * without one. Ends with the service, and with the caller's sign-in.
   */
  async changes(caller: Caller, lastEventId?: Position): Promise<Observable<MessageEvent>> {
    const after = lastEventId ?? (await this.store.end());
    if (!(await isInLog(this.store, after, 'Last-Event-ID'))) {
      throw new InvalidQuery([{ field: 'Last-Event-ID', value: after, message: 'lies beyond the end of this log' }]);
    }
    return this.follow(caller, after).pipe(takeUntil(this.closing));
  }

  onModuleDestroy(): void {
    this.closing.next();
  }

  private follow(caller: Caller, after: Position): Observable<MessageEvent> {
    return new Observable((listener) => {
      const filter = { streamPrefixes: [this.prefix + ALERT_STREAMS] };
      const leaving = new AbortController();
      const subscription = this.store.subscribeToAll({ after, filter }, async (message) => {
        if (this.clock.now() >= caller.until) listener.complete();
        const change = message.kind === 'event' ? changeOf(message.event, this.prefix) : undefined;
        if (!change || listener.closed) return;
        // Judged by where the person is now, also for changes of the past.
        await this.alerts.read.reached(change.id, leaving.signal);
        if (this.visible.shows(change.data.alertId, caller.prisons)) listener.next(change);
      });
      subscription.ended.then(
        () => {
          listener.complete();
        },
        (error: unknown) => {
          listener.error(error);
        },
      );
      return () => {
        leaving.abort();
        void subscription.stop();
      };
    });
  }
}

/** What is told of a change. */
interface Told {
  readonly id: Position;
  readonly data: { readonly alertId: string; readonly kind: Transition };
}

/** Nothing for what is not to be seen, and for types of a later version: the read model has told of those. */
const changeOf = ({ type, stream, data, position }: RecordedEvent, prefix: string): Told | undefined => {
  const kind = isKnown(type) ? TRANSITIONS[type] : null;
  if (kind === null) return undefined;
  return { id: position, data: { alertId: alertIdOf(stream.slice(prefix.length), Number(data['episode'])), kind } };
};

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class StreamAlertsController {
  constructor(private readonly stream: AlertStream) {}

  @Sse('stream')
  @Needs('ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW')
  @Shows('nobody')
  @ApiOperation({
    operationId: 'streamSafetyAlerts',
    summary: 'Which safety alerts change, as it happens',
    description:
      'Server-sent events: data {alertId, kind}, id the position in the log. Read the alert with ?atLeast=<id>. ' +
      'Kinds: raised, escalated, repeated, moved, acknowledged, noted, assigned, snoozed, resolved, expired.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The last position seen; resumes after it' })
  changes(@Asking() caller: Caller, @Headers('Last-Event-ID') lastEventId?: string): Promise<Observable<MessageEvent>> {
    return this.stream.changes(caller, lastEventId);
  }
}
