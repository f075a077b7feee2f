import type { ConditionOf } from '../condition.js';
import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import { sessionsDueFor } from '../key-work-pace.js';
import { Leaf, type PersonContext } from '../operator.js';
import { type PrisonWeek, weekEndAfter } from '../prison-week.js';

/** In each of the last weeks that are over a prison held less than a share of the sessions that were due. */
export class DeliveredUnder extends Leaf {
  constructor(
    prison: PersonContext,
    needs: readonly string[],
    private readonly terms: Pick<ConditionOf<'deliveredUnder'>, 'share' | 'weeks' | 'pace'>,
  ) {
    super(prison, needs);
  }

  holds(t: Instant): boolean {
    const { share, pace } = this.terms;
    const weeks = this.weeks(t);
    const isUnder = ({ held, daysToBeSeen }: PrisonWeek): boolean =>
      held * 100 * 7 * pace.everyWeeks < share * daysToBeSeen;
    return weeks.length > 0 && weeks.every(isUnder);
  }

  protected override flips(t: Instant): Instant {
    return weekEndAfter(t, this.person.days);
  }

  explain(t: Instant): Evidence {
    const weeks = this.weeks(t);
    const sum = (of: (week: PrisonWeek) => number): number => weeks.reduce((total, week) => total + of(week), 0);
    const count = sum(({ held }) => held);
    const expected = sessionsDueFor(
      sum(({ daysToBeSeen }) => daysToBeSeen),
      this.terms.pace,
    );
    return { op: 'deliveredUnder', holds: this.value(t), count, expected, cites: [] };
  }

  private weeks(t: Instant): readonly PrisonWeek[] {
    return this.person.caseload.weeksBefore?.(t, this.terms.weeks) ?? [];
  }
}
