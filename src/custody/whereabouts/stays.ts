import type { Occurrence } from '../../kernel/occurrence.js';
import type { Instant } from '../../prison/instant.js';
import type { Stay, Takeover } from '../../prison/stay.js';
import { courseOf } from './trail.js';

/** From coming to a prison until leaving it for good. */
export interface TimeInPrison {
  readonly prisonId: string;
  readonly since: Instant;
  /** Nothing while it goes on. */
  readonly until: Instant | undefined;
  /** Known from its first day on. */
  readonly arrived: boolean;
}

/** The stays of a person. @param events what stands, in the order it happened */
export const staysOf = (events: readonly Occurrence[]): TimeInPrison[] => {
  const stays: TimeInPrison[] = [];
  let present: Stay | undefined;
  courseOf(events, ({ at }, { stay }) => {
    if (stay?.since === present?.since && stay?.prisonId === present?.prisonId) return;
    const last = stays.at(-1);
    if (present && last) stays[stays.length - 1] = { ...last, until: at };
    present = stay;
    if (stay) stays.push({ prisonId: stay.prisonId, since: stay.since, until: undefined, arrived: stay.arrival });
  });
  return stays;
};

/**
 * The arrivals of a person at one prison while another held them, as far as no departure from there was told since.
 * @param events what stands, in the order it happened
 */
export const takeoversIn = (events: readonly Occurrence[]): Takeover[] => {
  const found = new Map<string, Takeover>();
  let last: Takeover | undefined;
  courseOf(events, (_, { takeover }) => {
    if (takeover) found.set(takeover.arrival, takeover);
    else if (last) found.delete(last.arrival);
    last = takeover;
  });
  return [...found.values()];
};
