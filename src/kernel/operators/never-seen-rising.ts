import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import { Leaf, type PersonContext } from '../operator.js';
import { weekEndAfter } from '../prison-week.js';

/** With each of the last weeks that are over more people of a prison had been seen by nobody than with the week before. */
export class NeverSeenRising extends Leaf {
  constructor(
    prison: PersonContext,
    needs: readonly string[],
    private readonly atLeast: number,
  ) {
    super(prison, needs);
  }

  holds(t: Instant): boolean {
    const numbers = this.numbers(t);
    return numbers.length > 1 && numbers.every((number, week) => week === 0 || number > (numbers[week - 1] ?? 0));
  }

  protected override flips(t: Instant): Instant {
    return weekEndAfter(t, this.person.days);
  }

  explain(t: Instant): Evidence {
    const numbers = this.numbers(t);
    return { op: 'neverSeenRising', holds: this.value(t), count: numbers.at(-1) ?? 0, cites: [] };
  }

  private numbers(t: Instant): readonly number[] {
    const weeks = this.person.caseload.weeksBefore?.(t, this.atLeast + 1) ?? [];
    return weeks.map(({ neverSeen }) => neverSeen);
  }
}
