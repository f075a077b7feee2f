import type { KeyWorkPace } from './key-work-pace.js';
import type { Limit } from './limit.js';

/** What an event must carry to match. A missing member is no value: `not` holds for it, `is` does not. */
export type Where =
  | { readonly field: string; readonly is: readonly unknown[] }
  | { readonly field: string; readonly not: readonly unknown[] }
  | { readonly field: string; readonly recorded: boolean };

/** Events of one type that carry what `where` says and meet whatever else is asked. */
export interface Pattern {
  readonly type: string;
  readonly where: readonly Where[];
  /** Holds just before the event. */
  readonly when?: Condition;
  /** The event names the prison that holds the person. */
  readonly here?: true;
  /** The event begins this state, by how the state stands just before it. */
  readonly starts?: ConditionOf<'during' | 'arrival'>;
  /** The event ends this state. */
  readonly ends?: ConditionOf<'during'>;
}

/** Any of several patterns. */
export type Selector = readonly Pattern[];

/** An ask and how long its answer may take; without `for` it is due at once. */
export interface Ask {
  readonly event: Selector;
  readonly for?: Limit;
  /** It is an ask only where this holds once all events of its instant are taken in. */
  readonly while?: Condition;
}

/** Events that show the beginning and the end of a state where no event says so itself. */
export interface Inference {
  readonly from: Selector;
  readonly until: Selector;
}

/** A condition with a beginning: one that other conditions can count from. */
export type Scope =
  | { readonly op: 'stay' }
  | { readonly op: 'arrival' }
  | { readonly op: 'presence' }
  /** Only in rules about a feed. */
  | { readonly op: 'silent' }
  /** With `days`: only once it has gone on for so many local days. */
  | { readonly op: 'custody'; readonly days?: number }
  | { readonly op: 'away'; readonly reasons: readonly unknown[] }
  | {
      readonly op: 'during';
      readonly from: Selector;
      readonly until: Selector;
      readonly inferred?: Inference;
      /** It is on for each value of this member by itself. */
      readonly each?: string;
      readonly within?: 'stay' | 'custody';
    }
  | { readonly op: 'assigned'; readonly by: string; readonly until: string; readonly field: string }
  | { readonly op: 'unassigned'; readonly by: string; readonly until: string; readonly field: string }
  | {
      readonly op: 'running';
      readonly from: Selector;
      readonly until: Selector;
      readonly days: string;
      readonly match: string;
      readonly startsOn?: string;
    };

/** A condition about one person, or one key worker, as rule files say it. `docs/operators.md` has what each means. */
export type Condition =
  | Scope
  | {
      readonly op: 'latest';
      readonly event: string;
      readonly field: string;
      readonly is: readonly unknown[];
      readonly within?: Scope;
    }
  | { readonly op: 'heldFor'; readonly condition: Scope; readonly for: Limit }
  | {
      readonly op: 'absentFor';
      readonly event: Selector;
      readonly within: Scope;
      readonly first?: Limit;
      readonly then?: Limit;
      /** An event at the very instant at which the scope began does not count. */
      readonly strictly?: true;
    }
  | {
      readonly op: 'seen';
      readonly event: Selector;
      readonly within: Scope;
      /** Counts from the last of these, where it came after the scope began. */
      readonly sinceLast?: Selector;
    }
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
      /** An ask of an earlier stay still counts for so many days (a window). */
      readonly elsewhere?: number;
    }
  | {
      readonly op: 'dueBy';
      readonly event: Selector;
      readonly field: string;
      readonly otherwise: Limit;
      /** Before the first such event, from the scope's beginning. */
      readonly first?: Limit;
      /** A later due date in the event counts as this one. */
      readonly atMost?: Limit;
      readonly within: Scope;
    }
  | {
      readonly op: 'countWithin';
      readonly event: Selector;
      readonly atLeast: number;
      readonly window: number;
      readonly distinctBy?: string;
      readonly within?: Scope;
      /** Leaves out events with the same value as the event that `of` counts from. */
      readonly otherThan?: { readonly field: string; readonly of: Extract<Scope, { op: 'running' }> };
    }
  | { readonly op: 'notPast'; readonly event: Selector; readonly field: string }
  | { readonly op: 'noneWithin'; readonly event: Selector; readonly window: number }
  | { readonly op: 'endedWithin'; readonly condition: Extract<Scope, { op: 'during' }>; readonly window: number }
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
  | {
      readonly op: 'minutesUnder';
      readonly event: Selector;
      /** The member that says how long one took, in minutes. */
      readonly field: string;
      /** In per cent of what is expected. */
      readonly share: number;
      /** So many of the days on which the person was there. */
      readonly window: number;
      /** The prison's own, once a rule is under its settings. */
      readonly pace: KeyWorkPace;
    }
  /** Only in rules about a key worker. `overCapacity`: one more than the prison lets a key worker have. */
  | { readonly op: 'caseload'; readonly atLeast: number; readonly overCapacity?: true }
  /** Sessions of one key worker with two people, at one time. Only in rules about a key worker, as the two below. */
  | { readonly op: 'sessionsAtOnce'; readonly window: number }
  /** Sessions of one local day that took longer together. */
  | { readonly op: 'sessionTime'; readonly above: Limit; readonly window: number }
  /** So many sessions one after another that were shorter. */
  | { readonly op: 'shortSessions'; readonly under: Limit; readonly inARow: number; readonly window: number }
  /** Only in rules about a prison. */
  | {
      readonly op: 'deliveredUnder';
      /** In per cent of what was due. */
      readonly share: number;
      readonly weeks: number;
      /** The prison's own, once a rule is under its settings. */
      readonly pace: KeyWorkPace;
    }
  | { readonly op: 'neverSeenRising'; readonly weeks: number }
  | { readonly op: 'sinceRaised'; readonly event: Selector; readonly pairWithin?: number }
  | { readonly op: 'rule'; readonly id: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

export type ConditionOf<Op extends Condition['op']> = Extract<Condition, { op: Op }>;

/** The parts that `all` and `any` join. */
export const joinedIn = (condition: Condition): Condition[] =>
  condition.op === 'all' || condition.op === 'any' ? condition.of.flatMap(joinedIn) : [condition];
