import type { Deadlines } from './deadlines.js';
import type { Evidence } from './evidence.js';
import { NEVER, type Instant } from './instant.js';
import type { LocalDays } from './local-days.js';
import type { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';
import type { Truth } from './truth.js';

/**
 * One operator of the rules, alive for one person. It is told that person's events in the order they happened and
 * answers for any instant from its last event on.
 */
export interface Operator {
  /** The truth at `t`. `raisedAt` is the alert's instant, in the closing condition of a latched rule. */
  value(t: Instant, raisedAt?: Instant): Truth;
  /** The first instant after `t` at which the truth may change although nothing happens; never too late. */
  nextFlip(t: Instant): Instant;
  /** What the truth at `t` rests on; built when asked for. */
  explain(t: Instant, raisedAt?: Instant): Evidence;
  /** Takes in the next event. */
  on?(occurrence: Occurrence): void;
  /** A new stay begins: what belongs to one stay starts afresh. */
  newStay?(): void;
}

/** An operator with a beginning. */
export interface ScopeOperator extends Operator {
  /** Since when it holds at `t`; nothing when it does not. */
  since(t: Instant): Instant | undefined;
}

/** Whether a source that says such events has gone quiet. */
export interface Silence {
  covers(types: readonly string[]): boolean;
}

export const NO_SILENCE: Silence = { covers: () => false };

/** What the operators of one person share. */
export interface PersonContext {
  readonly days: LocalDays;
  readonly movements: Movements;
  readonly deadlines: Deadlines;
  readonly silence: Silence;
}

/** An operator that looks at events itself. It is unknown while a source of events it needs has gone quiet. */
export abstract class Leaf implements Operator {
  constructor(
    protected readonly person: PersonContext,
    private readonly needs: readonly string[],
  ) {}

  value(t: Instant, raisedAt?: Instant): Truth {
    return this.person.silence.covers(this.needs) ? 'unknown' : this.holds(t, raisedAt);
  }

  nextFlip(_t: Instant): Instant {
    return NEVER;
  }

  abstract holds(t: Instant, raisedAt?: Instant): boolean;
  abstract explain(t: Instant, raisedAt?: Instant): Evidence;
}
