import { type AlertSummary, isOpenState } from '../../safety-alerts/list/alert-summary.js';
import { sayStaff, type StaffNames } from './event-line.js';

/** As the kernel ends a sentence (src/kernel/say/say-why.ts): `… To act: key worker 1001, key work manager.` */
const ACTORS = / To act: .*\.$/;
/** A staff id may hold a full stop: it ends at the comma, or at the end of the sentence. */
const HOLDER = /(?<=\bkey worker )[^\s,()]+?(?=,|\.$)/;

/**
 * What an alert says, as pages tell it: the key worker who is to act with their name, where it is known; nobody is to act
 * once it is closed and no longer true.
 */
export const reasonLine = (
  { reason, state, stillTrue }: Pick<AlertSummary, 'reason' | 'state'> & { readonly stillTrue?: boolean | undefined },
  staffName: StaffNames,
): string => {
  if (!isOpenState(state) && stillTrue !== true) return withoutActors(reason);
  return reason.replace(ACTORS, (actors) => actors.replace(HOLDER, (staffId) => sayStaff(staffId, staffName)));
};

/** What an alert says, and not who is to act. */
export const withoutActors = (reason: string): string => reason.replace(ACTORS, '');
