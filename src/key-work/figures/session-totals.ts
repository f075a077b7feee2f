import type { Occurrence } from '../../kernel/occurrence.js';
import { MISSED_REASONS } from '../../prison/missed-session.js';

/** How often something was recorded in a prison. */
export interface Total {
  readonly prisonId: string;
  readonly count: number;
}

type CountsByPrison = readonly (readonly [string, number])[];

/** By prison; what was missed by reason as well. */
export interface SessionTotalsMemory {
  readonly held: CountsByPrison;
  readonly missed: readonly (readonly [string, CountsByPrison])[];
}

/**
 * Sessions, held and missed, as often as they were ever recorded. A total never falls, so that a withdrawal takes nothing
 * back; {@link Ledger} counts what stands.
 */
export class SessionTotals {
  private readonly heldIn = new Map<string, number>();
  private readonly missedIn = new Map<string, Map<string, number>>();

  /** To be written down. */
  get memory(): SessionTotalsMemory {
    const missed = Array.from(this.missedIn, ([prisonId, reasons]) => [prisonId, [...reasons]] as const);
    return { held: [...this.heldIn], missed };
  }

  /** Takes up what was written down. */
  recall({ held, missed }: SessionTotalsMemory): void {
    for (const [prisonId, count] of held) this.heldIn.set(prisonId, count);
    for (const [prisonId, reasons] of missed) this.missedIn.set(prisonId, new Map(reasons));
  }

  count({ type, prisonId, data }: Occurrence): void {
    if (type === 'KeyWorkerSessionHeld') this.heldIn.set(prisonId, (this.heldIn.get(prisonId) ?? 0) + 1);
    if (type !== 'KeyWorkerSessionMissed') return;
    const reason = String(data['reason']);
    const ofPrison = this.missedIn.get(prisonId) ?? new Map<string, number>();
    this.missedIn.set(prisonId, ofPrison.set(reason, (ofPrison.get(reason) ?? 0) + 1));
  }

  /** Of these prisons, those without any at 0. */
  held(prisons: Iterable<string>): Total[] {
    return Array.from(prisons, (prisonId) => ({ prisonId, count: this.heldIn.get(prisonId) ?? 0 }));
  }

  /** Of these prisons, for every reason, those without any at 0. */
  missed(prisons: Iterable<string>): (Total & { readonly reason: string })[] {
    return Array.from(prisons).flatMap((prisonId) =>
      MISSED_REASONS.map((reason) => ({ prisonId, reason, count: this.missedIn.get(prisonId)?.get(reason) ?? 0 })),
    );
  }
}
