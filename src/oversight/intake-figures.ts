import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, tap } from 'rxjs';
import type { EventResult, RecordingResult } from '../custody/recording-result.js';
import { AllRefused, EventIdReused } from '../custody/errors.js';
import { CustodyEventsController } from '../custody/custody-events.controller.js';

const STATUSES: readonly EventResult['status'][] = ['accepted', 'duplicate', 'refused'];

/**
 * What became of the custody events that came in, since this process was started. The feed is the way they came, `http`
 * for now: the system that an event names as its source is whatever its sender writes, and no label.
 */
export class IntakeFigures {
  private readonly counts = new Map(STATUSES.map((status) => [status, 0]));

  record(results: readonly Pick<EventResult, 'status'>[]): void {
    for (const { status } of results) this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
  }

  totals(): { readonly feed: 'http'; readonly outcome: EventResult['status']; readonly count: number }[] {
    return Array.from(this.counts, ([outcome, count]) => ({ feed: 'http', outcome, count }));
  }
}

/** Counts what callers of `POST /custody-events` are told of their events. */
@Injectable()
export class CountCustodyEvents implements NestInterceptor {
  constructor(private readonly figures: IntakeFigures) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const answers = next.handle();
    if (context.getClass<unknown>() !== CustodyEventsController) return answers;
    return answers.pipe(
      tap({
        next: ({ results }: RecordingResult) => {
          this.figures.record(results);
        },
        error: (error: unknown) => {
          if (error instanceof AllRefused || error instanceof EventIdReused) this.figures.record(error.results);
        },
      }),
    );
  }
}
