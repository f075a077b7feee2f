import type { Position } from '../../store/event-store.js';
import type { ResolveReason, SnoozeReason, SnoozeUntil } from './safety-alert-events.js';
import type { Moment } from './safety-alert-commands.js';
import type { Severity } from '../../prison/severity.js';

/** The stream of one rule about one person. At most one episode is open. */
export type SafetyAlert = Memory & (NeverRaised | OpenAlert | ClosedAlert);

/** What outlives an episode, so that a decision made again changes nothing. */
export interface Memory {
  /** The last moment at which a level was decided, and the levels decided at it. */
  readonly decided?: Moment & { readonly levels: readonly (Severity | 'none')[] };
  /** The custody events that raised or repeated any episode. */
  readonly asked: ReadonlySet<string>;
}

interface NeverRaised {
  readonly state: 'never-raised';
  readonly episode: 0;
}

export interface OpenAlert {
  readonly state: 'open' | 'acknowledged';
  readonly episode: number;
  readonly severity: Severity;
  readonly prisonId: string;
  /** Since when the alert is where it is: the raise, or the last move. */
  readonly placed: Moment;
  readonly raisedAt: string;
  readonly acknowledgedBy?: string;
  readonly assignedTo?: string;
  readonly snooze?: SnoozeUntil & { readonly reasonCode: SnoozeReason };
  readonly lastNote?: LastNote;
}

export interface ClosedAlert {
  readonly state: 'closed';
  readonly episode: number;
  /** Resolved by hand: no new alert up to this severity until the condition has been false (decision 0015). */
  readonly quietUpTo?: Severity;
  readonly byHand?: { readonly by: string; readonly reasonCode: ResolveReason };
  readonly lastNote?: LastNote;
}

interface LastNote {
  readonly by: string;
  readonly note: string;
}

export const isOpen = (alert: SafetyAlert): alert is Memory & OpenAlert =>
  alert.state === 'open' || alert.state === 'acknowledged';

/** How positions of the log compare; only the store knows. */
export type ComparePositions = (a: Position, b: Position) => number;
