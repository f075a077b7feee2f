import { DateTime } from 'luxon';
import type { AlertSummary } from '../list/alert-summary.js';
import type { SafetyAlertEvent } from '../alert/safety-alert-events.js';
import type { Instant } from '../../prison/instant.js';
import { isoDate, LocalDays, mondayOf } from '../../prison/local-days.js';

const DAYS = new LocalDays();

/** What became of safety alerts in one prison, zeros included; ALERT_DEFINITIONS says what each figure means. */
export interface AlertsInPrison {
  readonly prisonId: string;
  /** By the prison in which they were raised. */
  readonly raised: number;
  readonly closed: number;
  readonly acknowledged: number;
  /** From raising to acknowledging, of alerts acknowledged in this time; null where there were none. */
  readonly medianSecondsToAcknowledge: number | null;
}

/** In one ISO week (Monday to Sunday, Europe/London). */
export interface WeekOfAlerts extends AlertsInPrison {
  /** `2026-W47` */
  readonly week: string;
  /** The first day of the week: `2026-11-16`. */
  readonly monday: string;
}

interface WeekCounts {
  raised: number;
  closed: number;
  readonly secondsToAcknowledge: number[];
}

export type WeeksMemory = readonly (readonly [string, readonly (readonly [string, WeekCounts])[]])[];

/** Counts safety alerts by prison and week, from the log, so that they are the same on every instance. */
export class WeeklyFigures {
  private readonly prisons = new Map<string, Map<string, WeekCounts>>();

  /** Every prison in which anything was ever counted. */
  get everyPrison(): string[] {
    return [...this.prisons.keys()].sort();
  }

  /** To be written down: by prison, and by the first day of the week. */
  get memory(): WeeksMemory {
    return Array.from(this.prisons, ([prisonId, weeks]) => [prisonId, [...weeks]] as const);
  }

  /** Takes up what was written down. */
  recall(prisons: WeeksMemory): void {
    for (const [prisonId, weeks] of prisons) this.prisons.set(prisonId, new Map(weeks));
  }

  /** Takes in one event, with the alert before and after it. */
  record({ type, data }: SafetyAlertEvent, before: AlertSummary | undefined, after: AlertSummary): void {
    const counts = () => this.countsOf(after.prisonId, mondayAt(Date.parse(data.at)));
    if (type === 'SafetyAlertRaised') counts().raised += 1;
    else if (after.closedAt !== undefined && before?.closedAt === undefined) counts().closed += 1;
    else if (type === 'SafetyAlertAcknowledged' && before?.state === 'OPEN')
      counts().secondsToAcknowledge.push((Date.parse(data.at) - Date.parse(after.raisedAt)) / 1000);
  }

  /** Each of these prisons in each of the weeks that begin on these days, in that order. */
  of(prisonIds: readonly string[], mondays: readonly string[]): WeekOfAlerts[] {
    return prisonIds.flatMap((prisonId) => mondays.map((monday) => this.week(prisonId, monday)));
  }

  /** Each of these prisons in all of these weeks together. */
  over(prisonIds: readonly string[], mondays: readonly string[]): AlertsInPrison[] {
    return prisonIds.map((prisonId) => this.counted(prisonId, mondays));
  }

  private week(prisonId: string, monday: string): WeekOfAlerts {
    const week = DateTime.fromISO(monday, { zone: 'utc' }).toFormat("kkkk-'W'WW");
    return { ...this.counted(prisonId, [monday]), week, monday };
  }

  private counted(prisonId: string, mondays: readonly string[]): AlertsInPrison {
    const weeks = this.prisons.get(prisonId);
    const counts = mondays.flatMap((monday) => weeks?.get(monday) ?? []);
    const waited = counts.flatMap(({ secondsToAcknowledge }) => secondsToAcknowledge);
    return {
      prisonId,
      raised: counts.reduce((sum, { raised }) => sum + raised, 0),
      closed: counts.reduce((sum, { closed }) => sum + closed, 0),
      acknowledged: waited.length,
      medianSecondsToAcknowledge: median(waited),
    };
  }

  private countsOf(prisonId: string, monday: string): WeekCounts {
    const weeks = this.prisons.get(prisonId) ?? new Map<string, WeekCounts>();
    this.prisons.set(prisonId, weeks);
    const counts = weeks.get(monday) ?? { raised: 0, closed: 0, secondsToAcknowledge: [] };
    weeks.set(monday, counts);
    return counts;
  }
}

const mondayAt = (instant: Instant): string => isoDate(mondayOf(DAYS.dayOf(instant)));

/** The first days of the weeks that touch the days from one instant to another (milliseconds since 1970-01-01T00:00:00Z). */
export function mondaysBetween(from: number, to: number): string[] {
  const [first, last] = [mondayOf(DAYS.dayOf(from)), DAYS.dayOf(to)];
  return Array.from({ length: Math.floor((last - first) / 7) + 1 }, (_, week) => isoDate(first + 7 * week));
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
