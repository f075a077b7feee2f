import type { Limit } from './limit.js';

/** What an event must carry to be meant. A missing member is no value: `not` holds for it, `is` does not. */
export type Where =
  | { readonly field: string; readonly is: readonly unknown[] }
  | { readonly field: string; readonly not: readonly unknown[] }
  | { readonly field: string; readonly recorded: boolean };

/** Events of one type, those that carry what `where` says, that happen while `when` holds (just before the event). */
export interface Pattern {
  readonly type: string;
  readonly where: readonly Where[];
  readonly when?: Condition;
}

/** Any of several patterns. */
export type Selector = readonly Pattern[];

/** An ask and how long its answer may take; without `for` it is due at once. */
export interface Ask {
  readonly event: Selector;
  readonly for?: Limit;
}

/** A condition with a beginning: one that other conditions can count from. */
export type Scope =
  | { readonly op: 'stay' }
  | { readonly op: 'during'; readonly from: Selector; readonly until: Selector; readonly within?: 'stay' }
  | { readonly op: 'assigned'; readonly by: string; readonly until: string; readonly field: string }
  | { readonly op: 'unassigned'; readonly by: string; readonly until: string; readonly field: string }
  | {
      readonly op: 'running';
      readonly from: Selector;
      readonly until: Selector;
      readonly days: string;
      readonly match: string;
    };

/** A condition about one person, as rule files say it. `docs/operators.md` has what each means. */
export type Condition =
  | Scope
  | { readonly op: 'latest'; readonly event: string; readonly field: string; readonly is: readonly unknown[] }
  | { readonly op: 'heldFor'; readonly condition: Scope; readonly for: Limit }
  | {
      readonly op: 'absentFor';
      readonly event: Selector;
      readonly within: Scope;
      readonly first?: Limit;
      readonly then?: Limit;
    }
  | { readonly op: 'seen'; readonly event: Selector; readonly within: Scope }
  | {
      readonly op: 'neverMet';
      readonly holder: Extract<Scope, { op: 'assigned' }>;
      readonly event: Selector;
      readonly for: Limit;
    }
  | {
      readonly op: 'unansweredFor';
      readonly asks: readonly Ask[];
      readonly answer: Selector;
      readonly atLeast: number;
      readonly within?: Scope;
    }
  | {
      readonly op: 'dueBy';
      readonly event: Selector;
      readonly field: string;
      readonly otherwise: Limit;
      readonly within: Scope;
    }
  | {
      readonly op: 'countWithin';
      readonly event: Selector;
      readonly atLeast: number;
      readonly window: number;
      readonly distinctBy?: string;
      readonly within?: Scope;
    }
  | {
      readonly op: 'familiesWithin';
      readonly families: Readonly<Record<string, Selector>>;
      readonly atLeast: number;
      readonly window: number;
    }
  | {
      readonly op: 'countUpToLast';
      readonly event: Selector;
      readonly atLeast: number;
      readonly window: number;
      readonly within: Scope;
    }
  | {
      readonly op: 'lastOf';
      readonly event: Selector;
      readonly last: number;
      readonly atLeast: number;
      readonly where: readonly Where[];
      readonly within: Scope;
    }
  | { readonly op: 'sinceRaised'; readonly event: Selector; readonly pairWithin?: number }
  | { readonly op: 'rule'; readonly id: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

export type ConditionOf<Op extends Condition['op']> = Extract<Condition, { op: Op }>;
