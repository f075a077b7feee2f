import type { Evidence } from '../evidence.js';
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
    return this.keys(t).size >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    const { within, otherThan } = this.narrower;
    const leaving = otherThan || this.holds(t) ? this.window.nextLeaving(t) : NEVER;
    return earliest(earliest(leaving, within?.nextFlip(t) ?? NEVER), otherThan?.of.nextFlip(t) ?? NEVER);
  }

  counts(id: string, t: Instant): boolean {
    return this.counted(t).some((occurrence) => occurrence.id === id);
  }

  explain(t: Instant): Evidence {
    const keys = [...this.keys(t)];
    const counts = this.narrower.distinctBy === undefined ? {} : { counts: keys.map(String) };
    return { op: 'countWithin', holds: this.value(t), count: keys.length, cites: this.counted(t), ...counts };
  }

  private keys(t: Instant): ReadonlySet<unknown> {
    const { distinctBy } = this.narrower;
    return new Set(this.counted(t).map(({ id, data }) => (distinctBy === undefined ? id : data[distinctBy])));
  }

  private counted(t: Instant): Occurrence[] {
    const { within, otherThan } = this.narrower;
    const left = otherThan?.of.present(t)?.data[otherThan.field];
    return this.window
      .at(t)
      .filter((occurrence) => !within || within.covers(occurrence, t))
      .filter(({ data }) => left === undefined || !otherThan || data[otherThan.field] !== left);
  }
}
