import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { OutsideYourPrisons } from '../access/errors.js';
import { hold, HOLDERS, type Holders } from '../access/holders.js';
import { ALL_PRISONS, type Prisons } from '../access/prisons.js';
import { asSent } from '../custody/custody-event.js';
import { People } from '../custody/people/people.js';
import { PeopleProjection } from '../custody/people/people-projection.js';
import { PendingLog } from '../custody/pending/pending-log.js';
import { NOT_YET_HERE } from '../custody/recording-result.js';
import { PersonStreams, type StreamEntry } from '../custody/person-streams.js';
import { Sealing } from '../custody/sealing.js';
import { openedFromLog } from '../custody/stored-custody-event.js';
import { ReadNotesNaming } from '../handover/read-notes-naming.js';
import { AlertIndex } from '../safety-alerts/list/alert-index.js';
import { LONGEST_WAIT } from '../store/projection.js';
import { type AlertDetail, ReadAlert } from '../safety-alerts/list/read-alert.js';
import type { Json } from '../store/event-store.js';

/** Milliseconds since 1970-01-01T00:00:00Z, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is held about a person, as they may see it. */
export interface SubjectAccessContent {
  readonly prisonNumber: string;
  /** Numbers whose records were merged into this one; what is held under them is included. */
  readonly formerPrisonNumbers: readonly string[];
  /** As they were sent; `(erased)` in place of what was erased, and `pending` where one does not count yet. */
  readonly custodyEvents: readonly Json[];
  /** What was raised, why, and what staff did. */
  readonly safetyAlerts: readonly Json[];
  /** That name the person by prison number. They may name others too. */
  readonly handoverNotes: readonly Json[];
}

/**
 * Gathers what is held about a person. The record of who saw whom is not part of it: by s.62 of the Data Protection Act
 * 2018 it may be used to check that processing is lawful, and for little else.
 */
@Injectable()
export class SubjectAccess {
  constructor(
    private readonly people: People,
    private readonly projection: PeopleProjection,
    private readonly streams: PersonStreams,
    private readonly pending: PendingLog,
    private readonly sealing: Sealing,
    private readonly alerts: AlertIndex,
    private readonly queries: QueryBus,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  /**
   * By any number that is or was the person's. Nothing, where nothing is held.
   * @throws OutsideYourPrisons, BrokenSeal, StoreUnavailable, StoreUnreadable
   */
  async contentOf(prisonNumber: string, prisons: Prisons, span: Span): Promise<SubjectAccessContent | undefined> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    await this.holders.readable();
    // Not as if nothing were held: whoever gathers what is held would then leave it out.
    if (!hold(prisons, prisonNumber, this.holders)) throw new OutsideYourPrisons();
    const { kept, own: numbers } = this.people.groupOf(prisonNumber);
    const custodyEvents: Json[] = [];
    for (const entry of await this.streams.entriesUnder(numbers)) {
      if (entry.kind !== 'erasure' && lies(entry.recorded.metadata['occurredAt'], span))
        custodyEvents.push(await this.opened(entry));
    }
    custodyEvents.push(...(await this.pendingOf(numbers, span)));
    const safetyAlerts = await this.alertsOf(numbers, span);
    const handoverNotes = await this.notesNaming(numbers, span);
    if (custodyEvents.length + safetyAlerts.length + handoverNotes.length === 0) return undefined;
    const formerPrisonNumbers = numbers.slice(1);
    custodyEvents.sort(byOccurrence);
    return { prisonNumber: kept, formerPrisonNumbers, custodyEvents, safetyAlerts, handoverNotes };
  }

  /** What this version cannot read is told of all the same. */
  private async opened({ kind, recorded }: StreamEntry): Promise<Json> {
    const { id, type, metadata } = recorded;
    if (kind === 'unreadable') return { id, type, occurredAt: metadata['occurredAt'], unreadable: true };
    return asSent((await openedFromLog(recorded, this.sealing)).event);
  }

  /** What a prison told while another held the person; `pending` where it may still count. */
  private async pendingOf(numbers: readonly string[], span: Span): Promise<Json[]> {
    const found: Json[] = [];
    for (const number of numbers) {
      const pending = await this.pending.of(number);
      for (const { recorded, event } of pending.outside) {
        if (!lies(event.occurredAt, span)) continue;
        const { event: opened } = await openedFromLog(recorded, this.sealing);
        found.push({ ...asSent(opened), ...(pending.waits(event.id) && { pending: NOT_YET_HERE }) });
      }
    }
    return found;
  }

  private async alertsOf(numbers: readonly string[], span: Span): Promise<Json[]> {
    const found: Json[] = [];
    for (const { id } of numbers.flatMap((number) => this.alerts.ofPerson(number))) {
      const alert = asDisclosed(await this.queries.execute(new ReadAlert(id, ALL_PRISONS)), span);
      if (alert) found.push(alert);
    }
    return found;
  }

  private async notesNaming(numbers: readonly string[], span: Span): Promise<Json[]> {
    const notes = await this.queries.execute(new ReadNotesNaming(numbers));
    return notes.filter(({ at }) => lies(at, span)).map(({ prisonId, at, by, note }) => ({ prisonId, at, by, note }));
  }
}

const lies = (at: unknown, { start, end }: Span): boolean => {
  const instant = Date.parse(String(at));
  return instant >= start && instant < end;
};

const byOccurrence = (a: Json, b: Json): number =>
  Date.parse(String(a['occurredAt'])) - Date.parse(String(b['occurredAt']));

/** The events that it rests on are told among the custody events. Nothing where nothing happened to it in the span. */
const asDisclosed = (alert: AlertDetail, span: Span): Json | undefined => {
  const { id, prisonNumber, prisonId, rule, ruleName, severity, state, raisedAt, reason } = alert;
  const history = alert.history.filter(({ at }) => lies(at, span));
  if (history.length === 0) return undefined;
  const evidence = alert.evidence.map((event) => event['id']);
  return { id, prisonNumber, prisonId, rule, ruleName, severity, state, raisedAt, reason, evidence, history };
};
