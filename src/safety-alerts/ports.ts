import type { Json } from '../store/event-store.js';

/** Where custody events are looked up; this room knows their ids only. */
export interface EvidenceSource {
  /** Those of these events that are there, as docs/events.md shows custody events, in the order of the ids. */
  eventsOf(prisonNumber: string, ids: readonly string[]): Promise<readonly Json[]>;
}
export const EVIDENCE_SOURCE = Symbol('EvidenceSource');

/** Where a rule is looked up, for its name and the policy that it comes from. */
export interface RuleSource {
  /** Nothing when there is no such rule any more. */
  rule(id: string): { readonly name: string; readonly source: readonly Json[] } | undefined;
}
export const RULE_SOURCE = Symbol('RuleSource');
