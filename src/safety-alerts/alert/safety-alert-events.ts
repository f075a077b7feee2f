import type { About } from '../../prison/alert-subject.js';
import type { Json, Position } from '../../store/event-store.js';
import type { Severity } from '../../prison/severity.js';
import type { LapseTerm } from './terms.js';
import type { Outcome } from '../../prison/outcome.js';

/** Every event belongs to one episode of its stream, counted from 1. `at` is an ISO instant in UTC. */
interface OfEpisode {
  readonly episode: number;
  readonly at: string;
}

/** Decided from the log: `at` is log time, `decidedOn` the last event of the log that the decision rests on. */
interface ByWatch extends OfEpisode {
  readonly decidedOn: Position;
  /** A clock was wrong when it was decided. `at` is then when it was right last, as far as is known. */
  readonly misdated?: boolean;
}

/** Done by a person. `note` is personal: free text, erasable, never logged and never part of an id. */
interface ByPerson extends OfEpisode {
  readonly by: string;
}

/** What the watch gives as grounds: one sentence, the tree behind it, and the ids of the custody events it cites. */
export interface Grounds {
  readonly reason: string;
  readonly why: Json;
  readonly evidence: readonly string[];
}

interface SnoozeEnd {
  /**
   * ISO instant in UTC. Null where an earlier version wrote "until it gets worse": then it is the longest for its
   * severity.
   */
  readonly until: string | null;
  /** The snooze was asked for until the alert gets worse: `until` is the latest that it may be. */
  readonly untilWorse?: true;
}

interface DataByType {
  SafetyAlertRaised: ByWatch &
    Grounds &
    About & {
      readonly severity: Severity;
      readonly rule: string;
      readonly ruleVersion: number;
      readonly prisonId: string;
      /** The episode before this one, if there was one. */
      readonly after?: number;
      /** When it became true, where it was raised later because the rules were other ones: ISO, UTC. */
      readonly trueSince?: string;
    };
  SafetyAlertEscalated: ByWatch & Grounds & { readonly severity: Severity };
  /** `reason`: one sentence, what happened and when; earlier versions wrote none. */
  SafetyAlertRepeated: ByWatch & { readonly reason?: string; readonly evidence: readonly string[] };
  SafetyAlertMoved: ByWatch & { readonly prisonId: string };
  SafetyAlertResolved: ByWatch & Grounds & { readonly outcome: Exclude<WatchOutcome, 'left'> };
  SafetyAlertExpired: ByWatch & Grounds & { readonly outcome: 'left' };
  /** The condition of an alert that was resolved by hand has been false: from now on any level raises anew. */
  SafetyAlertQuietEnded: ByWatch;
  /** `owner`: whose it is from now on, where it was nobody's. */
  SafetyAlertAcknowledged: ByPerson & { readonly note?: string; readonly owner?: string };
  /**
   * Nothing that counts was recorded in time, so the alert is to triage again. `term`: how long the acknowledgement
   * held, by the settings.
   */
  SafetyAlertAcknowledgementLapsed: ByWatch & { readonly term: LapseTerm };
  SafetyAlertNoted: ByPerson & { readonly note: string };
  /** `to` is a user name, or null for nobody. */
  SafetyAlertAssigned: ByPerson & { readonly to: string | null };
  SafetyAlertSnoozed: ByPerson & SnoozeEnd & { readonly reasonCode: SnoozeReason; readonly note?: string };
  SafetyAlertResolvedByHand: ByPerson & {
    readonly outcome: 'manual';
    readonly reasonCode: ResolveReason;
    readonly note?: string;
    /** Whether the alert was of use to the person who closed it. */
    readonly useful?: Useful;
  };
  /** What was closed by hand is open again, as the same alert: somebody changed their mind, or it was still so. */
  SafetyAlertReopened: (ByPerson & { readonly note?: string }) | ByWatch;
}

export type SafetyAlertEventType = keyof DataByType;
export type EventData<T extends SafetyAlertEventType> = DataByType[T];
export type SafetyAlertEvent = {
  [T in SafetyAlertEventType]: { readonly type: T; readonly data: DataByType[T] };
}[SafetyAlertEventType];

/** The word for each event in histories, server-sent events and `simulate`; null for events that are not shown. */
export const TRANSITIONS = {
  SafetyAlertRaised: 'raised',
  SafetyAlertEscalated: 'escalated',
  SafetyAlertRepeated: 'repeated',
  SafetyAlertMoved: 'moved',
  SafetyAlertResolved: 'resolved',
  SafetyAlertExpired: 'expired',
  SafetyAlertQuietEnded: null,
  SafetyAlertAcknowledged: 'acknowledged',
  SafetyAlertAcknowledgementLapsed: 'lapsed',
  SafetyAlertNoted: 'noted',
  SafetyAlertAssigned: 'assigned',
  SafetyAlertSnoozed: 'snoozed',
  SafetyAlertResolvedByHand: 'resolved',
  SafetyAlertReopened: 'reopened',
} as const satisfies Record<SafetyAlertEventType, string | null>;

/**
 * Whether it may be the doing of a prison that holds the person since: what people do, and that the alert moved with the
 * person. All else the log decides, and may write late.
 */
export const mayBeOfNext = ({ type, data }: SafetyAlertEvent): boolean => type === 'SafetyAlertMoved' || 'by' in data;

export type AlertTransition = NonNullable<(typeof TRANSITIONS)[SafetyAlertEventType]>;

/** The outcomes with which the log closes an alert; `manual` is left to people. */
export type WatchOutcome = Exclude<Outcome, 'manual'>;

/** Why an alert is snoozed: a metric label. The details go into the note, which `OTHER` needs. */
export const SNOOZE_REASONS = [
  /** The person was spoken to today; the session will be recorded. */
  'SEEN_TODAY',
  /** A session is arranged, with a date. */
  'SESSION_PLANNED',
  /** The safeguard was delivered; its record is on the way. */
  'AWAITING_RECORD',
  /** Nobody can act until another team has answered. */
  'AWAITING_OTHER_TEAM',
  'OTHER',
] as const;
export type SnoozeReason = (typeof SNOOZE_REASONS)[number];

/** Whether an alert was of use to the person who closed it. */
export const USEFUL = ['yes', 'no', 'unsure'] as const;
export type Useful = (typeof USEFUL)[number];

/** Why an alert is closed by hand although the log still calls for it. `OTHER` needs a note. */
export const RESOLVE_REASONS = [
  /** It was delivered, and cannot be recorded where this service would see it. */
  'SAFEGUARD_DELIVERED_NOT_RECORDED',
  /** The rule does not fit this person's circumstances. */
  'NOT_APPLICABLE',
  /** The risk is managed in the person's ACCT plan. */
  'COVERED_BY_ACCT_PLAN',
  /** Another safety alert about the same thing is being worked. */
  'DUPLICATE',
  /** What the alert rests on is wrong. */
  'RAISED_IN_ERROR',
  'OTHER',
] as const;
export type ResolveReason = (typeof RESOLVE_REASONS)[number];
