import { aboutOf } from '../../prison/alert-subject.js';
import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Seals, SEALS } from '../../personal-data/seals.js';
import { EVENT_STORE, type EventStore, type Json, type Position, type RecordedEvent } from '../../store/event-store.js';
import { unlessUnreadable } from '../../store/unreadable-event.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import type { Plain } from '../alert/plain.js';
import { type SafetyAlertEvent, type AlertTransition, mayBeOfNext, TRANSITIONS } from '../alert/safety-alert-events.js';
import type { EpisodeAddress } from '../alert/safety-alerts.js';
import { Lapses } from '../alert/terms.js';
import { fromStored, withNoteOpened } from '../alert/stored-safety-alert-event.js';
import { AlertIndex } from './alert-index.js';
import { type AlertSummary, noLongerTrue, summarise } from './alert-summary.js';

/** Who did what, when and why. Further members by transition: severity, reason, outcome, reasonCode, note, to, until … */
export class AlertHistoryEntryBody {
  @ApiProperty() readonly transition!: AlertTransition;
  @ApiProperty({ format: 'date-time', description: 'When it happened; for a missed deadline, when it was due' })
  readonly at!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was written' }) readonly recordedAt!: string;
  @ApiProperty({ description: 'User name, or custody-watch where the log decided' }) readonly by!: string;
  @ApiProperty({ description: 'In the log' }) readonly position!: Position;
}

export type AlertHistoryEntry = Plain<AlertHistoryEntryBody>;

/** What the watch or a person did to one safety alert. */
export interface AlertStep {
  readonly entry: AlertHistoryEntry;
  /** What the entry says of this step alone: severity, reason, outcome, reasonCode, note, to, until, useful, prisonId. */
  readonly more: Json;
  /** The alert after it. */
  readonly alert: AlertSummary;
}

/** Everything that the log holds about one alert. */
export interface AlertHistory {
  /** Nothing where the log has no such alert. */
  readonly summary: AlertSummary | undefined;
  /** The tree behind it, for the severity shown. */
  readonly why: Json;
  /** Ids of the custody events that it rests on. */
  readonly evidence: readonly string[];
  readonly history: readonly AlertHistoryEntry[];
}

interface HistoryEvent {
  readonly event: SafetyAlertEvent;
  /** When it was written: milliseconds since 1970-01-01T00:00:00Z. */
  readonly writtenAt: number;
  readonly alert: AlertSummary;
  readonly entry: AlertHistoryEntry | undefined;
}

/** The alerts as their streams tell them, notes opened. */
@Injectable()
export class AlertHistories {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(SEALS) private readonly seals: Seals,
    private readonly alerts: AlertIndex,
    private readonly lapses: Lapses,
  ) {}

  /**
   * @param goneSince milliseconds since 1970-01-01T00:00:00Z: for a prison that lost the person then, the alert as it stood
   * when another prison began to work it
   * @throws BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async of({ stream, episode }: EpisodeAddress, goneSince = Infinity): Promise<AlertHistory> {
    let summary: AlertSummary | undefined;
    let isOfNext = false;
    let why: Json = {};
    const evidence = new Set<string>();
    const history: AlertHistoryEntry[] = [];
    for await (const { event, alert, entry, writtenAt } of this.tell(stream, episode)) {
      isOfNext ||= event.data.episode === episode && writtenAt >= goneSince && mayBeOfNext(event);
      if (isOfNext) continue;
      if (event.data.episode === episode) summary = alert;
      else if (event.type === 'SafetyAlertRaised' && summary) summary = noLongerTrue(summary);
      if (event.data.episode !== episode) continue;
      if (event.type === 'SafetyAlertRaised' || event.type === 'SafetyAlertEscalated') why = event.data.why;
      evidenceOf(event).forEach((id) => evidence.add(id));
      if (entry) history.push(entry);
    }
    return { summary, why, evidence: [...evidence], history };
  }

  /**
   * Every step of every alert about a person, under any number of theirs, in the order of the instants they count from.
   * @throws BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async ofPeople(prisonNumbers: readonly string[]): Promise<AlertStep[]> {
    const alerts = prisonNumbers.flatMap((prisonNumber) => this.alerts.ofPerson(prisonNumber));
    const streams = new Set(alerts.map(({ id }) => this.alerts.addressOf(id).stream));
    const steps = await Promise.all([...streams].map((stream) => this.stepsIn(stream)));
    return steps.flat().sort((a, b) => Date.parse(a.entry.at) - Date.parse(b.entry.at));
  }

  private async stepsIn(stream: string): Promise<AlertStep[]> {
    const steps: AlertStep[] = [];
    for await (const { alert, entry } of this.tell(stream)) {
      if (entry) steps.push({ entry, more: without({ ...entry }, [...OF_A_STEP, ...OF_THE_ALERT]), alert });
    }
    return steps;
  }

  /**
   * The events of a stream, each with the alert after it; entries of one episode, or of all. Health tells what this
   * version cannot read.
   */
  private async *tell(stream: string, episode?: number): AsyncIterable<HistoryEvent> {
    let alert: AlertSummary | undefined;
    for await (const recorded of this.store.readStream(this.prefix + stream)) {
      const event = unlessUnreadable(() => fromStored(recorded));
      if (!event) continue;
      alert = summarise(alert, event, { ...recorded, stream, lapses: this.lapses });
      if (!alert) continue;
      const isMeant = episode === undefined || event.data.episode === episode;
      const writtenAt = Date.parse(String(recorded.metadata['recordedAt']));
      yield { event, writtenAt, alert, entry: isMeant ? await this.entryOf(recorded, aboutOf(alert)) : undefined };
    }
  }

  private async entryOf(recorded: RecordedEvent, about: string): Promise<AlertHistoryEntry | undefined> {
    return entryOf(fromStored(await withNoteOpened(recorded, about, this.seals)), recorded);
  }
}

/** The events that the alert rests on, not those that ended it. */
const evidenceOf = ({ type, data }: SafetyAlertEvent): readonly string[] =>
  type === 'SafetyAlertRaised' || type === 'SafetyAlertEscalated' || type === 'SafetyAlertRepeated'
    ? data.evidence
    : [];

/** Bulky, or internal. */
const NOT_TOLD = ['why', 'alertId', 'episode'];

/** Members that every step has of its own. */
const OF_A_STEP = ['transition', 'at', 'recordedAt', 'by', 'position'];

/** Members that the alert after it says too, or that only a reader of the log asks for. */
const OF_THE_ALERT = ['evidence', 'decidedOn', 'rule', 'prisonNumber', 'after'];

const without = (members: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));

/** The entry for an event of an alert; nothing where there is nothing to show. */
function entryOf(event: SafetyAlertEvent, { metadata, position }: RecordedEvent): AlertHistoryEntry | undefined {
  const transition = TRANSITIONS[event.type];
  if (transition === null) return undefined;
  const by = 'by' in event.data ? event.data.by : 'custody-watch';
  const recordedAt = String(metadata['recordedAt']);
  return { ...without({ ...event.data }, NOT_TOLD), transition, at: event.data.at, recordedAt, by, position };
}
