import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import { type Instant, NEVER } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { KeyWorkLimits } from './limits.js';

/** How many people, by age in days: from and to included; null where there is no end. */
export interface Band {
  readonly from: number;
  readonly to: number | null;
  readonly people: number;
}

/**
 * Sorts people by how long they have not been seen, where everybody is to be seen once in so many weeks. Days are those of
 * the prison's calendar.
 */
export class Bands {
  constructor(
    private readonly limits: KeyWorkLimits,
    private readonly days: LocalDays,
    private readonly weeks = 1,
  ) {}

  /** As rule KW-01 is there. */
  private get sinceSession(): KeyWorkLimits['sinceSession'] {
    return this.limits.sinceSession.map((limit) => ({ ...limit, days: limit.days * this.weeks }));
  }

  /** The instant from which the last session is too long ago, allowing for absences; never, if there was none. */
  overdueFrom(whereabouts: Whereabouts): Instant {
    const [first] = this.sinceSession;
    return first ? whereabouts.dueAfterSession(first, this.days) : NEVER;
  }

  /** Whether too long has passed since the last session, absences waited for. */
  isOverdue(whereabouts: Whereabouts, now: Instant): boolean {
    return this.overdueFrom(whereabouts) <= now;
  }

  /** Those who are overdue, by days since the last session: a limit of 7 days has passed on the 8th. */
  overdue(people: readonly Whereabouts[], now: Instant): Band[] {
    const { sinceSession } = this;
    const passed = people.map(
      (one) => sinceSession.filter((limit) => one.dueAfterSession(limit, this.days) <= now).length,
    );
    return sinceSession.map(({ days }, index) => ({
      from: days + 1,
      to: sinceSession[index + 1]?.days ?? null,
      people: passed.filter((limits) => limits === index + 1).length,
    }));
  }

  /** Those never seen, by local days since the arrival. */
  neverSeen(people: readonly Whereabouts[], now: Instant): Band[] {
    const { days } = this;
    const ages = people
      .filter(({ neverSeen }) => neverSeen)
      .map(({ stay }) => days.dayOf(now) - days.dayOf(stay?.since ?? now));
    const firstDays = this.limits.sinceArrival.map((limit) => limit.days);
    return [0, ...firstDays.map((day) => day + 1)].map((from, index) => {
      const to = firstDays[index] ?? null;
      return { from, to, people: ages.filter((age) => age >= from && age <= (to ?? Infinity)).length };
    });
  }
}
