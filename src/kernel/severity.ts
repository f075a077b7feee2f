/** How urgent a safety alert is, from a worklist entry to a call to the duty manager. */
export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const isWorse = (a: Severity, b: Severity): boolean => SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);

export const worst = (levels: readonly Severity[]): Severity | undefined =>
  SEVERITIES.findLast((level) => levels.includes(level));
