import type { NewEvent, RecordedEvent } from '../../store/event-store.js';
import { AlertChanged, type ChangeSince, CriticalMayNotSnooze, SafetyAlertError } from './errors.js';
import { type SafetyAlertEvent, TRANSITIONS } from './safety-alert-events.js';
import { fromStored } from './stored-safety-alert-event.js';

/** What somebody who acts on an alert had seen of it, and which request they carry out. */
export interface Intent {
  /** The revision of the alert that they had seen: where it has changed since, nothing is done. */
  readonly seenRevision?: number | undefined;
  /** A UUID: what was done for a request once is not done again, whatever happened in between. */
  readonly requestId?: string | undefined;
}

/** What has happened to one episode after somebody saw it who now acts on it. Hears the alert's stream from its start. */
export class LaterChanges {
  /** Whether this very request was carried out before. */
  carriedOut = false;
  private changes: ChangeSince[] = [];

  constructor(
    private readonly episode: number,
    private readonly intent: Intent,
  ) {}

  startOver(): void {
    this.carriedOut = false;
    this.changes = [];
  }

  hear(recorded: RecordedEvent): void {
    const { type, data } = fromStored(recorded);
    if (data.episode !== this.episode) return;
    const { seenRevision, requestId } = this.intent;
    this.carriedOut ||= requestId !== undefined && recorded.metadata['requestId'] === requestId;
    const transition = TRANSITIONS[type];
    if (transition === null || seenRevision === undefined || recorded.revision <= seenRevision) return;
    const by = 'by' in data ? data.by : 'custody-watch';
    this.changes.push({ transition, at: data.at, by, revision: recorded.revision });
  }

  /** What is decided, unless it rests on what is no longer so; what changes nothing may, what is refused as things stand may not. @throws AlertChanged */
  unlessChanged(decide: () => readonly SafetyAlertEvent[]): readonly SafetyAlertEvent[] {
    if (this.changes.length === 0) return decide();
    try {
      if (decide().length === 0) return [];
    } catch (error) {
      if (!(error instanceof SafetyAlertError) || error instanceof CriticalMayNotSnooze) throw error;
    }
    throw new AlertChanged(this.changes);
  }

  /** The event as it is stored, with the request that it was done for. */
  noted(event: NewEvent): NewEvent {
    const { requestId } = this.intent;
    return requestId === undefined ? event : { ...event, metadata: { ...event.metadata, requestId } };
  }
}
