import type { Limit } from '../../kernel/limit.js';
import type { Rule } from '../../kernel/rule.js';

type DayLimit = Extract<Limit, { kind: 'days' }>;

/** The limits that the figures count by, in days, shortest first: those of the rules, so that both say the same. */
export interface KeyWorkLimits {
  /** Since the last session: the steps of rule KW-01. */
  readonly sinceSession: readonly DayLimit[];
  /** Since the arrival, where there was no session: the steps of rule KW-02. */
  readonly sinceArrival: readonly DayLimit[];
}

/** Nest's token for the {@link KeyWorkLimits}; the application provides it. */
export const KEY_WORK_LIMITS = Symbol('KeyWorkLimits');

/** The limits that a catalogue gives. A rule that it does not have gives none: then nobody is overdue by it. */
export const keyWorkLimitsOf = (rules: readonly Rule[]): KeyWorkLimits => ({
  sinceSession: limitsIn(rules, 'KW-01', 'then'),
  sinceArrival: limitsIn(rules, 'KW-02', 'first'),
});

const limitsIn = (rules: readonly Rule[], id: string, which: 'first' | 'then'): DayLimit[] =>
  (rules.find((rule) => rule.id === id)?.steps ?? [])
    .flatMap(({ when }) => (when.op === 'absentFor' && when[which]?.kind === 'days' ? when[which] : []))
    .sort((a, b) => a.days - b.days);
