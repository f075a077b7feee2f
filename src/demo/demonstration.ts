import { type Instant, toIso } from '../prison/instant.js';
import { DemonstrationCalendar } from './calendar.js';
import { everything } from './lives.js';
import { womensRoll } from './other-prisons.js';
import type { DemonstrationEvent } from './recording.js';
import { WOMENS_PRISON } from './stay.js';

/** Who is in a prison, by its roll: prison numbers. */
interface RollOfDemonstration {
  readonly prisonId: string;
  readonly people: readonly string[];
}

/** The seed of the demonstration that everybody sees. */
const SEED = 1;

/**
 * The history of prisons that do not exist: half a year of one with about 300 people, months of two with 60 and 40, up to `now`.
 * In the order in which it was recorded; pure, so that the same `now` and `seed` give the same events, ids included.
 */
export const demonstrationEvents = ({ now, seed = SEED }: { now: Instant; seed?: number }): DemonstrationEvent[] =>
  new Demonstration(now, seed).history();

/**
 * Prisons that do not exist, and live before your eyes. They have no clock and no timer: a tick drives them.
 * After four weeks nothing new happens in them.
 */
export class Demonstration {
  private readonly past: readonly DemonstrationEvent[];
  private readonly future: readonly DemonstrationEvent[];
  private count = 0;

  /** @param began where history ends and the living begins; kept in the log by the event that history ends with */
  constructor(
    readonly began: Instant,
    private readonly seed = SEED,
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

  /** The roll of the women's prison at the beginning. Of one on it nobody ever told; one who is not was never told to leave. */
  roll(): RollOfDemonstration {
    return { prisonId: WOMENS_PRISON, people: womensRoll(new DemonstrationCalendar(this.began), this.seed) };
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
