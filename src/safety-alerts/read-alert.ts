import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Prisons } from '../access/prisons.js';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { EVENT_STORE, type EventStore, type Json, type Position, type RecordedEvent } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { type AlertSummary, AlertSummaryBody, summarise } from './alert-summary.js';
import { NoSuchAlert } from './errors.js';
import type { Plain } from './plain.js';
import { EVIDENCE_SOURCE, type EvidenceSource, RULE_SOURCE, type RuleSource } from './ports.js';
import { type SafetyAlertEvent, type Transition, TRANSITIONS } from './safety-alert-events.js';
import { fromStored, withNoteOpened } from './stored-safety-alert-event.js';
import { VisibleAlerts } from './visible-alerts.js';

const JSON_OBJECT = { type: 'object', additionalProperties: true } as const;
const JSON_LIST = { type: 'array', items: JSON_OBJECT } as const;

/** Who did what, when and why. Further members by transition: severity, reason, outcome, reasonCode, note, to, until … */
export class AlertHistoryEntryBody {
  @ApiProperty() readonly transition!: Transition;
  @ApiProperty({ format: 'date-time', description: 'When it happened; for a missed deadline, when it was due' })
  readonly at!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was written' }) readonly recordedAt!: string;
  @ApiProperty({ description: 'User name, or custody-watch where the log decided' }) readonly by!: string;
  @ApiProperty({ description: 'In the log' }) readonly position!: Position;
}

type AlertHistoryEntry = Plain<AlertHistoryEntryBody>;

/** A safety alert with everything behind it. */
export class AlertDetailBody extends AlertSummaryBody {
  @ApiProperty({ required: false, description: 'As the rule is called now; absent when it is no longer there' })
  readonly ruleName?: string;
  @ApiProperty({ required: false, ...JSON_LIST, description: 'The policy the rule comes from' })
  readonly ruleSource?: readonly Json[];
  @ApiProperty({ ...JSON_OBJECT, description: 'What was expected, by when, and what was seen, at the severity shown' })
  readonly why!: Json;
  @ApiProperty({
    ...JSON_LIST,
    description: 'The custody events that it rests on; only the id where an event is not there',
  })
  readonly evidence!: readonly Json[];
  @ApiProperty({ type: [AlertHistoryEntryBody] }) readonly history!: readonly AlertHistoryEntryBody[];
}

export type AlertDetail = Plain<AlertDetailBody>;

export class ReadAlert extends Query<AlertDetail> {
  constructor(
    readonly alertId: string,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ReadAlert)
export class ReadAlertHandler implements IQueryHandler<ReadAlert> {
  constructor(
    private readonly alerts: VisibleAlerts,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(EVIDENCE_SOURCE) private readonly evidence: EvidenceSource,
    @Inject(RULE_SOURCE) private readonly rules: RuleSource,
    @Inject(SEALS) private readonly seals: Seals,
  ) {}

  /** A former prison sees what bears its id, and nothing that was written later. @throws NoSuchAlert */
  async execute({ alertId, prisons }: ReadAlert): Promise<AlertDetail> {
    const { stream, episode } = this.alerts.addressOf(alertId, prisons);
    let summary: AlertSummary | undefined;
    let why: Json = {};
    const ids = new Set<string>();
    const history: AlertHistoryEntry[] = [];
    for await (const recorded of this.store.readStream(this.prefix + stream)) {
      const event = fromStored(recorded);
      if (event.data.episode !== episode) continue;
      summary = summarise(summary, event, { ...recorded, stream });
      if (event.type === 'SafetyAlertRaised' || event.type === 'SafetyAlertEscalated') why = event.data.why;
      evidenceOf(event).forEach((id) => ids.add(id));
      const opened = await withNoteOpened(recorded, summary?.prisonNumber ?? '', this.seals);
      history.push(...entryOf(fromStored(opened), recorded));
    }
    // The log may be ahead of the list: the alert may have moved on just now.
    if (!summary || !this.alerts.sees(summary, prisons)) throw new NoSuchAlert(alertId);
    const rule = this.rules.rule(summary.rule);
    const evidence = await this.eventsOf(summary.prisonNumber, [...ids]);
    const detail = { ...summary, ruleName: rule?.name, ruleSource: rule?.source, why, evidence, history };
    const goneSince = this.alerts.goneSince(summary.prisonNumber, prisons);
    return goneSince === Infinity ? detail : asSeenByFormer(detail, prisons, goneSince);
  }

  private async eventsOf(prisonNumber: string, ids: readonly string[]): Promise<Json[]> {
    const found = new Map((await this.evidence.eventsOf(prisonNumber, ids)).map((event) => [event['id'], event]));
    return ids.map((id) => found.get(id) ?? { id });
  }
}

/** What the alert rests on; not what ended it. */
const evidenceOf = ({ type, data }: SafetyAlertEvent): readonly string[] =>
  type === 'SafetyAlertRaised' || type === 'SafetyAlertEscalated' || type === 'SafetyAlertRepeated'
    ? data.evidence
    : [];

/** Only notes come after the end of an alert. */
const asSeenByFormer = (detail: AlertDetail, prisons: Prisons, goneSince: number): AlertDetail => ({
  ...detail,
  evidence: detail.evidence.map((event) => (prisons.has(String(event['prisonId'])) ? event : { id: event['id'] })),
  history: detail.history.filter(
    ({ transition, recordedAt }) => transition !== 'noted' || Date.parse(recordedAt) < goneSince,
  ),
});

/** Every member of the event but the bulky and the internal ones. */
function entryOf(event: SafetyAlertEvent, { metadata, position }: RecordedEvent): AlertHistoryEntry[] {
  const transition = TRANSITIONS[event.type];
  if (transition === null) return [];
  const members = Object.entries(event.data).filter(([member]) => !['why', 'alertId', 'episode'].includes(member));
  const by = 'by' in event.data ? event.data.by : 'custody-watch';
  const recordedAt = String(metadata['recordedAt']);
  return [{ ...Object.fromEntries(members), transition, at: event.data.at, recordedAt, by, position }];
}
