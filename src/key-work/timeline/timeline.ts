import { type Instant, toIso } from '../../prison/instant.js';
import { nameOf } from '../../kernel/say/say-events.js';
import type { AlertStep } from '../../safety-alerts/list/alert-histories.js';
import type { Json } from '../../store/event-store.js';
import type { RecordEntry, PersonRecord } from '../person-record.js';

/** Something that happened to the person. */
export interface HappenedEntry {
  readonly kind: 'custody-event';
  /** When it happened, as the source wrote it. */
  readonly occurredAt: string;
  /** When the source recorded it, as it wrote that. */
  readonly recordedAt: string;
  /** When this log learned of it: ISO in UTC. */
  readonly knownAt: string;
  readonly id: string;
  readonly type: string;
  /** In the words that staff use. */
  readonly what: string;
  readonly prisonId: string;
  readonly data: Json;
  /** Counts as if it had never happened. */
  readonly withdrawn: boolean;
  /** Rests on a charge that was quashed. */
  readonly quashed: boolean;
}

/** What became of a safety alert. */
export interface AlertEntry {
  readonly kind: 'safety-alert';
  /** The instant that it counts from; for a missed deadline, when it was due. ISO in UTC. */
  readonly occurredAt: string;
  /** When it was written: ISO in UTC. */
  readonly recordedAt: string;
  readonly id: string;
  readonly rule: string;
  readonly transition: AlertStep['entry']['transition'];
  readonly prisonId: string;
  readonly severity: string;
  readonly by: string;
  readonly data: Json;
}

export interface PersonTimeline {
  readonly prisonNumber: string;
  /** What was known then; null: what is known now. */
  readonly asAt: string | null;
  /** How many records this version cannot read: they are missing here. */
  readonly unreadable: number;
  readonly entries: readonly (HappenedEntry | AlertEntry)[];
}

/** Everything in the order it happened; at one instant what happened comes before what it led to. */
export const tellTimeline = (
  record: PersonRecord,
  steps: readonly AlertStep[],
  asAt: Instant | undefined,
): PersonTimeline => ({
  prisonNumber: record.prisonNumber,
  asAt: asAt === undefined ? null : toIso(asAt),
  unreadable: record.unreadable,
  entries: [
    ...record.entries.map((entry) => ({ at: entry.occurrence.at, shown: happened(entry) })),
    ...steps.map((step) => ({ at: Date.parse(step.entry.at), shown: became(step) })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ shown }) => shown),
});

const happened = ({ event, occurrence, knownAt, withdrawal, quashed }: RecordEntry): HappenedEntry => ({
  kind: 'custody-event',
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  knownAt: toIso(knownAt),
  id: event.id,
  type: event.type,
  what: nameOf(occurrence),
  prisonId: event.prisonId,
  data: event.data,
  withdrawn: withdrawal !== undefined,
  quashed,
});

const became = ({ entry: { at, recordedAt, transition, by }, more, alert }: AlertStep): AlertEntry => ({
  kind: 'safety-alert',
  occurredAt: at,
  recordedAt,
  id: alert.id,
  rule: alert.rule,
  transition,
  prisonId: alert.prisonId,
  severity: alert.severity,
  by,
  data: more,
});
