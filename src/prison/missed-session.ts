/** Why a key worker session was missed. */
export const MISSED_REASONS = ['DECLINED', 'STAFF_NOT_AVAILABLE', 'REGIME_CURTAILED', 'AT_COURT', 'OTHER'] as const;
export type MissedReason = (typeof MISSED_REASONS)[number];
