import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type ScopeOperator } from '../operator.js';

/** The feed is silent: it has not said for longer than it may how far it is complete. */
export class SilentOperator extends Leaf implements ScopeOperator {
  private lastReport: Occurrence | undefined;

  on(report: Occurrence): void {
    this.lastReport = report;
  }

  holds(t: Instant): boolean {
    return this.since(t) !== undefined;
  }

  since(t: Instant): Instant | undefined {
    return this.person.caseload.silence?.since(t);
  }

  covers({ at }: Occurrence, t: Instant): boolean {
    const since = this.since(t);
    return since !== undefined && at >= since;
  }

  protected override flips(t: Instant): Instant {
    return this.person.caseload.silence?.nextChange(t) ?? super.flips(t);
  }

  explain(t: Instant): Evidence {
    const since = this.since(t);
    const cites = this.lastReport ? [this.lastReport] : [];
    return since === undefined
      ? { op: 'silent', holds: false, cites: [] }
      : { op: 'silent', holds: true, since, cites };
  }
}
