import type { AlertSummary } from '../list/alert-summary.js';
import { Durations } from './durations.js';
import type { SafetyAlertEvent, Useful } from '../alert/safety-alert-events.js';

/** A count with its labels; labels are coded, never a person. */
export type CountOf<L extends Partial<Pick<AlertSummary, 'prisonId' | 'severity' | 'state' | 'rule' | 'outcome'>>> =
  L & {
    readonly count: number;
  };

type RaisedCount = CountOf<Pick<AlertSummary, 'prisonId' | 'severity'>>;
type ClosedCount = CountOf<Pick<AlertSummary, 'rule' | 'outcome'>>;
/** How often people who closed alerts of a rule by hand gave this answer about their use. */
export type UsefulCount = Pick<AlertSummary, 'rule'> & { readonly useful: Useful; readonly count: number };

const HOUR = 3600;
const DAY = 24 * HOUR;

/** From an hour to four weeks, in seconds. */
const BOUNDS = [HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 28 * DAY];

/** The figures, to be written down. */
export interface FiguresMemory {
  readonly raised: readonly RaisedCount[];
  readonly closed: readonly ClosedCount[];
  readonly useful: readonly UsefulCount[];
  readonly timeToAcknowledge: Durations;
  readonly timeToResolve: Durations;
}

/** Totals of all alerts ever, counted from the log, so that they are the same on every instance. */
export class AlertFigures {
  readonly timeToAcknowledge = new Durations(BOUNDS);
  readonly timeToResolve = new Durations(BOUNDS);
  private readonly raised = new Map<string, RaisedCount>();
  private readonly useful = new Map<string, UsefulCount>();
  private readonly closed = new Map<string, ClosedCount>();

  /** By the prison and severity at which alerts were raised. */
  raisedTotals = () => [...this.raised.values()];

  /** What people who closed alerts by hand said of their use; for each rule only the answers that were ever given. */
  usefulTotals = () => [...this.useful.values()];

  closedTotals = () => [...this.closed.values()];

  get memory(): FiguresMemory {
    const { timeToAcknowledge, timeToResolve } = this;
    const [raised, closed, useful] = [this.raisedTotals(), this.closedTotals(), this.usefulTotals()];
    return { raised, closed, useful, timeToAcknowledge, timeToResolve };
  }

  /** Takes up what was written down. */
  recall({ raised, closed, useful, timeToAcknowledge, timeToResolve }: FiguresMemory): void {
    for (const total of raised) this.raised.set(keyOf(total), total);
    for (const total of closed) this.closed.set(keyOf(total), total);
    for (const total of useful) this.useful.set(keyOf(total), total);
    this.timeToAcknowledge.recall(timeToAcknowledge);
    this.timeToResolve.recall(timeToResolve);
  }

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
      case 'SafetyAlertAcknowledgementLapsed':
      case 'SafetyAlertReopened':
        break;
    }
  }
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** A key made of the labels, without the count. */
const keyOf = ({ count: _count, ...labels }: { readonly count: number }): string => Object.values(labels).join('|');

/** Counts by labels: one more, or one fewer. */
export function countUp<L extends object>(
  counts: Map<string, L & { readonly count: number }>,
  labels: L,
  amount: 1 | -1 = 1,
): void {
  const key = keyOf({ ...labels, count: 0 });
  counts.set(key, { ...labels, count: (counts.get(key)?.count ?? 0) + amount });
}
