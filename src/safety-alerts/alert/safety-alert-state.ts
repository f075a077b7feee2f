import type { Position } from '../../store/event-store.js';
import type { Severity } from '../../prison/severity.js';
import type { DecisionMoment } from './safety-alert-commands.js';
import type { ResolveReason, SnoozeReason } from './safety-alert-events.js';
import type { Acknowledgement, Lapses } from './terms.js';

/** The stream of one rule about one person. At most one episode is open. */
export type SafetyAlert = Memory & (NeverRaised | OpenAlert | ClosedAlert);

/** What outlives an episode, so that a decision that is made again changes nothing. */
export interface Memory {
  /** The last moment at which a level was decided, and the levels decided at it. */
  readonly decided?: DecisionMoment & { readonly levels: readonly (Severity | 'none')[] };
  /** The custody events that raised or repeated any episode. */
  readonly asks: ReadonlySet<string>;
}

interface NeverRaised {
  readonly state: 'never-raised';
  readonly episode: 0;
}

export interface OpenAlert {
  readonly state: 'open';
  readonly episode: number;
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence, at this severity. */
  readonly reason: string;
  readonly prisonId: string;
  /** When the alert came to be in this prison: when it was raised, or last moved. */
  readonly placed: DecisionMoment;
  readonly raisedAt: string;
  /** While somebody has it. */
  readonly acknowledgement?: Acknowledgement | undefined;
  readonly assignedTo?: string | undefined;
  readonly snooze?: SnoozeNow | undefined;
  readonly lastNote?: LastNote | undefined;
}

/** `until` is an ISO instant in UTC. */
interface SnoozeNow {
  readonly until: string;
  readonly untilWorse: boolean;
  readonly reasonCode: SnoozeReason;
}

interface ClosedAlert {
  readonly state: 'closed';
  readonly episode: number;
  /** Closed by hand. */
  readonly byHand?: ByHand | undefined;
  readonly lastNote?: LastNote | undefined;
}

interface ByHand {
  readonly by: string;
  readonly reasonCode: ResolveReason;
  /** ISO instant in UTC. */
  readonly at: string;
  /**
   * The alert as it was, while its condition has not been false since: it is quiet up to its severity, and can be opened
   * again (decision 0033).
   */
  readonly stillTrue?: OpenAlert | undefined;
}

interface LastNote {
  readonly by: string;
  readonly note: string;
}

export const isOpen = (alert: SafetyAlert): alert is Memory & OpenAlert => alert.state === 'open';

/** The alert as it was when somebody closed it by hand, while it is still so. */
export const stillTrue = (alert: SafetyAlert): OpenAlert | undefined =>
  alert.state === 'closed' ? alert.byHand?.stillTrue : undefined;

/** Compares positions of the log: only the store can. */
export type ComparePositions = (a: Position, b: Position) => number;

/** What decisions depend on, besides the command and the alert. */
export interface Policy {
  readonly compare: ComparePositions;
  readonly lapses: Lapses;
  /** The worst step that a rule can reach now; nothing for a rule that no longer exists. */
  readonly worstStepOf: (rule: string) => Severity | undefined;
}
