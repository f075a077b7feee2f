import { DAY, HOUR, type Instant, MINUTE } from '../../prison/instant.js';
import { LocalDays } from '../../prison/local-days.js';
import type { Severity } from '../../prison/severity.js';

/**
 * In how many milliseconds somebody has to say "I have it": after that an alert that is still OPEN is overdue. CRITICAL
 * as in config/prometheus (CustodyWatchCriticalAlertNotAcknowledged); the others are the service's own choice.
 */
export const ACKNOWLEDGE_WITHIN: Readonly<Record<Severity, number>> = {
  CRITICAL: 15 * MINUTE,
  HIGH: 4 * HOUR,
  MEDIUM: 24 * HOUR,
  LOW: 72 * HOUR,
};

/** By when somebody has to acknowledge what came into the list at an instant with this severity: ISO, UTC. */
export const acknowledgeBy = (listedAt: string, severity: Severity): string =>
  new Date(Date.parse(listedAt) + ACKNOWLEDGE_WITHIN[severity]).toISOString();

/** How long a snooze lasts at most, in milliseconds. A critical alert is not snoozed at all. */
const SNOOZE_AT_MOST: Readonly<Record<Severity, number>> = {
  CRITICAL: 0,
  HIGH: 72 * HOUR,
  MEDIUM: 7 * DAY,
  LOW: 28 * DAY,
};

/**
 * When a snooze ends: ISO, UTC. A snooze that an earlier version wrote without an end ends at the latest for its
 * severity.
 */
export const snoozeEnd = (
  { at, until, untilWorse }: { readonly at: string; readonly until: string | null; readonly untilWorse?: true },
  severity: Severity,
): { readonly until: string; readonly untilWorse: boolean } => ({
  until: until ?? longestSnooze(at, severity),
  untilWorse: until === null || untilWorse === true,
});

/** The latest end of a snooze that begins at an instant: ISO, UTC. */
export const longestSnooze = (at: string, severity: Severity): string =>
  new Date(Date.parse(at) + SNOOZE_AT_MOST[severity]).toISOString();

/** How long an acknowledgement holds: for so many hours, or to the end of the local day so many days later. */
export type LapseTerm = { readonly hours: number } | { readonly days: number };
export type LapseTerms = Readonly<Record<Severity, LapseTerm>>;

export const LAPSE_TERMS: LapseTerms = {
  CRITICAL: { hours: 2 },
  HIGH: { days: 1 },
  MEDIUM: { hours: 7 * 24 },
  LOW: { hours: 7 * 24 },
};

/** Somebody has said "I have it". Instants are ISO in UTC. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: string;
  /** The first note or assignment since: it puts the lapse off, once. */
  readonly putOffAt?: string | undefined;
  /** Who has said so since then. That is no reason to wait longer. */
  readonly also?: readonly { readonly by: string; readonly at: string }[];
}

/** When acknowledgements lapse. */
export class Lapses {
  /** @param terms by severity @param days the calendar that days are counted in */
  constructor(
    private readonly terms: LapseTerms = LAPSE_TERMS,
    private readonly days = new LocalDays(),
  ) {}

  /**
   * The instant at which an acknowledgement lapses. Its time starts anew with each recording; the first note or
   * assignment puts the lapse off once, by the same time. What comes after the lapse does not count.
   * @param recordings when sessions, and events that the rule names, became known
   */
  of({ at, putOffAt }: Acknowledgement, severity: Severity, recordings: readonly Instant[] = []): Instant {
    const acknowledged = Date.parse(at);
    const note = putOffAt === undefined ? Infinity : Date.parse(putOffAt);
    const recorded = recordings.filter((one) => one > acknowledged);
    let since = acknowledged;
    let lapse = this.end(severity, since);
    for (const instant of [...recorded, note].sort((a, b) => a - b)) {
      if (instant > lapse) break;
      if (recorded.includes(instant)) since = instant;
      const end = this.end(severity, since);
      lapse = note <= instant ? this.oneMore(severity, end) : end;
    }
    return lapse;
  }

  termOf(severity: Severity): LapseTerm {
    return this.terms[severity];
  }

  /** Names these terms: what was worked out under other terms has to be worked out anew. */
  get version(): string {
    return JSON.stringify(this.terms);
  }

  private end(severity: Severity, since: Instant): Instant {
    const term = this.terms[severity];
    return 'hours' in term ? since + term.hours * HOUR : this.days.startOf(this.days.dayOf(since) + term.days + 1);
  }

  private oneMore(severity: Severity, end: Instant): Instant {
    const term = this.terms[severity];
    return 'hours' in term ? end + term.hours * HOUR : this.days.startOf(this.days.dayOf(end) + term.days);
  }
}

/** Rules whose alerts come back while they are true, although somebody closed them. */
const COME_BACK = /^(VUL|ACCT|SEG)-/;
const COME_BACK_AFTER = DAY;

/**
 * When an alert that was closed by hand at an instant comes back if what it is about is still so; for most, never. Both
 * ISO in UTC.
 */
export const comesBackAt = (rule: string, severity: Severity, closedAt: string): string | undefined =>
  COME_BACK.test(rule) && needsConfirmation(severity)
    ? new Date(Date.parse(closedAt) + COME_BACK_AFTER).toISOString()
    : undefined;

/** Whether a note and a confirmation are needed to close by hand what is still so. */
export const needsConfirmation = (severity: Severity): boolean => severity === 'HIGH' || severity === 'CRITICAL';
