/** How urgent a safety alert is, from a worklist entry to a call to the duty manager. */
export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 for the mildest. */
export const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const isWorse = (severity: Severity, than: Severity): boolean => rank(severity) > rank(than);

export const worst = (levels: readonly Severity[]): Severity | undefined =>
  SEVERITIES.findLast((level) => levels.includes(level));
