import { latestOf, type Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';
import { Window } from '../window.js';
import type { Running } from './running.js';

/** What else is asked of the events that count. */
interface Narrower {
  readonly within?: ScopeOperator | undefined;
  /** Events are counted by their values of this member. */
  readonly distinctBy?: string | undefined;
  /** What carries the same as the event that `of` counts from is left out. */
  readonly otherThan?: { readonly field: string; readonly of: Running } | undefined;
}

/** At least so many such events, or values of a field of theirs, in the last days. */
export class CountWithin extends Leaf {
  private readonly window: Window;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly atLeast: number,
    window: number,
    private readonly narrower: Narrower,
  ) {
    super(person, needs);
    this.window = new Window(person.days, window);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person)) this.window.add(occurrence);
  }

  holds(t: Instant): boolean {
    const keys = new Set<unknown>();
    for (const occurrence of this.latest(t)) if (keys.add(this.keyOf(occurrence)).size >= this.atLeast) return true;
    return false;
  }

  protected override flips(t: Instant): Instant {
    const { within, otherThan } = this.narrower;
    const leaving = otherThan || this.holds(t) ? this.window.nextLeaving(t) : NEVER;
    return earliest(earliest(leaving, within?.nextFlip(t) ?? NEVER), otherThan?.of.nextFlip(t) ?? NEVER);
  }

  counts({ id, at }: Occurrence, t: Instant): boolean {
    for (const occurrence of this.latest(t)) {
      if (occurrence.at < at) return false;
      if (occurrence.id === id) return true;
    }
    return false;
  }

  explain(t: Instant): Evidence {
    const counted = [...this.latest(t)].reverse();
    const keys = [...new Set(counted.map((occurrence) => this.keyOf(occurrence)))];
    const counts = this.narrower.distinctBy === undefined ? {} : { counts: keys.map(String) };
    return { op: 'countWithin', holds: this.value(t), count: keys.length, cites: latestOf(counted), ...counts };
  }

  private keyOf({ id, data }: Occurrence): unknown {
    const { distinctBy } = this.narrower;
    return distinctBy === undefined ? id : data[distinctBy];
  }

  /** What counts, the latest first. */
  private *latest(t: Instant): Generator<Occurrence> {
    const { within, otherThan } = this.narrower;
    const left = otherThan?.of.present(t)?.data[otherThan.field];
    for (const occurrence of this.window.latestAt(t)) {
      const isLeft = otherThan !== undefined && left !== undefined && occurrence.data[otherThan.field] === left;
      if (!isLeft && (!within || within.covers(occurrence, t))) yield occurrence;
    }
  }
}
