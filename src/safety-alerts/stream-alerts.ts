import { Controller, Headers, Inject, Injectable, type MessageEvent, type OnModuleDestroy, Sse } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Observable, Subject, takeUntil } from 'rxjs';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { ALERT_STREAMS, alertIdOf } from './alert-ids.js';
import { isInLog } from './at-least.js';
import { InvalidQuery } from './errors.js';
import { TRANSITIONS } from './safety-alert-events.js';
import { isKnown } from './stored-safety-alert-event.js';

/** Tells those who listen which alerts have changed: ids only, so that nothing personal leaves this way. */
@Injectable()
export class AlertStream implements OnModuleDestroy {
  private readonly closing = new Subject<void>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
  ) {}

  /** Every change after the last event seen (exclusive), then live; from now on without one. Ends with the service. */
  async changes(lastEventId?: Position): Promise<Observable<MessageEvent>> {
    const after = lastEventId ?? (await this.store.end());
    if (!(await isInLog(this.store, after, 'Last-Event-ID'))) {
      throw new InvalidQuery([{ field: 'Last-Event-ID', value: after, message: 'lies beyond the end of this log' }]);
    }
    return this.follow(after).pipe(takeUntil(this.closing));
  }

  onModuleDestroy(): void {
    this.closing.next();
  }

  private follow(after: Position): Observable<MessageEvent> {
    return new Observable((listener) => {
      const filter = { streamPrefixes: [this.prefix + ALERT_STREAMS] };
      const subscription = this.store.subscribeToAll({ after, filter }, (message) => {
        const change = message.kind === 'event' ? this.changeOf(message.event) : undefined;
        if (change) listener.next(change);
      });
      subscription.ended.then(
        () => {
          listener.complete();
        },
        (error: unknown) => {
          listener.error(error);
        },
      );
      return () => void subscription.stop();
    });
  }

  /** Nothing for what is not to be seen, and for types of a later version: the read model has told of those. */
  private changeOf({ type, stream, data, position }: RecordedEvent): MessageEvent | undefined {
    const kind = isKnown(type) ? TRANSITIONS[type] : null;
    if (kind === null) return undefined;
    return {
      id: position,
      data: { alertId: alertIdOf(stream.slice(this.prefix.length), Number(data['episode'])), kind },
    };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class StreamAlertsController {
  constructor(private readonly stream: AlertStream) {}

  @Sse('stream')
  @ApiOperation({
    operationId: 'streamSafetyAlerts',
    summary: 'Which safety alerts change, as it happens',
    description:
      'Server-sent events: data {alertId, kind}, id the position in the log. Read the alert with ?atLeast=<id>. ' +
      'Kinds: raised, escalated, repeated, moved, acknowledged, noted, assigned, snoozed, resolved, expired.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The last position seen; resumes after it' })
  changes(@Headers('Last-Event-ID') lastEventId?: string): Promise<Observable<MessageEvent>> {
    return this.stream.changes(lastEventId);
  }
}
