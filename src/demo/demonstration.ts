import { type Instant, toIso } from '../prison/instant.js';
import { everything } from './lives.js';
import type { DemonstrationEvent } from './recording.js';

/** The seed of the demonstration that everybody sees. */
const SEED = 1;

/**
 * The history of a prison that does not exist: about 300 people, half a year, up to `now`. In the order in which it was
 * recorded; pure, so that the same `now` and `seed` give the same events, ids included.
 */
export const demonstrationEvents = ({ now, seed = SEED }: { now: Instant; seed?: number }): DemonstrationEvent[] =>
  new Demonstration(now, seed).history();

/**
 * A prison that does not exist, and lives before your eyes. It has no clock and no timer: a tick drives it.
 * After four weeks nothing new happens in it.
 */
export class Demonstration {
  private readonly past: readonly DemonstrationEvent[];
  private readonly future: readonly DemonstrationEvent[];
  private count = 0;

  /** @param began where history ends and the living begins; kept in the log by the event that history ends with */
  constructor(
    readonly began: Instant,
    seed = SEED,
  ) {
    const events = everything(began, seed);
    const past = toIso(began);
    this.past = events.filter(({ recordedAt }) => recordedAt <= past);
    this.future = events.slice(this.past.length);
  }

  /** What was recorded up to the beginning: for `import --history`. The last event says when the demonstration began. */
  history(): DemonstrationEvent[] {
    return [...this.past];
  }

  /**
   * What has been recorded since the last call, or since the beginning where this is the first: after a restart it tells
   * again what the log holds already, by the same ids, and with it what was missed.
   */
  advance(now: Instant): DemonstrationEvent[] {
    const until = toIso(now);
    const from = this.count;
    while ((this.future[this.count]?.recordedAt ?? '~') <= until) this.count++;
    return this.future.slice(from, this.count);
  }
}
