import type { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { NotCaughtUp, StoreUnavailable } from '../../store/errors.js';
import type { Position } from '../../store/event-store.js';

/**
 * Waits until lists show what was just written, at most a few seconds. Where that takes longer the page goes on: it was
 * written, and whoever sent it must not be told that nothing was saved.
 */
export const waitForLists = async (
  projection: Pick<AlertProjection, 'reached'>,
  written: readonly Position[],
): Promise<void> => {
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  try {
    for (const position of written) await projection.reached(position, signal);
  } catch (error) {
    if (!(error instanceof NotCaughtUp || error instanceof StoreUnavailable)) throw error;
  }
};
