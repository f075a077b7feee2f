import { aboutOf } from '../../prison/alert-subject.js';
import { Inject, Optional } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Prisons } from '../../access/prisons.js';
import { KnownUsers } from '../../access-records/known-users.js';
import type { Json } from '../../store/event-store.js';
import { AlertHistories, AlertHistoryEntryBody } from './alert-histories.js';
import { AlertSummaryBody } from './alert-summary.js';
import { NoSuchAlert } from '../alert/errors.js';
import type { Plain } from '../alert/plain.js';
import {
  CASELOADS,
  type CaseloadSource,
  EVIDENCE_SOURCE,
  type EvidenceSource,
  type PolicySource,
  RULE_SOURCE,
  type RuleSource,
} from '../ports.js';
import { PresentReasons } from './present-reasons.js';
import { VisibleAlerts } from './visible-alerts.js';

const JSON_OBJECT = { type: 'object', additionalProperties: true } as const;
const JSON_LIST = { type: 'array', items: JSON_OBJECT } as const;

class PolicySourceBody implements PolicySource {
  @ApiProperty() readonly ref!: string;
  @ApiProperty({ required: false, description: 'Whose case it tells of' }) readonly case?: string;
  @ApiProperty({ description: 'In its own words or a fair summary, and nothing beyond it' }) readonly says!: string;
}

/** A safety alert with everything behind it. */
export class AlertDetailBody extends AlertSummaryBody {
  @ApiProperty({
    required: false,
    type: [String],
    example: ['A1234BC'],
    description: 'About a key worker: whom they have now',
  })
  readonly prisonNumbers?: readonly string[];
  @ApiProperty({ required: false, description: 'As the rule is called now; absent when it is no longer there' })
  readonly ruleName?: string;
  @ApiProperty({
    required: false,
    type: [PolicySourceBody],
    description: 'What the sources of the rule say; absent like its name',
  })
  readonly ruleSource?: readonly PolicySourceBody[];
  @ApiProperty({
    required: false,
    description: 'What we make of that: numbers, limits, inferences. Ours, and in no source; absent like its name',
  })
  readonly ruleBecause?: string;
  @ApiProperty({ ...JSON_OBJECT, description: 'What was expected, by when, and what was seen, at the severity shown' })
  readonly why!: Json;
  @ApiProperty({
    ...JSON_LIST,
    description: 'The custody events that it rests on; only the id where an event is not there',
  })
  readonly evidence!: readonly Json[];
  @ApiProperty({
    required: false,
    description:
      'Whether anybody ever signed in under the user name in assignedTo, or came with a token of theirs. Absent where it ' +
      'is assigned to nobody, and without a sign-in',
  })
  readonly assigneeKnown?: boolean;
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
    private readonly histories: AlertHistories,
    @Inject(EVIDENCE_SOURCE) private readonly evidence: EvidenceSource,
    @Inject(RULE_SOURCE) private readonly rules: RuleSource,
    private readonly reasons: PresentReasons,
    @Optional() private readonly users?: KnownUsers,
    @Optional() @Inject(CASELOADS) private readonly caseloads?: CaseloadSource,
  ) {}

  /** A former prison sees what carries its id, and nothing that was written later. @throws NoSuchAlert */
  async execute({ alertId, prisons }: ReadAlert): Promise<AlertDetail> {
    const { address, goneSince } = this.alerts.addressToRead(alertId, prisons);
    const { summary, why, evidence: ids, history } = await this.histories.of(address, goneSince);
    // The log may be ahead of the list: the alert may have moved on just now.
    if (!summary || !this.alerts.reads(summary, prisons)) throw new NoSuchAlert(alertId);
    const rule = this.rules.rule(summary.rule);
    const evidence = await this.eventsOf(aboutOf(summary), ids);
    const isHeld = goneSince === Infinity;
    const [present = summary] = isHeld ? await this.reasons.in([summary]) : [];
    const ofRule = { ruleName: rule?.name, ruleSource: rule?.source, ruleBecause: rule?.because };
    const assigneeKnown = present.assignedTo === undefined ? undefined : await this.users?.knows(present.assignedTo);
    const isKeyWorkers = summary.subject?.kind === 'key-worker';
    const prisonNumbers = isKeyWorkers ? this.caseloads?.peopleOf(aboutOf(summary)) : undefined;
    const theirs = prisonNumbers && { prisonNumbers: [...prisonNumbers].sort() };
    const detail = { ...present, ...theirs, ...ofRule, why, evidence, assigneeKnown, history };
    return isHeld ? detail : withTheirEvidence(detail, prisons);
  }

  private async eventsOf(about: string, ids: readonly string[]): Promise<Json[]> {
    const found = new Map((await this.evidence.eventsOf(about, ids)).map((event) => [event['id'], event]));
    return ids.map((id) => found.get(id) ?? { id });
  }
}

const withTheirEvidence = (detail: AlertDetail, prisons: Prisons): AlertDetail => ({
  ...detail,
  evidence: detail.evidence.map((event) => (prisons.has(String(event['prisonId'])) ? event : { id: event['id'] })),
});
