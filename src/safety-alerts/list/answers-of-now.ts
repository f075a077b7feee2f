import { Inject, Injectable } from '@nestjs/common';
import { listed, type Prisons } from '../../access/prisons.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { AlertIndex } from './alert-index.js';

/**
 * In milliseconds: what falls due, and people who move, show after this long at the latest, just as the watch decides
 * after a grace.
 */
const HOLDS = 5_000;

/** What many people ask is worked out once: an answer holds until an alert changes, and for five seconds at most. */
@Injectable()
export class AnswersOfNow {
  private readonly answers = new Map<string, unknown>();
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  private since = -Infinity;

  constructor(
    alerts: AlertIndex,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    alerts.onChange.subscribe(() => {
      this.answers.clear();
    });
  }

  /**
   * @param question everything that the answer depends on, apart from the prisons, the alerts and the instant
   * @param answer at an instant in milliseconds since 1970-01-01T00:00:00Z; several callers get it, so none may change
   * it
   */
  to<T>(question: object, prisons: Prisons, answer: (now: number) => T): T {
    const now = this.clock.now();
    if (Math.abs(now - this.since) >= HOLDS) {
      this.answers.clear();
      this.since = now;
    }
    const key = JSON.stringify([question, listed(prisons)]);
    if (!this.answers.has(key)) this.answers.set(key, answer(now));
    return this.answers.get(key) as T;
  }
}
