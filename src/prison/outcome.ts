/** Why a safety alert closed (docs/rules-meaning.md, "Outcome"); also a metric label. */
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

/** What a rule itself can close an alert with. */
export type RuleOutcome = Exclude<Outcome, 'manual'>;
