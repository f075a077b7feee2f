import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Seals, SEALS } from '../../personal-data/seals.js';
import { EVENT_STORE, type EventStore, type Json, type Position, type RecordedEvent } from '../../store/event-store.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { type AlertSummary, summarise } from './alert-summary.js';
import type { Plain } from '../alert/plain.js';
import { type SafetyAlertEvent, type Transition, TRANSITIONS } from '../alert/safety-alert-events.js';
import type { EpisodeAddress } from '../alert/safety-alerts.js';
import { fromStored, withNoteOpened } from '../alert/stored-safety-alert-event.js';

/** Who did what, when and why. Further members by transition: severity, reason, outcome, reasonCode, note, to, until … */
export class AlertHistoryEntryBody {
  @ApiProperty() readonly transition!: Transition;
  @ApiProperty({ format: 'date-time', description: 'When it happened; for a missed deadline, when it was due' })
  readonly at!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was written' }) readonly recordedAt!: string;
  @ApiProperty({ description: 'User name, or custody-watch where the log decided' }) readonly by!: string;
  @ApiProperty({ description: 'In the log' }) readonly position!: Position;
}

export type AlertHistoryEntry = Plain<AlertHistoryEntryBody>;

/** All that the log tells of one alert. */
export interface ToldAlert {
  /** Nothing where the log has no such alert. */
  readonly summary: AlertSummary | undefined;
  /** The tree behind it, at the severity shown. */
  readonly why: Json;
  /** Ids of the custody events that it rests on. */
  readonly evidence: readonly string[];
  readonly history: readonly AlertHistoryEntry[];
}

/** The alerts as their streams tell them, notes opened. */
@Injectable()
export class AlertHistories {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(SEALS) private readonly seals: Seals,
  ) {}

  /** @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
  async of({ stream, episode }: EpisodeAddress): Promise<ToldAlert> {
    let summary: AlertSummary | undefined;
    let why: Json = {};
    const evidence = new Set<string>();
    const history: AlertHistoryEntry[] = [];
    for await (const recorded of this.store.readStream(this.prefix + stream)) {
      const event = fromStored(recorded);
      if (event.data.episode !== episode) continue;
      summary = summarise(summary, event, { ...recorded, stream });
      if (event.type === 'SafetyAlertRaised' || event.type === 'SafetyAlertEscalated') why = event.data.why;
      evidenceOf(event).forEach((id) => evidence.add(id));
      const opened = await withNoteOpened(recorded, summary?.prisonNumber ?? '', this.seals);
      history.push(...entryOf(fromStored(opened), recorded));
    }
    return { summary, why, evidence: [...evidence], history };
  }
}

/**
 * What those may see who have not held the person since an instant (milliseconds since 1970-01-01T00:00:00Z): only notes
 * come after the end of an alert.
 */
export const before = (history: readonly AlertHistoryEntry[], goneSince: number): AlertHistoryEntry[] =>
  history.filter(({ transition, recordedAt }) => transition !== 'noted' || Date.parse(recordedAt) < goneSince);

/** What the alert rests on; not what ended it. */
const evidenceOf = ({ type, data }: SafetyAlertEvent): readonly string[] =>
  type === 'SafetyAlertRaised' || type === 'SafetyAlertEscalated' || type === 'SafetyAlertRepeated'
    ? data.evidence
    : [];

/** Every member of the event but the bulky and the internal ones. */
function entryOf(event: SafetyAlertEvent, { metadata, position }: RecordedEvent): AlertHistoryEntry[] {
  const transition = TRANSITIONS[event.type];
  if (transition === null) return [];
  const members = Object.entries(event.data).filter(([member]) => !['why', 'alertId', 'episode'].includes(member));
  const by = 'by' in event.data ? event.data.by : 'custody-watch';
  const recordedAt = String(metadata['recordedAt']);
  return [{ ...Object.fromEntries(members), transition, at: event.data.at, recordedAt, by, position }];
}
