import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type StateOperator } from '../operator.js';

/** What begins and ends a state, and the stay or custody with which it ends anyway. */
export interface DuringCourse {
  readonly from: Matcher;
  readonly until: Matcher;
  /** Events that show it where no event says so itself. */
  readonly inferred?: { readonly from: Matcher; readonly until: Matcher };
  /** It is on for each value of this member by itself. */
  readonly each?: string | undefined;
  readonly within?: 'stay' | 'custody' | undefined;
  /** It begins only with the arrival: everything that belongs to the stay belongs to it. */
  readonly fromArrival?: boolean;
}

/**
 * Between a `from` event and the next `until` event. A second start, or a second end, changes nothing. A state that
 * began by inference may also end by inference, as long as no `from` event has come since.
 */
export class During extends Leaf implements StateOperator {
  private started: Occurrence | undefined;
  /** What the start itself rested on. */
  private grounds: readonly Evidence[] = [];
  private ended: Occurrence | undefined;
  /** The first `from` event since, which said so. */
  private said: Occurrence | undefined;
  private readonly values = new Set<unknown>();

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly course: DuringCourse,
  ) {
    super(person, needs);
  }

  begins(occurrence: Occurrence): boolean {
    const { from, inferred } = this.course;
    return !this.started && (from.matches(occurrence) || (inferred?.from.matches(occurrence) ?? false));
  }

  ends(occurrence: Occurrence): boolean {
    const { until, inferred } = this.course;
    if (!this.started) return false;
    if (until.matches(occurrence)) return this.leftAfter(occurrence).length === 0;
    return !this.said && (inferred?.until.matches(occurrence) ?? false);
  }

  on(occurrence: Occurrence): void {
    const { from, until, inferred, within } = this.course;
    if (within === 'stay' && !this.person.movements.stay) return;
    const [begins, ends, told] = [this.begins(occurrence), this.ends(occurrence), from.matches(occurrence)];
    if (begins) {
      this.started = occurrence;
      this.grounds = (told ? from : inferred?.from)?.grounds(occurrence) ?? [];
      this.said = undefined;
    }
    if (ends) {
      this.end();
      this.ended = occurrence;
    } else if (this.started && !told && until.matches(occurrence)) {
      const left = this.leftAfter(occurrence);
      this.values.clear();
      for (const value of left) this.values.add(value);
    }
    if (this.started && told) {
      this.said ??= occurrence;
      if (this.course.each !== undefined) this.values.add(occurrence.data[this.course.each]);
    }
  }

  stayEnded(): void {
    if (this.course.within === 'stay') this.forgetAll();
  }

  newStay(): void {
    if (this.course.within === 'stay') this.forgetAll();
  }

  newCustody(): void {
    if (this.course.within === 'custody') this.forgetAll();
  }

  holds(): boolean {
    return this.started !== undefined;
  }

  since(): Instant | undefined {
    return this.started?.at;
  }

  /** What names an earlier stay or custody does not belong to a state of this one, whenever it happened. */
  covers(occurrence: Occurrence): boolean {
    const { started, course, person } = this;
    if (!started || (occurrence.at < started.at && !course.fromArrival)) return false;
    return course.within === undefined || person.movements.covers(occurrence, course.within);
  }

  explain(t: Instant): Evidence {
    const holds = this.value(t);
    if (!this.started) return { op: 'during', holds, cites: this.ended ? [this.ended] : [] };
    const { started, said } = this;
    const grounds = this.grounds.length > 0 && { of: this.grounds };
    const cites = said && said !== started ? [started, said] : [started];
    return { op: 'during', holds, since: started.at, cites, ...grounds };
  }

  /** The values for which it is still on after an `until` event. Without `each` there is none. */
  private leftAfter({ data }: Occurrence): unknown[] {
    const { each } = this.course;
    if (each === undefined || data[each] === undefined) return [];
    return [...this.values].filter((value) => value !== data[each]);
  }

  private end(): void {
    this.started = undefined;
    this.values.clear();
  }

  private forgetAll(): void {
    this.end();
    this.ended = undefined;
  }
}
