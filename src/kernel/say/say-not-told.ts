import { join } from './join.js';
import { phraseOf } from './say-events.js';

/** Types whose plain phrase says less than all that the type tells. */
const WHOLE: Readonly<Record<string, string>> = {
  PrisonerReceived: 'arrivals and returns',
  KeyWorkerAvailabilityChanged: 'absences and returns of key workers',
  IncentiveLevelChanged: 'changes of incentive level',
  StaffDetailsChanged: 'names of staff',
  EventWithdrawn: 'withdrawals',
};

/** What events of a type are called, whatever they carry: `segregation health screens`. */
export const sayType = (type: string): string => WHOLE[type] ?? phraseOf({ type, where: [] }).many;

/** `segregation reviews or ends of segregation`, for what there is none of. */
export const sayTypes = (types: readonly string[]): string => join([...new Set(types.map(sayType))], 'or');

/** Why a rule is not watched: `nobody tells us of segregation health screens`. */
export const sayNotTold = (types: readonly string[]): string => `nobody tells us of ${sayTypes(types)}`;
