import { latestOf, type Evidence } from '../evidence.js';
import type { HeldSession } from '../held-sessions.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import { Leaf, type PersonContext } from '../operator.js';

/** Some of the sessions that a key worker held in the last days are odd in one way. */
export class SessionsHeld extends Leaf {
  /** @param odd of sessions in the order they happened, those that are */
  constructor(
    keyWorker: PersonContext,
    needs: readonly string[],
    private readonly op: string,
    private readonly window: number,
    private readonly odd: (sessions: readonly HeldSession[]) => readonly HeldSession[],
  ) {
    super(keyWorker, needs);
  }

  holds(t: Instant): boolean {
    return this.oddAt(t).length > 0;
  }

  /** When the first of them leaves the window. */
  protected override flips(t: Instant): Instant {
    const [first] = this.oddAt(t);
    const { days } = this.person;
    return first ? days.startOf(days.dayOf(first.session.at) + this.window) : NEVER;
  }

  explain(t: Instant): Evidence {
    const odd = this.oddAt(t).map(({ session }) => session);
    return { op: this.op, holds: this.value(t), count: odd.length, cites: latestOf(odd) };
  }

  private oddAt(t: Instant): readonly HeldSession[] {
    const { days, caseload } = this.person;
    const first = days.dayOf(t) - this.window;
    return this.odd(caseload.sessions.filter(({ session }) => days.dayOf(session.at) > first));
  }
}
