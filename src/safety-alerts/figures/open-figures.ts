import { type AlertSummary, isOpenState } from '../list/alert-summary.js';
import { type CountOf, countUp } from './alert-figures.js';
import type { Severity } from '../../prison/severity.js';

type ByPrison = CountOf<Pick<AlertSummary, 'prisonId' | 'severity' | 'state'>>;
type ByRule = CountOf<Pick<AlertSummary, 'prisonId' | 'rule'>>;

/** Since when alerts of one prison and severity are open. */
interface OpenSince {
  readonly prisonId: string;
  readonly severity: Severity;
  /** By alert id, milliseconds since 1970-01-01T00:00:00Z. */
  readonly raisedAt: Map<string, number>;
  /** The earliest; nothing once that one is closed, until somebody asks. */
  first: number | undefined;
}

/**
 * How many alerts are open in each prison, and since when. Kept up to date with every change: to count all open alerts
 * would take too long for those who ask every few seconds.
 */
export class OpenFigures {
  private readonly prisons = new Map<string, ByPrison>();
  private readonly rules = new Map<string, ByRule>();
  private readonly since = new Map<string, OpenSince>();

  private readonly snoozed = new Map<string, AlertSummary>();

  byPrison = (): ByPrison[] => [...this.prisons.values()].filter(({ count }) => count > 0);
  byRule = (): ByRule[] => [...this.rules.values()].filter(({ count }) => count > 0);

  /** The earliest `raisedAt` (ISO, UTC) of what is open, for each prison and severity that has any. */
  oldest(): Pick<AlertSummary, 'prisonId' | 'severity' | 'raisedAt'>[] {
    return [...this.since.values()]
      .filter(({ raisedAt }) => raisedAt.size > 0)
      .map((since) => {
        since.first ??= [...since.raisedAt.values()].reduce((first, at) => Math.min(first, at));
        return {
          prisonId: since.prisonId,
          severity: since.severity,
          raisedAt: new Date(since.first).toISOString(),
        };
      });
  }

  /** How many are snoozed at an instant: milliseconds since 1970-01-01T00:00:00Z. */
  snoozedAt(now: number): CountOf<Pick<AlertSummary, 'prisonId' | 'severity'>>[] {
    const counts = new Map<string, CountOf<Pick<AlertSummary, 'prisonId' | 'severity'>>>();
    for (const { prisonId, severity, snoozedUntil = '' } of this.snoozed.values())
      if (Date.parse(snoozedUntil) > now) countUp(counts, { prisonId, severity });
    return [...counts.values()];
  }

  /** An alert has changed from `before` to `after`. */
  change(before: AlertSummary | undefined, after: AlertSummary): void {
    if (before && isOpenState(before.state)) this.count(before, -1);
    if (isOpenState(after.state)) this.count(after, 1);
    if (after.snoozedUntil === undefined) this.snoozed.delete(after.id);
    else this.snoozed.set(after.id, after);
  }

  private count({ id, prisonId, severity, state, rule, raisedAt }: AlertSummary, amount: 1 | -1): void {
    countUp(this.prisons, { prisonId, severity, state }, amount);
    countUp(this.rules, { prisonId, rule }, amount);
    const key = `${prisonId}|${severity}`;
    const since = this.since.get(key) ?? { prisonId, severity, raisedAt: new Map<string, number>(), first: undefined };
    this.since.set(key, since);
    if (amount === 1) opens(since, id, Date.parse(raisedAt));
    else closes(since, id);
  }
}

const opens = (since: OpenSince, id: string, at: number): void => {
  if (since.raisedAt.size === 0) since.first = at;
  else if (since.first !== undefined) since.first = Math.min(since.first, at);
  since.raisedAt.set(id, at);
};

const closes = (since: OpenSince, id: string): void => {
  if (since.raisedAt.get(id) === since.first) since.first = undefined;
  since.raisedAt.delete(id);
};
