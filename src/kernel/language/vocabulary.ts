import type { Condition, Selector } from '../condition.js';

/** The event types there are, and the members of each one's data. */
export type EventMembers = ReadonlyMap<string, readonly string[]>;

/** The names that rule files may use: events, conditions and risk families said once, in `definitions.yml`. */
export interface Vocabulary {
  readonly known: EventMembers;
  readonly events: ReadonlyMap<string, Selector>;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly families: ReadonlyMap<string, Selector>;
}
