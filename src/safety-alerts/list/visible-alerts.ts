import { Inject, Injectable } from '@nestjs/common';
import type { Prisons } from '../../access/prisons.js';
import { hold, HOLDERS, type Holders, readableBefore } from '../../access/holders.js';
import { type AlertFilter, passes } from './alert-filter.js';
import { type AlertSummary, isOpenState } from './alert-summary.js';
import { NoSuchAlert } from '../alert/errors.js';
import { AlertIndex } from './alert-index.js';
import type { Position } from '../../store/event-store.js';
import type { EpisodeAddress } from '../alert/safety-alerts.js';

/**
 * The safety alerts that somebody may see who may look into some prisons. The prison that holds a person sees all of
 * theirs; a former prison sees the closed ones that carry its id, as they stood when it lost the person. Open ones follow the person, so they carry the id of
 * the holder. One about a key worker is for the
 * prison in which they are that. An alert that may not be seen looks like one that does not exist.
 */
@Injectable()
export class VisibleAlerts {
  constructor(
    private readonly alerts: AlertIndex,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  /** Those that pass a filter at an instant (milliseconds since 1970-01-01T00:00:00Z), in no order. */
  matching(filter: AlertFilter, prisons: Prisons, now: number): AlertSummary[] {
    const matches = this.passes(filter, now);
    return this.candidates([filter]).flatMap((alert) => {
      const seen = this.asSeen(alert, prisons);
      return matches(seen) && this.reads(alert, prisons) ? [seen] : [];
    });
  }

  /** How many pass each of the filters at an instant, counted in one go. */
  count(filters: readonly AlertFilter[], prisons: Prisons, now: number): number[] {
    const matchers = filters.map((filter) => this.passes(filter, now));
    const counts = filters.map(() => 0);
    for (const alert of this.candidates(filters)) {
      const seen = this.asSeen(alert, prisons);
      const passed = matchers.map((matches) => matches(seen));
      if (!passed.includes(true) || !this.reads(alert, prisons)) continue;
      passed.forEach((counted, index) => (counts[index] = (counts[index] ?? 0) + Number(counted)));
    }
    return counts;
  }

  /** For whoever works it. @throws NoSuchAlert */
  addressOf(id: string, prisons: Prisons): EpisodeAddress {
    if (!this.sees(this.alerts.get(id), prisons)) throw new NoSuchAlert(id);
    return this.alerts.addressOf(id);
  }

  /** For whoever reads it, and since when another prison holds the person. @throws NoSuchAlert */
  addressToRead(id: string, prisons: Prisons): { readonly address: EpisodeAddress; readonly goneSince: number } {
    const alert = this.alerts.get(id);
    if (!this.reads(alert, prisons)) throw new NoSuchAlert(id);
    return { address: this.alerts.addressOf(id), goneSince: this.goneSince(alert, prisons) };
  }

  /** Those that they see, and what they had of a person who was taken over from one of them: nothing is lost unseen. */
  reads(alert: AlertSummary, prisons: Prisons): boolean {
    const { prisonNumber, listedAt } = alert;
    if (prisonNumber === null) return this.sees(alert, prisons);
    return this.sees(alert, prisons) || Date.parse(listedAt) < readableBefore(prisons, prisonNumber, this.holders);
  }

  /** Whether these prisons see an alert that stands like this. */
  sees({ prisonId, prisonNumber }: AlertSummary, prisons: Prisons): boolean {
    return prisons.has(prisonId) || (prisonNumber !== null && hold(prisons, prisonNumber, this.holders));
  }

  /** Whether there is such an alert, and these prisons see it. */
  shows(id: string, prisons: Prisons): boolean {
    return this.alerts.has(id) && this.sees(this.alerts.get(id), prisons);
  }

  /** For prisons that lost the person: the position of the last change of an alert that they may know of. */
  lastOwnChange(id: string, prisons: Prisons): Position | undefined {
    const alert = this.alerts.get(id);
    return this.mayTellNow(alert, prisons) ? undefined : this.asSeen(alert, prisons).position;
  }

  /**
   * Since when a prison that is not one of these has held the person: what was written later is not for them. Never, for
   * the holder, and where it is about no person; always, while nobody knows the holder. Milliseconds since
   * 1970-01-01T00:00:00Z.
   */
  goneSince({ prisonNumber }: Pick<AlertSummary, 'prisonNumber'>, prisons: Prisons): number {
    if (prisonNumber === null || hold(prisons, prisonNumber, this.holders)) return Infinity;
    return this.holders.takeoverOf(prisonNumber)?.knownAt ?? this.holders.holderOf(prisonNumber)?.since ?? -Infinity;
  }

  /** An alert as these prisons may see it: where they lost the person, as it stood then. */
  asSeen(alert: AlertSummary, prisons: Prisons): AlertSummary {
    if (!this.alerts.hasEarlier(alert.id)) return alert;
    return this.alerts.asLeft(alert.id, this.goneSince(alert, prisons));
  }

  /** Whether what is so now about the person of an alert may be told to these prisons. */
  mayTellNow(alert: Pick<AlertSummary, 'prisonNumber'>, prisons: Prisons): boolean {
    return this.goneSince(alert, prisons) === Infinity;
  }

  /** Those to which anything was written at an instant (ISO, UTC) or later, in no order. */
  writtenSince(instant: string, prisons: Prisons): AlertSummary[] {
    const written = this.alerts.writtenSince(instant).filter((alert) => this.sees(alert, prisons));
    return written.map((alert) => this.asSeen(alert, prisons));
  }

  /** Any number that is or was the person's will do. */
  private passes({ prisonNumber, ...filter }: AlertFilter, now: number): (alert: AlertSummary) => boolean {
    const matches = passes(filter, now);
    if (prisonNumber === undefined) return matches;
    const numbers = this.holders.numbersOf(prisonNumber);
    return (alert) => alert.prisonNumber !== null && numbers.includes(alert.prisonNumber) && matches(alert);
  }

  /** As few as can be found quickly by the filters. */
  private candidates(filters: readonly AlertFilter[]): AlertSummary[] {
    const [{ prisonNumber } = {}] = filters;
    if (filters.length === 1 && prisonNumber !== undefined)
      return this.holders.numbersOf(prisonNumber).flatMap((number) => this.alerts.ofPerson(number));
    const onlyOpen = filters.every(({ state, overdue }) => overdue === true || state?.every(isOpenState));
    return onlyOpen ? this.alerts.open() : this.alerts.all();
  }
}
