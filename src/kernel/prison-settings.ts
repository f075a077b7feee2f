import type { KeyWorkPace } from './key-work-pace.js';
import type { Rule } from './rule.js';

/** Local dates, ISO: it holds from the one on and before the other; from ever, and for good, where one is missing. */
export interface TimeInForce {
  readonly from?: string;
  readonly until?: string;
}

/** How a prison does key work. */
export interface KeyWorkTerms extends TimeInForce, KeyWorkPace {
  /** Whether there is a key work scheme. */
  readonly scheme: boolean;
  /** How many people a key worker may have. */
  readonly caseload: number;
  readonly because?: string;
}

/** What a prison says of a rule: that it does not apply there, or how severe it is there, and after what limits. */
export interface RuleTerms extends TimeInForce {
  /** The rule's id. */
  readonly rule: string;
  readonly because: string;
  /** What is other there than in the catalogue; missing where the rule is off. */
  readonly own?: Pick<Rule, 'steps' | 'repeats' | 'closesWhen'>;
}

/**
 * What a prison says of the rules for itself (docs/rules-meaning.md, "A prison's own settings"): limits, severities and what
 * does not apply there, never another meaning. At any instant at most one of its terms of key work, and of a rule, is in
 * force; where none is, key work is {@link WEEKLY}, and the rule is as everybody has it.
 */
export interface PrisonSettings {
  /** A prison; or {@link EVERY_OTHER}, all that say nothing for themselves. */
  readonly prisonId: string;
  readonly keyWork: readonly KeyWorkTerms[];
  readonly rules: readonly RuleTerms[];
}

/** In place of a prison's id: every prison that has no settings of its own. */
export const EVERY_OTHER = '*';

/** Key work as policy has it, where a prison says nothing else (PPO, article on the key worker scheme; HMPPS, key worker posts). */
export const WEEKLY: KeyWorkTerms = { scheme: true, everyWeeks: 1, minutes: 45, caseload: 6 };
