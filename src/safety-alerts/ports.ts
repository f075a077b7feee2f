import type { Severity } from '../prison/severity.js';
import type { Json } from '../store/event-store.js';

/** Where custody events are looked up; this room knows their ids only. */
export interface EvidenceSource {
  /**
   * Those of these events that exist, as docs/events.md shows custody events, in the order of the ids.
   * @param about a prison number, or the text that names a key worker
   */
  eventsOf(about: string, ids: readonly string[]): Promise<readonly Json[]>;
}
export const EVIDENCE_SOURCE = Symbol('EvidenceSource');

/** What a rule comes from: what the source says, and nothing beyond it. */
export interface PolicySource {
  readonly ref: string;
  readonly case?: string;
  readonly says: string;
}

/** A rule as alerts show it: what its sources say, and apart from that, in `because`, what we make of it. */
export interface RuleOfAlert {
  readonly name: string;
  readonly source: readonly PolicySource[];
  readonly because: string;
  readonly worstStep?: Severity | undefined;
}

/** Where a rule is looked up: its name, the policy that it comes from, and how severe it can become. */
export interface RuleSource {
  /** Nothing when the rule no longer exists. */
  rule(id: string): RuleOfAlert | undefined;
}
export const RULE_SOURCE = Symbol('RuleSource');

/** Nest's token for the LapseTerms that the settings say; without them the service's own hold. */
export const ACKNOWLEDGEMENT_LAPSES = Symbol('AcknowledgementLapses');

/** What the rules say of people now. */
export interface PresentReasonSource {
  /**
   * One sentence for each rule that is true of somebody, or of the key worker whom the text names, at an instant
   * (milliseconds since 1970-01-01T00:00:00Z), by the id of the rule; none for a rule about which nothing can be said just now.
   * @throws StoreUnavailable
   */
  reasonsOf(about: string, now: number): Promise<ReadonlyMap<string, string>>;
}
export const PRESENT_REASONS = Symbol('PresentReasonSource');

/** Whom key workers have now. */
export interface CaseloadSource {
  /** Prison numbers of those whom a key worker has, by the text that names them. */
  peopleOf(keyWorker: string): readonly string[];
}
export const CASELOADS = Symbol('CaseloadSource');
