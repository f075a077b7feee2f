import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../../access/prisons.js';
import { type AlertHistoryEntry, AlertHistories } from './alert-histories.js';
import { firstInOrder, orderOf } from './alert-order.js';
import { type AlertSummary, isOpenState } from './alert-summary.js';
import { PresentReasons } from './present-reasons.js';
import { VisibleAlerts } from './visible-alerts.js';

/** What happened to the alerts since an instant, for those who take over. */
export interface Changes {
  /** ISO, UTC. */
  readonly since: string;
  /** How many alerts changed, including those beyond the limit. */
  readonly totalElements: number;
  /** Open and closed, the worst first; of equally bad ones the oldest first. */
  readonly content: readonly ChangedAlert[];
}

export interface ChangedAlert {
  /** As it is now. */
  readonly alert: AlertSummary;
  /** What was written since, in order: who did what, when and why. */
  readonly changes: readonly AlertHistoryEntry[];
}

/**
 * What was written at an instant or later, not what happened since: what fell due while the service was down is news to
 * those who take over, although it carries an earlier instant. What was over by then is not news: it may come from an
 * import.
 */
export class ReadChanges extends Query<Changes> {
  constructor(
    /** Milliseconds since 1970-01-01T00:00:00Z. */
    readonly since: number,
    readonly prisons: Prisons,
    readonly most = 500,
  ) {
    super();
  }
}

@QueryHandler(ReadChanges)
export class ReadChangesHandler implements IQueryHandler<ReadChanges> {
  constructor(
    private readonly alerts: VisibleAlerts,
    private readonly histories: AlertHistories,
    private readonly reasons: PresentReasons,
  ) {}

  /** @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
  async execute({ since, prisons, most }: ReadChanges): Promise<Changes> {
    const instant = new Date(since).toISOString();
    const written = this.alerts.writtenSince(instant, prisons).filter((alert) => isNews(alert, instant));
    const read = firstInOrder(written, orderOf('severity,desc'), most);
    const changed = await Promise.all(read.map((alert) => this.changed(alert, instant, prisons)));
    const content = changed.filter(({ changes }) => changes.length > 0);
    return { since: instant, totalElements: written.length - read.length + content.length, content };
  }

  private async changed(alert: AlertSummary, instant: string, prisons: Prisons): Promise<ChangedAlert> {
    const goneSince = this.alerts.goneSince(alert, prisons);
    const address = this.alerts.addressOf(alert.id, prisons);
    const { summary = alert, history } = await this.histories.of(address, goneSince);
    const [present = summary] = goneSince === Infinity ? await this.reasons.in([summary]) : [];
    return { alert: present, changes: history.filter(({ recordedAt }) => recordedAt >= instant) };
  }
}

const isNews = ({ state, changedAt }: AlertSummary, instant: string): boolean =>
  isOpenState(state) || changedAt >= instant;
