/** Why a safety alert closed (contract §2); also a metric label. */
export const OUTCOMES = [
  'met',
  'recorded-late',
  'ended',
  'withdrawn',
  'left',
  'manual',
  'rule-changed',
  'merged',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the log itself can close an alert with; `manual` is left to people. */
export type WatchOutcome = Exclude<Outcome, 'manual'>;
