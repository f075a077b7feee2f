import type { Position } from '../../store/event-store.js';
import type { Grounds, ResolveReason, SnoozeReason, Useful, WatchOutcome } from './safety-alert-events.js';
import type { Severity } from '../../prison/severity.js';

/**
 * A moment of the log. `at` (ISO instant, UTC) is log time, which never goes back from one decision about a person to
 * the next; `decidedOn` is the position of the last event taken into account, and orders decisions of one instant.
 */
export interface DecisionMoment {
  readonly at: string;
  readonly decidedOn: Position;
}

/** Which stream a decision of the watch concerns: one rule and one person or key worker. */
interface OfRuleAndPerson {
  readonly rule: string;
  /** Canonical; of a key worker the text that names them (`subjectText`). */
  readonly prisonNumber: string;
}

/** What should be, by the log: this severity, or `none` and why no longer. The difference becomes events. */
export type SetLevel = {
  readonly type: 'SetLevel';
  readonly ruleVersion: number;
  readonly prisonId: string;
  /** When it became true, where it is raised later because the rules were other ones then: ISO, UTC. */
  readonly trueSince?: string;
} & DecisionMoment &
  OfRuleAndPerson &
  Grounds &
  (
    | { readonly level: Severity }
    | {
        readonly level: 'none';
        readonly outcome: WatchOutcome;
        /** Only this alert is meant, and none that has been raised since. */
        readonly alertId?: string;
      }
  );

/** A further ask while the alert should be open: one sentence, and the custody events that asked. */
export type Repeat = {
  readonly type: 'Repeat';
  readonly reason: string;
  readonly evidence: readonly string[];
  /** What to raise where somebody has closed the alert by hand: when they closed it they did not know of this ask. */
  readonly anew?: Raise;
} & DecisionMoment &
  OfRuleAndPerson;

type Raise = SetLevel & { readonly level: Severity };

/** The person's prison has changed without the stay ending. */
export type Move = { readonly type: 'Move'; readonly prisonId: string } & DecisionMoment & OfRuleAndPerson;

/**
 * Log time has reached this moment: what was acknowledged, or closed by hand, comes back if it is due to come back by
 * then. `recordings` are the instants (ISO, UTC) at which sessions, and events that the rule names, became known.
 */
export type Remind = { readonly type: 'Remind'; readonly recordings: readonly string[] } & DecisionMoment &
  OfRuleAndPerson;

export type WatchCommand = SetLevel | Repeat | Move | Remind;

/** What a person does with one episode, at the clock's instant. */
interface PersonDeed {
  readonly episode: number;
  readonly by: string;
  readonly at: string;
}

export type Acknowledge = { readonly type: 'Acknowledge'; readonly note?: string } & PersonDeed;
export type AddNote = { readonly type: 'AddNote'; readonly note: string } & PersonDeed;
export type Assign = { readonly type: 'Assign'; readonly to: string | null } & PersonDeed;
export type Snooze = {
  readonly type: 'Snooze';
  /** ISO instant in UTC; null means until the alert gets worse. */
  readonly until: string | null;
  readonly reasonCode: SnoozeReason;
  readonly note?: string;
} & PersonDeed;
export type Resolve = {
  readonly type: 'Resolve';
  readonly reasonCode: ResolveReason;
  readonly note?: string;
  readonly useful?: Useful;
  /** Confirms that what the alert is about is still so, and that it is closed all the same. */
  readonly confirmStillTrue?: boolean;
} & PersonDeed;
export type Reopen = { readonly type: 'Reopen'; readonly note?: string } & PersonDeed;

export type PersonCommand = Acknowledge | AddNote | Assign | Snooze | Resolve | Reopen;
export type SafetyAlertCommand = WatchCommand | PersonCommand;
