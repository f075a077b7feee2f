import { subjectIn, subjectText } from '../prison/alert-subject.js';
import type { Instant } from '../prison/instant.js';
import { type Day, type LocalDays, mondayOf } from '../prison/local-days.js';
import { type Caseload, type CaseloadRegister, NOBODY } from './caseloads.js';
import type { PrisonWeek } from './prison-week.js';
import { type WeekShare, sumOf } from './week-shares.js';

/** The prison as whom rules are about: `prison:XYI@XYI`. */
export const prisonIn = (prisonId: string): string => subjectText({ kind: 'prison', id: prisonId, prisonId });

const NOTHING: readonly WeekShare[] = [];
/** More than rules look back, and than people's shares tell apart. */
const WEEKS_KEPT = 12;

/** The key work of one prison: the sum of what people add. */
class PresentPrison implements Caseload {
  readonly allocations = NOBODY.allocations;
  readonly sessions = NOBODY.sessions;
  readonly people = NOBODY.people;
  private shares = new Map<Day, WeekShare>();

  constructor(
    readonly prisonId: string,
    private readonly days: LocalDays,
  ) {}

  add(share: WeekShare): void {
    const known = this.shares.get(share.monday);
    this.shares.set(share.monday, known ? sumOf(known, share) : share);
    if (this.shares.size > 2 * WEEKS_KEPT) this.foldUp();
  }

  /** The last so many weeks that are over, the earliest first. */
  weeksBefore(t: Instant, count: number): readonly PrisonWeek[] {
    const present = mondayOf(this.days.dayOf(t));
    const first = present - 7 * count;
    let [toBeSeen, neverSeen] = [0, 0];
    for (const share of this.shares.values()) {
      if (share.monday >= first) continue;
      toBeSeen += share.toBeSeen;
      neverSeen += share.neverSeen;
    }
    return Array.from({ length: count }, (_, week) => {
      const share = this.shares.get(first + 7 * week);
      const daysToBeSeen = 7 * toBeSeen + (share?.days ?? 0);
      toBeSeen += share?.toBeSeen ?? 0;
      neverSeen += share?.neverSeen ?? 0;
      return { daysToBeSeen, held: share?.held ?? 0, neverSeen };
    });
  }

  /** Weeks of long ago are kept together: people's own shares of them are taken back and put in alike. */
  private foldUp(): void {
    const oldest = Math.max(...this.shares.keys()) - 7 * WEEKS_KEPT;
    const shares = [...this.shares.values()];
    this.shares = new Map();
    for (const share of shares) this.add(share.monday < oldest ? { ...share, monday: -1 } : share);
  }
}

/** The key work of every prison, week by week, as people's own histories say it (decision 0045). */
export class PrisonWeeks implements CaseloadRegister {
  private readonly added = new Map<string, readonly WeekShare[]>();
  private readonly prisons = new Map<string, PresentPrison>();

  constructor(private readonly days: LocalDays) {}

  /** Goes on with what {@link put} says. @param prison named as {@link prisonIn} does */
  of(prison: string): Caseload {
    return this.ofOne(subjectIn(prison)?.prisonId ?? '');
  }

  /**
   * From `t` on this is what somebody adds.
   * @returns the prisons of which it was not known before, or of which a week that was over is another now
   */
  put(prisonNumber: string, shares: readonly WeekShare[], t: Instant): readonly string[] {
    const before = this.added.get(prisonNumber) ?? NOTHING;
    if (before === shares) return [];
    const present = mondayOf(this.days.dayOf(t));
    const prisons = new Set([...before, ...shares].map(({ prisonId }) => prisonId));
    const changed = [...prisons].filter(
      (prisonId) =>
        !this.prisons.has(prisonId) || overIn(before, prisonId, present) !== overIn(shares, prisonId, present),
    );
    for (const share of before) this.ofOne(share.prisonId).add(negative(share));
    for (const share of shares) this.ofOne(share.prisonId).add(share);
    if (shares.length > 0) this.added.set(prisonNumber, shares);
    else this.added.delete(prisonNumber);
    return changed;
  }

  /** By prison number, to be written down. */
  get memory(): readonly (readonly [string, readonly WeekShare[]])[] {
    return [...this.added];
  }

  recall(memory: PrisonWeeks['memory']): void {
    for (const [prisonNumber, shares] of memory) {
      this.added.set(prisonNumber, shares);
      for (const share of shares) this.ofOne(share.prisonId).add(share);
    }
  }

  private ofOne(prisonId: string): PresentPrison {
    const prison = this.prisons.get(prisonId) ?? new PresentPrison(prisonId, this.days);
    this.prisons.set(prisonId, prison);
    return prison;
  }
}

const negative = ({ toBeSeen, days, neverSeen, held, ...where }: WeekShare): WeekShare => ({
  ...where,
  toBeSeen: -toBeSeen,
  days: -days,
  neverSeen: -neverSeen,
  held: -held,
});

/** What somebody's shares of one prison say of weeks that are over, as one text. */
const overIn = (shares: readonly WeekShare[], prisonId: string, present: Day): string =>
  JSON.stringify(shares.filter((share) => share.prisonId === prisonId && share.monday < present));
