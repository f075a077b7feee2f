import { toIso } from '../../prison/instant.js';
import { nameOf } from '../../kernel/say/say-events.js';
import type { AlertStep } from '../../safety-alerts/list/alert-histories.js';
import type { Json } from '../../store/event-store.js';
import { type ToldFormerNumber, toldFormerNumbers } from '../former-numbers.js';
import { type Remark, remarksOn } from '../../custody/whereabouts/remarks.js';
import { takeoversIn } from '../../custody/whereabouts/stays.js';
import { type AsAt, type RecordEntry, type PersonRecord, stands } from '../person-record.js';

/** Something that happened to the person. */
export interface HappenedEntry {
  readonly kind: 'custody-event';
  /** When it happened, as the source wrote it. */
  readonly occurredAt: string;
  /** When the source recorded it, as it wrote that. */
  readonly recordedAt: string;
  /** When it counted as known here: ISO in UTC. */
  readonly knownAt: string;
  /** When this log came to hold it; for imported history later than it counted as known. ISO in UTC. */
  readonly heldAt: string;
  /** The number under which it was told. */
  readonly prisonNumber: string;
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
  /** Another telling of the same record stands for it. */
  readonly replaced: boolean;
  /** Of an arrival: the prison that held the person then, where no departure from it has been told. */
  readonly takesOverFrom?: string;
  /** What it says of where the person was beyond what stands in it. */
  readonly remark?: Remark;
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
  /** The number that was kept, whichever was asked for. */
  readonly prisonNumber: string;
  /** Numbers that were merged into it; what was told under them is in it. */
  readonly formerNumbers: readonly ToldFormerNumber[];
  /** What was known then; null: what is known now. */
  readonly asAt: string | null;
  /** Of what `asAt` is asked; null: what counted as known here. */
  readonly asAtOf: 'known' | 'held' | null;
  /** How many records this version cannot read: they are missing here. */
  readonly unreadable: number;
  readonly entries: readonly (HappenedEntry | AlertEntry)[];
}

/** Everything in the order it happened; at one instant what happened comes before what it led to. */
export const tellTimeline = (
  record: PersonRecord,
  steps: readonly AlertStep[],
  asAt: AsAt | undefined,
): PersonTimeline => ({
  prisonNumber: record.prisonNumber,
  formerNumbers: toldFormerNumbers(record),
  asAt: asAt === undefined ? null : toIso(asAt.instant),
  asAtOf: asAt?.of ?? null,
  unreadable: record.unreadable,
  entries: [
    ...happenedIn(record),
    ...steps.filter((step) => isIn(step, asAt)).map((step) => ({ at: Date.parse(step.entry.at), shown: became(step) })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ shown }) => shown),
});

const happenedIn = ({ entries }: PersonRecord) => {
  const events = entries.filter(stands).map(({ occurrence }) => occurrence);
  const [takeovers, remarks] = [takeoversIn(events), remarksOn(events)];
  const takenOverFrom = new Map(takeovers.map(({ arrival, from }) => [arrival, from]));
  return entries.map((entry) => {
    const from = takenOverFrom.get(entry.event.id);
    const remark = stands(entry) ? remarks.get(entry.event.id) : undefined;
    return {
      at: entry.occurrence.at,
      shown: { ...happened(entry), ...(from !== undefined && { takesOverFrom: from }), ...(remark && { remark }) },
    };
  });
};

/** Whether a step is in time for what is asked: by the instant that it counts from, or by when it was written. */
const isIn = ({ entry }: AlertStep, asAt: AsAt | undefined): boolean =>
  asAt === undefined || Date.parse(asAt.of === 'held' ? entry.recordedAt : entry.at) <= asAt.instant;

const happened = ({
  event,
  occurrence,
  knownAt,
  heldAt,
  withdrawal,
  quashed,
  replaced,
}: RecordEntry): HappenedEntry => ({
  kind: 'custody-event',
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  knownAt: toIso(knownAt),
  heldAt: toIso(heldAt),
  prisonNumber: event.prisonNumber ?? '',
  id: event.id,
  type: event.type,
  what: nameOf(occurrence),
  prisonId: event.prisonId,
  data: event.data,
  withdrawn: withdrawal !== undefined,
  quashed,
  replaced,
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
