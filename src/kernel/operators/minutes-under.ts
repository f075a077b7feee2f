import type { ConditionOf } from '../condition.js';
import { latestOf, type Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Day } from '../../prison/local-days.js';
import { sessionsDueFor } from '../key-work-pace.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';

/**
 * The sessions of this stay come to less than a share of what the prison's key work expects, in so many days on which the
 * person was there when the day ended. Before there are so many days it is false. A session of which nobody recorded how
 * long it was counts as long as one is to be.
 */
export class MinutesUnder extends Leaf {
  /** Of this stay, in the order in which they happened. */
  private sessions: Occurrence[] = [];

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly terms: Pick<ConditionOf<'minutesUnder'>, 'field' | 'share' | 'window' | 'pace'>,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (!this.event.matches(occurrence, this.person)) return;
    let place = this.sessions.length;
    while (place > 0 && (this.sessions[place - 1]?.at ?? 0) > occurrence.at) place--;
    this.sessions.splice(place, 0, occurrence);
  }

  newStay(): void {
    this.sessions = [];
  }

  holds(t: Instant): boolean {
    const first = this.daysThere(t)[this.terms.window - 1];
    return first !== undefined && this.isTooLittle(this.minutesSince(first));
  }

  /** While the person is there, the session that is just enough leaves once so many days have ended after its own. */
  protected override flips(t: Instant): Instant {
    const { days, movements } = this.person;
    if (!movements.stay || movements.isAway || this.holds(t)) return NEVER;
    const today = days.dayOf(t);
    const { window } = this.terms;
    const there = this.daysThere(t);
    const enough = this.sessionThatIsEnough();
    if (enough === undefined) return days.startOf(today + window - there.length);
    const since = there.findIndex((day) => day <= enough);
    const after = enough === today ? -1 : since < 0 ? there.length : since;
    return days.startOf(today + window - after);
  }

  explain(t: Instant): Evidence {
    const { window, pace } = this.terms;
    const first = this.daysThere(t)[window - 1];
    const counted = first === undefined ? [...this.sessions] : this.since(first);
    return {
      op: 'minutesUnder',
      holds: this.value(t),
      count: this.minutesOf(counted),
      expected: sessionsDueFor(window, pace) * pace.minutes,
      cites: latestOf(counted),
    };
  }

  private isTooLittle(minutes: number): boolean {
    const { share, window, pace } = this.terms;
    return minutes * 100 * 7 * pace.everyWeeks < share * pace.minutes * window;
  }

  private minutesSince(first: Day): number {
    return this.minutesOf(this.since(first));
  }

  private since(first: Day): readonly Occurrence[] {
    const from = this.person.days.startOf(first);
    return this.sessions.filter(({ at }) => at >= from);
  }

  private minutesOf(sessions: readonly Occurrence[]): number {
    return sessions.reduce((sum, session) => sum + this.lengthOf(session), 0);
  }

  private lengthOf({ data }: Occurrence): number {
    const minutes = data[this.terms.field];
    return typeof minutes === 'number' ? minutes : this.terms.pace.minutes;
  }

  /** The day of the session without which, and without those before it, it would be too little; nothing where it is. */
  private sessionThatIsEnough(): Day | undefined {
    let minutes = 0;
    for (const session of [...this.sessions].reverse()) {
      minutes += this.lengthOf(session);
      if (!this.isTooLittle(minutes)) return this.person.days.dayOf(session.at);
    }
    return undefined;
  }

  /** The days of this stay that are over and at whose end the person was there: the latest first, no more than count. */
  private daysThere(t: Instant): readonly Day[] {
    const { days, movements } = this.person;
    const { stay, absences } = movements;
    const there: Day[] = [];
    if (!stay) return there;
    let place = absences.length - 1;
    for (let day = days.dayOf(t) - 1; day >= days.dayOf(stay.since) && there.length < this.terms.window; day--) {
      const end = days.startOf(day + 1);
      while ((absences[place]?.from ?? -Infinity) >= end) place--;
      const absence = absences[place];
      if (!absence || (absence.until ?? NEVER) < end) there.push(day);
    }
    return there;
  }
}
