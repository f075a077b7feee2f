import type { Json } from '../store/event-store.js';

/** Where custody events are looked up; this room knows their ids only. */
export interface EvidenceSource {
  /** Those of these events that are there, as the contract shows custody events, in the order of the ids. */
  eventsOf(prisonNumber: string, ids: readonly string[]): Promise<readonly Json[]>;
}
export const EVIDENCE_SOURCE = Symbol('EvidenceSource');

/** Where a rule is looked up, for its name and the policy that it comes from. */
export interface RuleSource {
  /** Nothing when there is no such rule any more. */
  rule(id: string): { readonly name: string; readonly source: readonly Json[] } | undefined;
}
export const RULE_SOURCE = Symbol('RuleSource');

/** The prison that holds somebody, since an instant in milliseconds since 1970-01-01T00:00:00Z. */
export interface Holder {
  readonly prisonId: string;
  readonly since: number;
}

/** Where it is known who holds whom. */
export interface Whereabouts {
  /** In transit the prison that sent the person. Nothing for somebody who is not known. */
  holderOf(prisonNumber: string): Holder | undefined;
}
export const WHEREABOUTS = Symbol('Whereabouts');
