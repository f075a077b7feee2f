import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, tap } from 'rxjs';
import { AllRefused, EventIdReused } from '../custody/errors.js';
import { CustodyEventsController } from '../custody/custody-events.controller.js';
import type { RecordingResult } from '../custody/recording-result.js';
import { IntakeFigures } from './intake-figures.js';

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
