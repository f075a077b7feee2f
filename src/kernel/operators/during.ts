import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type StateOperator } from '../operator.js';

const NONE: readonly never[] = [];

/** What begins and ends a state, and the stay or custody with which it ends anyway: one for everybody. */
export interface DuringCourse {
  readonly from: Matcher;
  readonly until: Matcher;
  /** Events that show it where no event says so itself. */
  readonly inferred?: { readonly from: Matcher; readonly until: Matcher } | undefined;
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
  private grounds: readonly Evidence[] = NONE;
  private ended: Occurrence | undefined;
  /** The first `from` event since, which said so. */
  private said: Occurrence | undefined;
  /** With `each`: those for which it is on. */
  private values: readonly unknown[] = NONE;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly course: DuringCourse,
  ) {
    super(person, needs);
  }

  begins(occurrence: Occurrence): boolean {
    const { from, inferred } = this.course;
    if (this.started) return false;
    return from.matches(occurrence, this.person) || (inferred?.from.matches(occurrence, this.person) ?? false);
  }

  ends(occurrence: Occurrence): boolean {
    const { until, inferred } = this.course;
    if (!this.started) return false;
    if (until.matches(occurrence, this.person)) return this.leftAfter(occurrence).length === 0;
    return !this.said && (inferred?.until.matches(occurrence, this.person) ?? false);
  }

  on(occurrence: Occurrence): void {
    const { person } = this;
    const { from, until, inferred, each, within } = this.course;
    if (within === 'stay' && !person.movements.stay) return;
    if (within === 'custody' && this.isOfEarlierCustody(occurrence)) return;
    const [begins, ends, told] = [this.begins(occurrence), this.ends(occurrence), from.matches(occurrence, person)];
    if (begins) {
      this.started = occurrence;
      this.grounds = (told ? from : inferred?.from)?.grounds(occurrence, person) ?? NONE;
      this.said = undefined;
    }
    if (ends) {
      this.end();
      this.ended = occurrence;
    } else if (this.started && !told && until.matches(occurrence, person)) {
      this.values = this.leftAfter(occurrence);
    }
    if (this.started && told) {
      this.said ??= occurrence;
      if (each !== undefined) this.values = [...new Set([...this.values, occurrence.data[each]])];
    }
  }

  /** It happened before this custody, and belongs to a stay that did not begin it. */
  private isOfEarlierCustody(occurrence: Occurrence): boolean {
    const { movements } = this.person;
    return movements.custody !== undefined && !movements.covers(occurrence, 'custody');
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
  private leftAfter({ data }: Occurrence): readonly unknown[] {
    const { each } = this.course;
    if (each === undefined || data[each] === undefined) return NONE;
    return this.values.filter((value) => value !== data[each]);
  }

  private end(): void {
    this.started = undefined;
    this.values = NONE;
  }

  private forgetAll(): void {
    this.end();
    this.ended = undefined;
  }
}
