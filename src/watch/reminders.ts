import { DeadlineIndex } from '../kernel/deadline-index.js';
import { aboutOf } from '../prison/alert-subject.js';
import { NEVER, toIso, type Instant } from '../prison/instant.js';
import type { Remind } from '../safety-alerts/alert/safety-alert-commands.js';
import type { Lapses } from '../safety-alerts/alert/terms.js';
import type { AlertSummary } from '../safety-alerts/list/alert-summary.js';
import type { Position } from '../store/event-store.js';

/** Every alert there is, as the log tells it. */
export interface AlertsNow {
  /** All of them, once the log has been read to its end. */
  readonly everyAlert: () => Promise<readonly AlertSummary[]>;
  /** Calls the listener with each alert that changes from now on, as it is then, until what is returned is called. */
  readonly onAlert: (listener: (alert: AlertSummary) => void) => () => void;
  /** Whether an event of one of this person's alerts was set aside by those who list alerts. @throws StoreUnavailable */
  readonly hasParkedAlert?: (prisonNumber: string) => Promise<boolean>;
}

export interface RemindersOptions extends AlertsNow {
  readonly lapses: Lapses;
  readonly isWatched: (prisonNumber: string) => boolean;
  /** When events that put off a lapse of this alert became known: sessions, and events that its rule names. */
  readonly recordingsOf: (alert: AlertSummary) => Promise<readonly Instant[]>;
}

/**
 * What comes back to triage because time has passed: acknowledgements that lapse, and alerts that were closed by hand
 * and are still true (decision 0033). Its deadlines depend on how alerts are now, not on what this process saw happen:
 * after an outage, or where two instances look, the same comes back at the same instant.
 */
export class Reminders {
  private readonly deadlines = new DeadlineIndex();
  private readonly alerts = new Map<string, AlertSummary>();
  private loaded: Promise<void> | undefined;
  private readonly hearNoMore: () => void;

  constructor(private readonly options: RemindersOptions) {
    this.hearNoMore = options.onAlert((alert) => {
      this.lookAt(alert);
    });
  }

  /** Another brings alerts back from now on. */
  retire(): void {
    this.hearNoMore();
  }

  /**
   * The next to come back at or before an instant by which everything known has been taken in; nothing once there is
   * none. Each is given once: the caller carries it out.
   * @throws StoreUnavailable, StoreUnreadable
   */
  async next(limit: Instant, decidedOn: Position): Promise<Remind | undefined> {
    await this.load();
    for (let due = this.deadlines.first(limit); due; due = this.deadlines.first(limit)) {
      const alert = this.alerts.get(due.key);
      const recordings = alert ? await this.options.recordingsOf(alert) : [];
      const back = alert ? comesBack(alert, this.options.lapses, recordings) : NEVER;
      this.deadlines.set(due.key, back > limit ? back : NEVER);
      if (alert && back <= limit) return remind(alert, limit, decidedOn, recordings);
    }
    return undefined;
  }

  /** Listeners are not told of alerts that come from a snapshot. */
  private async load(): Promise<void> {
    this.loaded ??= this.options.everyAlert().then((alerts) => {
      for (const alert of alerts) this.lookAt(alert);
    });
    try {
      await this.loaded;
    } catch (error) {
      this.loaded = undefined;
      throw error;
    }
  }

  private lookAt(alert: AlertSummary): void {
    const back = this.options.isWatched(aboutOf(alert)) ? comesBack(alert, this.options.lapses) : NEVER;
    this.deadlines.set(alert.id, back);
    if (back === NEVER) this.alerts.delete(alert.id);
    else this.alerts.set(alert.id, alert);
  }
}

/** When an alert, as it is and with what was recorded since, comes back to triage; never, for most. */
export const comesBack = (alert: AlertSummary, lapses: Lapses, recordings: readonly Instant[] = []): Instant => {
  const { acknowledgedBy: by, acknowledgedAt: at, lapsePutOffAt: putOffAt, severity, state, comesBackAt } = alert;
  if (state === 'ACKNOWLEDGED' && by !== undefined && at !== undefined)
    return lapses.of({ by, at, putOffAt }, severity, recordings);
  return comesBackAt === undefined ? NEVER : Date.parse(comesBackAt);
};

const remind = (alert: AlertSummary, limit: Instant, decidedOn: Position, recordings: readonly Instant[]): Remind => ({
  type: 'Remind',
  rule: alert.rule,
  prisonNumber: aboutOf(alert),
  at: toIso(limit),
  decidedOn,
  recordings: recordings.map(toIso),
});
