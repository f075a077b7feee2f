import type { AlertSummary } from './alert-summary.js';
import { Durations } from './durations.js';
import type { Useful } from './reasons.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';

/** A count with its labels; labels are coded, never a person. */
export type Counted<L extends Partial<Pick<AlertSummary, 'prisonId' | 'severity' | 'state' | 'rule' | 'outcome'>>> =
  L & {
    readonly count: number;
  };

type UsefulCount = Pick<AlertSummary, 'rule'> & { readonly useful: Useful; readonly count: number };

const HOUR = 3600;
const DAY = 24 * HOUR;

/** From an hour to four weeks, in seconds. */
const BOUNDS = [HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 28 * DAY];

/** Totals of all alerts ever, counted from the log, so that they are the same on every instance (contract §4). */
export class AlertFigures {
  readonly timeToAcknowledge = new Durations(BOUNDS);
  readonly timeToResolve = new Durations(BOUNDS);
  private readonly raised = new Map<string, Counted<Pick<AlertSummary, 'prisonId' | 'severity'>>>();
  private readonly useful = new Map<string, UsefulCount>();
  private readonly closed = new Map<string, Counted<Pick<AlertSummary, 'rule' | 'outcome'>>>();

  /** By the prison and severity at which alerts were raised. */
  raisedTotals = () => [...this.raised.values()];

  /** What those who closed alerts by hand said of their use; of each rule only what was ever said. */
  usefulTotals = () => [...this.useful.values()];

  closedTotals = () => [...this.closed.values()];

  /** Takes in one event, with the alert before and after it. */
  record(event: SafetyAlertEvent, before: AlertSummary | undefined, after: AlertSummary): void {
    switch (event.type) {
      case 'SafetyAlertRaised':
        countUp(this.raised, { prisonId: after.prisonId, severity: after.severity });
        break;
      case 'SafetyAlertResolved':
      case 'SafetyAlertExpired':
      case 'SafetyAlertResolvedByHand':
        countUp(this.closed, { rule: after.rule, outcome: after.outcome });
        this.timeToResolve.record(secondsBetween(after.raisedAt, event.data.at));
        if (event.type === 'SafetyAlertResolvedByHand' && event.data.useful !== undefined)
          countUp(this.useful, { rule: after.rule, useful: event.data.useful });
        break;
      case 'SafetyAlertAcknowledged':
        if (before?.state === 'OPEN') this.timeToAcknowledge.record(secondsBetween(after.raisedAt, event.data.at));
        break;
      case 'SafetyAlertEscalated':
      case 'SafetyAlertRepeated':
      case 'SafetyAlertMoved':
      case 'SafetyAlertQuietEnded':
      case 'SafetyAlertNoted':
      case 'SafetyAlertAssigned':
      case 'SafetyAlertSnoozed':
        break;
    }
  }
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** Counts by labels: one more, or one fewer. */
export function countUp<L extends object>(
  counts: Map<string, L & { readonly count: number }>,
  labels: L,
  amount: 1 | -1 = 1,
): void {
  const key = Object.values(labels).join('|');
  counts.set(key, { ...labels, count: (counts.get(key)?.count ?? 0) + amount });
}
