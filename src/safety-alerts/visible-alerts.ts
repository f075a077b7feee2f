import { Inject, Injectable } from '@nestjs/common';
import type { Prisons } from '../access/prisons.js';
import { hold, WHEREABOUTS, type Whereabouts } from '../access/whereabouts.js';
import type { AlertSummary } from './alert-summary.js';
import { NoSuchAlert } from './errors.js';
import { OpenAlerts } from './open-alerts.js';
import type { EpisodeAddress } from './safety-alerts.js';

/**
 * The safety alerts that somebody may see who looks into some prisons. The prison that holds a person sees all of theirs;
 * a former prison the closed ones that bear its id. Open ones follow the person, so they bear the id of the holder.
 * Nothing tells an alert that may not be seen from one that is not there.
 */
@Injectable()
export class VisibleAlerts {
  constructor(
    private readonly alerts: OpenAlerts,
    @Inject(WHEREABOUTS) private readonly whereabouts: Whereabouts,
  ) {}

  all = (prisons: Prisons): AlertSummary[] => this.seen(this.alerts.all(), prisons);
  open = (prisons: Prisons): AlertSummary[] => this.seen(this.alerts.open(), prisons);
  ofPerson = (prisonNumber: string, prisons: Prisons): AlertSummary[] =>
    this.seen(this.alerts.ofPerson(prisonNumber), prisons);

  /** @throws NoSuchAlert */
  addressOf(id: string, prisons: Prisons): EpisodeAddress {
    if (!this.sees(this.alerts.get(id), prisons)) throw new NoSuchAlert(id);
    return this.alerts.addressOf(id);
  }

  /** Whether these prisons see an alert that stands like this. */
  sees({ prisonId, prisonNumber }: AlertSummary, prisons: Prisons): boolean {
    return prisons.has(prisonId) || hold(prisons, prisonNumber, this.whereabouts);
  }

  /** Whether there is such an alert, and these prisons see it. */
  shows(id: string, prisons: Prisons): boolean {
    return this.alerts.has(id) && this.sees(this.alerts.get(id), prisons);
  }

  /**
   * Since when a person is held by a prison that is none of these: what was written later is not for them. Never, for the
   * holder; always, while nobody knows who that is. Milliseconds since 1970-01-01T00:00:00Z.
   */
  goneSince(prisonNumber: string, prisons: Prisons): number {
    if (hold(prisons, prisonNumber, this.whereabouts)) return Infinity;
    return this.whereabouts.holderOf(prisonNumber)?.since ?? -Infinity;
  }

  private seen(alerts: readonly AlertSummary[], prisons: Prisons): AlertSummary[] {
    return alerts.filter((alert) => this.sees(alert, prisons));
  }
}
