import type { Instant } from '../prison/instant.js';
import { type AlertSummary, summarise } from '../safety-alerts/list/alert-summary.js';
import type { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { type SafetyAlertEvent, type Transition, TRANSITIONS } from '../safety-alerts/alert/safety-alert-events.js';
import { fromStored, withNoteOpened } from '../safety-alerts/alert/stored-safety-alert-event.js';
import type { Seals } from '../personal-data/seals.js';
import type { EventStore, Position } from '../store/event-store.js';

/** What the log decided, or somebody did, about one safety alert. Instants are ISO in UTC. */
export interface AlertStep {
  readonly transition: Transition;
  /** When it happened; for a missed deadline, when it was due. */
  readonly at: string;
  /** When it was written. */
  readonly recordedAt: string;
  /** User name, or custody-watch where the log decided. */
  readonly by: string;
  /** What else is known of it: severity, reason, outcome, reasonCode, note, to, until, useful, prisonId. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly position: Position;
  /** The alert after it. */
  readonly alert: AlertSummary;
}

const SAID_ELSEWHERE = [
  'at',
  'by',
  'why',
  'alertId',
  'episode',
  'evidence',
  'decidedOn',
  'rule',
  'prisonNumber',
  'after',
];

/** The safety alerts about one person, step by step. */
export class PersonAlerts {
  constructor(
    private readonly store: EventStore,
    private readonly alerts: Pick<AlertIndex, 'ofPerson' | 'addressOf'>,
    private readonly prefix: string,
    private readonly seals: Seals,
  ) {}

  /** Every step up to an instant, in the order of the instants they count from. @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
  async stepsOf(prisonNumber: string, until: Instant = Infinity): Promise<AlertStep[]> {
    const streams = new Set(this.alerts.ofPerson(prisonNumber).map(({ id }) => this.alerts.addressOf(id).stream));
    const steps = await Promise.all([...streams].map((stream) => this.stepsIn(stream, prisonNumber)));
    return steps
      .flat()
      .filter(({ at }) => Date.parse(at) <= until)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  private async stepsIn(stream: string, prisonNumber: string): Promise<AlertStep[]> {
    const steps: AlertStep[] = [];
    let alert: AlertSummary | undefined;
    for await (const recorded of this.store.readStream(this.prefix + stream)) {
      const event = fromStored(await withNoteOpened(recorded, prisonNumber, this.seals));
      const { position } = recorded;
      alert = summarise(alert, event, { ...recorded, stream });
      const transition = TRANSITIONS[event.type];
      if (transition === null || !alert) continue;
      const recordedAt = String(recorded.metadata['recordedAt']);
      steps.push({
        transition,
        at: event.data.at,
        recordedAt,
        by: whoDid(event),
        more: moreOf(event),
        position,
        alert,
      });
    }
    return steps;
  }
}

const whoDid = ({ data }: SafetyAlertEvent): string => ('by' in data ? data.by : 'custody-watch');

const moreOf = ({ data }: SafetyAlertEvent): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).filter(([member]) => !SAID_ELSEWHERE.includes(member)));
