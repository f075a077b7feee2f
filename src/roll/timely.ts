import { ALL_PRISONS, type Prisons } from '../access/prisons.js';
import { AHEAD_ALLOWED } from '../custody/read-custody-event.js';
import { HOUR, type Instant } from '../prison/instant.js';
import type { Roll } from './comparison.js';
import { RollInFuture, RollTooOld } from './errors.js';

/** An old roll asks who was where when: of people elsewhere that is not for a sender of some prisons to know. */
const OLDEST = 72 * HOUR;

/** Lets a roll pass that speaks of a time of which it may. @throws RollInFuture, RollTooOld */
export const refuseUntimely = ({ asAt }: Pick<Roll, 'asAt'>, prisons: Prisons, now: Instant): void => {
  if (asAt > now + AHEAD_ALLOWED) throw new RollInFuture(asAt, now);
  if (prisons !== ALL_PRISONS && asAt < now - OLDEST) throw new RollTooOld(asAt, now - OLDEST);
};
