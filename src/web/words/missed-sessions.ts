import type { MissedReason } from '../../prison/missed-session.js';

/** Why a key worker session was missed. */
const MISSED: Readonly<Record<MissedReason, string>> = {
  DECLINED: 'Declined by the person',
  STAFF_NOT_AVAILABLE: 'Staff not available',
  REGIME_CURTAILED: 'Regime curtailed',
  AT_COURT: 'At court',
  OTHER: 'Another reason',
};

/** Another code is shown as it is. */
export const missedReason = (code: string): string => (MISSED as Readonly<Record<string, string>>)[code] ?? code;
