import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

interface Run {
  readonly by: Occurrence;
  readonly from: Instant;
  readonly until: Instant;
}

/** The members in which an event says how long it runs, of what, and from which date on. */
export interface RunMembers {
  readonly days: string;
  readonly match: string;
  readonly startsOn?: string;
}

/**
 * Something that an event of this stay starts, at once or on the date that it carries. It runs for the number of days
 * that the event carries, to the end of the last, or until an `until` event of the same `match`. Of several that run the
 * latest to begin counts.
 */
export class Running extends Leaf implements ScopeOperator {
  private runs: Run[] = [];
  /** The `until` events of the latest instant: they also end what begins at it. */
  private ends: Occurrence[] = [];

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly from: Matcher,
    private readonly until: Matcher,
    private readonly members: RunMembers,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    this.runs = this.runs.filter(({ until }) => until > occurrence.at);
    this.ends = this.ends.filter(({ at }) => at === occurrence.at);
    if (this.until.matches(occurrence, this.person)) this.end(occurrence);
    if (this.from.matches(occurrence, this.person) && this.person.movements.stay) this.begin(occurrence);
  }

  newStay(): void {
    this.runs = [];
    this.ends = [];
  }

  holds(t: Instant): boolean {
    return this.present(t) !== undefined;
  }

  since(t: Instant): Instant | undefined {
    return this.present(t)?.at;
  }

  covers(occurrence: Occurrence, t: Instant): boolean {
    return occurrence.at >= (this.since(t) ?? NEVER) && this.person.movements.covers(occurrence, 'stay');
  }

  /** The event of the one that it counts from. */
  present(t: Instant): Occurrence | undefined {
    return this.running(t).reduce<Run | undefined>(
      (latest, run) => (latest && latest.from > run.from ? latest : run),
      undefined,
    )?.by;
  }

  protected override flips(t: Instant): Instant {
    const ahead = this.runs.flatMap(({ from, until }) => [from, until]).filter((instant) => instant > t);
    return Math.min(NEVER, ...ahead);
  }

  explain(t: Instant): Evidence {
    const since = this.since(t);
    const cites = this.running(t).map(({ by }) => by);
    return { op: 'running', holds: this.value(t), cites, ...(since !== undefined && { since }) };
  }

  private running(t: Instant): Run[] {
    return this.runs.filter(({ from, until }) => from <= t && t < until);
  }

  private begin(by: Occurrence): void {
    const { days } = this.person;
    const { startsOn, days: length } = this.members;
    const date = startsOn === undefined ? undefined : by.data[startsOn];
    const from = typeof date === 'string' ? Math.max(by.at, days.startOf(days.named(date))) : by.at;
    const until = days.startOf(days.dayOf(from) + Number(by.data[length]) + 1);
    const ended = from === by.at && this.ends.some((end) => this.isOf(end, by));
    if (!ended) this.runs.push({ by, from, until });
  }

  /** Ends only what has begun already. */
  private end(occurrence: Occurrence): void {
    this.ends.push(occurrence);
    this.runs = this.runs.filter(({ by, from }) => from > occurrence.at || !this.isOf(occurrence, by));
  }

  private isOf(end: Occurrence, by: Occurrence): boolean {
    return end.data[this.members.match] === by.data[this.members.match];
  }
}
