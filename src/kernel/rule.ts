import type { Condition, ConditionOf, Selector } from './condition.js';
import type { SubjectKind } from '../prison/alert-subject.js';
import type { Severity } from '../prison/severity.js';

/** One step of a rule: while its condition holds, the alert is at least this severe. */
export interface Step {
  readonly level: Severity;
  readonly when: Condition;
  /** We speak before what the rule expects falls due: the first step that is not early says when it does. */
  readonly early?: true;
  /** Who should act while it is the worst step that holds, in this order; where it is missing, whom the rule tells. */
  readonly tells?: readonly string[];
}

/** Where a rule comes from: what the source says, in its own words or a fair summary, and nothing beyond it. */
export interface Source {
  readonly ref: string;
  readonly case?: string;
  readonly says: string;
}

/** A safeguard that should hold for a person, with a key worker, or of a feed. The rule is true, and its alert due, as soon as any step is. */
export interface Rule {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Whom, or what, it is about; a person, where it is missing. */
  readonly subject?: SubjectKind;
  /** The local date from which it is in force, ISO. */
  readonly effectiveFrom: string;
  readonly source: readonly Source[];
  /** What follows from the sources in our judgement: ours, not theirs. */
  readonly because: string;
  readonly owner: string;
  /** Whom, of the people in a stay, the rule is about: a named condition; everyone where it is missing. */
  readonly appliesTo?: { readonly name: string; readonly condition: Condition };
  /**
   * Where a prison has no key work scheme, nobody can be without a session: the rule does not apply there. Where people are
   * to be seen less often than every week, the limits in days of one that scales are so many times as long.
   */
  readonly keyWork?: 'needed' | 'scales';
  /**
   * Today no system tells of its safeguard as a matter of course: only where a prison declares a feed that delivers it is
   * anybody watched. Elsewhere the rule would accuse everybody of what is done and not recorded anywhere.
   */
  readonly onlyWhere?: 'delivered';
  /** Limits wait for people who are away. */
  readonly pauses: boolean;
  readonly steps: readonly Step[];
  /** A latched rule stays open until this holds; "since" in it counts from the instant the alert was raised. */
  readonly closesWhen?: Condition;
  /** While the alert is open, what these ask or count is recorded on it. */
  readonly repeats: readonly Condition[];
  /** The events that deliver the safeguard: closing through one of them is `met`. */
  readonly safeguard: Selector;
  /** What closes the alert, in words. */
  readonly closesOn: string;
  /** Who should act, in this order, where a step does not say otherwise. */
  readonly tells: readonly string[];
  /** Of all who are told, the ones whom the record names: the key worker. */
  readonly holders: Readonly<Record<string, ConditionOf<'assigned'>>>;
  readonly why: string;
}

/** Everybody whom a rule may tell, each once. */
export const toldBy = ({ tells, steps }: Pick<Rule, 'tells' | 'steps'>): readonly string[] => [
  ...new Set([...tells, ...steps.flatMap((step) => step.tells ?? [])]),
];
