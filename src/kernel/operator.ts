import type { Caseload } from './caseloads.js';
import type { Deadlines } from './deadlines.js';
import type { Evidence } from './evidence.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
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
  /** The same by the record alone, whoever is silent: by it events get their meaning, and stands what was raised. */
  onRecord(t: Instant): boolean;
  /** The first instant after `t` at which the truth may change although nothing happens; never too late. */
  nextFlip(t: Instant, raisedAt?: Instant): Instant;
  /**
   * While it is false: the event types one of which has to come before it can be true, deadlines apart. May name too
   * many, never too few. Saves looking again at what cannot have changed.
   */
  wakers(t: Instant): readonly string[];
  /** What the truth at `t` rests on; built when asked for. */
  explain(t: Instant, raisedAt?: Instant): Evidence;
  /** Takes in the next event. */
  on?(occurrence: Occurrence): void;
  /** A stay in this prison has ended: by a leaving, or by an arrival at another. */
  stayEnded?(prisonId: string): void;
  /** A new custody begins, and with it a stay. `lastLeft`: the leaving that ended the last stay before, if there was one. */
  newCustody?(lastLeft: Occurrence | undefined): void;
  /** A new stay begins: what belongs to one stay starts afresh. */
  newStay?(): void;
  /** Whether an event is counted at `t`: an ask that waits for its answer, a sign of risk in its window. */
  counts?(occurrence: Occurrence, t: Instant): boolean;
  /** Something has happened that its truth may depend on. */
  forget?(): void;
}

/** An operator with a beginning. */
export interface ScopeOperator extends Operator {
  /** Since when it holds at `t`; nothing when it does not. */
  since(t: Instant): Instant | undefined;
  /** Whether an event that was taken in belongs to it at `t`; none does when it does not hold. */
  covers(occurrence: Occurrence, t: Instant): boolean;
}

/** An operator whose state begins with one event and ends with another. Asked just before the event is taken in. */
export interface StateOperator extends ScopeOperator {
  /** Whether it begins with this event. */
  begins(occurrence: Occurrence): boolean;
  /** Whether it ends with this event. */
  ends(occurrence: Occurrence): boolean;
}

/** Of which events it is not known, in which prison, whether they happened: a feed that delivers them is silent. */
export interface Silence {
  /** Whether that is so of any of these types at `t`. */
  covers(prisonId: string, types: readonly string[], t: Instant): boolean;
  /** The first instant after `t` at which, by what is known, that changes for some type. */
  nextChange(prisonId: string, t: Instant): Instant;
}

/** Whether a feed is silent. */
export interface QuietFeed {
  /** Since when it is silent at `t`; nothing while it is heard. */
  since(t: Instant): Instant | undefined;
  /** The first instant after `t` at which, by what is known, that changes. */
  nextChange(t: Instant): Instant;
}

/** Of an operator that asks only where the person is. */
export const NO_TYPES: readonly string[] = [];

export const NO_SILENCE: Silence = { covers: () => false, nextChange: () => NEVER };

/** What the operators of one person, or one key worker, share. */
export interface PersonContext {
  readonly days: LocalDays;
  readonly movements: Movements;
  readonly deadlines: Deadlines;
  /** The people whom a key worker has; nobody, where it is about a person. */
  readonly caseload: Caseload;
  /**
   * Whether a feed is silent, at `t`, of the prison that holds the person, or that it is about, and with it any of these
   * event types.
   */
  isSilent(types: readonly string[], t: Instant): boolean;
  /** The first instant after `t` at which, by what is known, that changes. */
  nextSilence(t: Instant): Instant;
  /** The person's own operator at a place of the plan. */
  operator(place: number): Operator;
  /**
   * The person as they stood once all events of this one's instant were taken in: as they stand, but where it happened
   * before the stay that it belongs to, and other things between.
   */
  asOf(occurrence: Occurrence): PersonContext;
  /** Calls back once all events of an instant have been taken in, before anything that happens later is. */
  afterInstant(at: Instant, then: () => void): void;
}

/** What an operator found at an instant. */
export interface Finding {
  readonly truth: Truth;
  readonly at: Instant;
  /** The first instant after it at which the truth may change although nothing happens. */
  readonly until: Instant;
}

const FORGOTTEN: Finding = { truth: 'unknown', at: NEVER, until: NEVER };

/** An operator that remembers what it found until it is told to forget it, or its truth may have changed by itself. */
export abstract class Remembering implements Operator {
  private found = FORGOTTEN;

  constructor(protected readonly person: PersonContext) {}

  value(t: Instant, raisedAt?: Instant): Truth {
    return this.findingAt(t, raisedAt).truth;
  }

  nextFlip(t: Instant, raisedAt?: Instant): Instant {
    return this.findingAt(t, raisedAt).until;
  }

  protected abstract look(t: Instant, raisedAt?: Instant): Finding;
  abstract onRecord(t: Instant): boolean;
  abstract wakers(t: Instant): readonly string[];
  abstract explain(t: Instant, raisedAt?: Instant): Evidence;

  forget(): void {
    this.found = FORGOTTEN;
  }

  private findingAt(t: Instant, raisedAt: Instant | undefined): Finding {
    if (raisedAt !== undefined) return this.look(t, raisedAt);
    const { at, until } = this.found;
    if (t < at || t >= until) this.found = this.look(t);
    return this.found;
  }
}

/** An operator that looks at events itself. It is unknown while a feed of events that it needs is silent. */
export abstract class Leaf extends Remembering {
  constructor(
    person: PersonContext,
    protected readonly needs: readonly string[],
  ) {
    super(person);
  }

  abstract holds(t: Instant, raisedAt?: Instant): boolean;

  onRecord(t: Instant): boolean {
    return this.holds(t);
  }

  protected look(t: Instant, raisedAt?: Instant): Finding {
    const truth = this.person.isSilent(this.needs, t) ? 'unknown' : this.holds(t, raisedAt);
    return { truth, at: t, until: earliest(this.flips(t), this.person.nextSilence(t)) };
  }

  wakers(_t: Instant): readonly string[] {
    return this.needs;
  }

  /** The first instant after `t` at which {@link holds} may change although nothing happens. */
  protected flips(_t: Instant): Instant {
    return NEVER;
  }
}
