import { aboutOf } from '../../prison/alert-subject.js';
import { type Observable, Subject } from 'rxjs';
import type { Json, Position, RecordedEvent } from '../../store/event-store.js';
import type { Snapshot } from '../../store/snapshot-store.js';
import { Waterline } from '../../store/waterline.js';
import { alertIdOf } from '../alert/alert-ids.js';
import { AlertFigures, type FiguresMemory } from '../figures/alert-figures.js';
import { type AlertSummary, isOpenState, noLongerTrue, summarise, type SummarySource } from './alert-summary.js';
import { NoSuchAlert } from '../alert/errors.js';
import { OpenFigures } from '../figures/open-figures.js';
import {
  type EventData,
  type SafetyAlertEvent,
  type AlertTransition,
  mayBeOfNext,
  TRANSITIONS,
} from '../alert/safety-alert-events.js';
import type { ComparePositions } from '../alert/safety-alert-state.js';
import type { EpisodeAddress } from '../alert/safety-alerts.js';
import { Lapses } from '../alert/terms.js';
import { fromStored } from '../alert/stored-safety-alert-event.js';
import { WeeklyFigures, type WeeksMemory } from '../figures/weekly-figures.js';

/** What has just become visible here. */
export interface VisibleChange {
  readonly alertId: string;
  /** Null where only what the alert is about has ended. */
  readonly kind: AlertTransition | null;
  readonly position: Position;
}

interface IndexEntry extends EpisodeAddress {
  readonly summary: AlertSummary;
  /** When its last transition was written: ISO, UTC. */
  readonly writtenAt: string;
  /** As it stood before each move, and before each thing that people did to it once it was closed. */
  readonly earlier?: readonly EarlierSummary[];
}

interface EarlierSummary {
  readonly summary: AlertSummary;
  /** When what came next was written: ISO, UTC. */
  readonly until: string;
}

/** What is counted besides the alerts, to be written down. */
interface Totals {
  readonly figures: FiguresMemory;
  readonly weeks: WeeksMemory;
}

/**
 * Every safety alert, open and closed, as the log tells it: local, in memory, rebuilt at each start. Holds summaries
 * only; the tree behind an alert stays in its stream.
 */
export class AlertIndex {
  /** With the position, names what this model holds; a new version is rebuilt from the start. */
  static readonly PROJECTION = 'open-alerts';
  private static readonly VERSION = 5;

  /** How far the log has been read. */
  readonly read: Waterline;
  readonly figures = new AlertFigures();
  readonly weeks = new WeeklyFigures();
  readonly openFigures = new OpenFigures();
  private readonly entries = new Map<string, IndexEntry>();
  private readonly openAlerts = new Map<string, AlertSummary>();
  private readonly idsOf = new Map<string, Set<string>>();
  private readonly changes = new Subject<VisibleChange>();

  /** Streams are named with the service's prefix; positions compare as the store says. */
  constructor(
    private readonly prefix: string,
    compare: ComparePositions,
    private readonly lapses = new Lapses(),
  ) {
    this.read = new Waterline(compare);
  }

  /** Takes in the next event of an alert stream, in log order. @throws UnknownAlertEvent, and stands as it was */
  apply(recorded: RecordedEvent): void {
    const event = fromStored(recorded);
    const stream = recorded.stream.slice(this.prefix.length);
    const id = alertIdOf(stream, event.data.episode);
    const before = this.entries.get(id)?.summary;
    const source = { ...recorded, stream, lapses: this.lapses };
    const summary = summarise(before, event, source);
    if (summary) this.take(event, summary, source);
    if (event.type === 'SafetyAlertRaised') this.supersede(event.data, stream);
    this.read.rise(recorded.position);
    this.changes.next({ alertId: id, kind: TRANSITIONS[event.type], position: recorded.position });
  }

  /** Names what this model holds and by which terms. Under another name it is rebuilt from the start. */
  get version(): string {
    return `${AlertIndex.VERSION} ${this.lapses.version}`;
  }

  /** Each change as it becomes visible here, replays of the past included. */
  get onChange(): Observable<VisibleChange> {
    return this.changes.asObservable();
  }

  /**
   * Whom the alerts of a stream (named without prefix) are about: a prison number, or the text that names a key worker;
   * nothing while none is known here.
   */
  aboutOf = (stream: string): string | undefined => {
    const found = [...this.entries.values()].find((entry) => entry.stream === stream);
    return found && aboutOf(found.summary);
  };

  has = (id: string): boolean => this.entries.has(id);

  /** @throws NoSuchAlert */
  get(id: string): AlertSummary {
    return this.entryOf(id).summary;
  }

  /** Whether there is more to be seen of it than how it stands now. @throws NoSuchAlert */
  hasEarlier(id: string): boolean {
    return this.entryOf(id).earlier !== undefined;
  }

  /** As it stood when a prison lost the person, at an instant in milliseconds since 1970. @throws NoSuchAlert */
  asLeft(id: string, instant: number): AlertSummary {
    const { summary, earlier = [] } = this.entryOf(id);
    return earlier.find(({ until }) => Date.parse(until) >= instant)?.summary ?? summary;
  }

  /** Where to send what a person does with this alert. @throws NoSuchAlert */
  addressOf(id: string): EpisodeAddress {
    const { stream, episode } = this.entryOf(id);
    return { stream, episode };
  }

  all = (): AlertSummary[] => [...this.entries.values()].map(({ summary }) => summary);
  open = (): AlertSummary[] => [...this.openAlerts.values()];
  /** Those to which anything was written at an instant (ISO, UTC) or later. */
  writtenSince = (instant: string): AlertSummary[] =>
    [...this.entries.values()].filter(({ writtenAt }) => writtenAt >= instant).map(({ summary }) => summary);
  /** Of a person, by their prison number as in docs/events.md; or of a key worker, by the text that names them. */
  ofPerson = (about: string): AlertSummary[] => [...(this.idsOf.get(about) ?? [])].map((id) => this.get(id));

  /** Everything, to be written down; the figures come first. */
  *memory(): Iterable<Json> {
    yield { figures: this.figures.memory, weeks: this.weeks.memory } satisfies Totals;
    for (const entry of this.entries.values()) yield { ...entry };
  }

  /** Takes up what was written down, as if the log had been read up to there; nobody is told of it. */
  recall({ upTo, parts }: Snapshot): void {
    const [totals, ...entries] = parts as Iterable<unknown>;
    const { figures, weeks } = totals as Totals;
    this.figures.recall(figures);
    this.weeks.recall(weeks);
    for (const entry of entries) this.keep(entry as IndexEntry);
    this.read.rise(upTo.position);
  }

  private take(event: SafetyAlertEvent, summary: AlertSummary, { stream, metadata }: SummarySource): void {
    const before = this.entries.get(summary.id);
    const recordedAt = String(metadata['recordedAt']);
    const writtenAt = TRANSITIONS[event.type] === null ? (before?.writtenAt ?? recordedAt) : recordedAt;
    const isLeft =
      before && mayBeOfNext(event) && (event.type === 'SafetyAlertMoved' || !isOpenState(before.summary.state));
    const earlier = isLeft
      ? [...(before.earlier ?? []), { summary: before.summary, until: recordedAt }]
      : before?.earlier;
    this.keep({ stream, episode: event.data.episode, summary, writtenAt, ...(earlier && { earlier }) });
    this.figures.record(event, before?.summary, summary);
    this.weeks.record(event, before?.summary, summary);
  }

  /** The one before it was closed by hand; now this newer alert is about the same. */
  private supersede({ after }: EventData<'SafetyAlertRaised'>, stream: string): void {
    const before = after === undefined ? undefined : this.entries.get(alertIdOf(stream, after));
    if (before) this.keep({ ...before, summary: noLongerTrue(before.summary) });
  }

  private keep(entry: IndexEntry): void {
    const { id, state } = entry.summary;
    const about = aboutOf(entry.summary);
    this.openFigures.change(this.entries.get(id)?.summary, entry.summary);
    this.entries.set(id, entry);
    if (isOpenState(state)) this.openAlerts.set(id, entry.summary);
    else this.openAlerts.delete(id);
    const theirs = this.idsOf.get(about) ?? new Set();
    this.idsOf.set(about, theirs.add(id));
  }

  private entryOf(id: string): IndexEntry {
    const entry = this.entries.get(id);
    if (!entry) throw new NoSuchAlert(id);
    return entry;
  }
}
