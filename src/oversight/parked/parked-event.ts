import type { AlertSubject } from '../../prison/alert-subject.js';
import { ApiProperty } from '@nestjs/swagger';
import { PENDING_STREAMS, TELLING_STREAMS } from '../../custody/streams.js';
import { HANDOVER_STREAMS } from '../../handover/stored-handover-event.js';
import { toIso } from '../../prison/instant.js';
import { isPrisonNumber } from '../../prison/prison-number.js';
import { ALERT_STREAMS } from '../../safety-alerts/alert/alert-ids.js';
import { DROP_REASONS, type DroppedEvent, type DropReason } from '../../store/dropped/dropped-events.js';
import type { RecordedEvent } from '../../store/event-store.js';

/** What an event of the log is about. */
const EVENT_KINDS = ['custody-event', 'pending-event', 'import', 'safety-alert', 'handover'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** By how the name of its stream begins, without the prefix of the service. */
const KIND_OF_STREAM: Readonly<Record<string, EventKind>> = {
  'person-': 'custody-event',
  'staff-': 'custody-event',
  'feed-': 'custody-event',
  [PENDING_STREAMS]: 'pending-event',
  [TELLING_STREAMS]: 'import',
  [ALERT_STREAMS]: 'safety-alert',
  [HANDOVER_STREAMS]: 'handover',
};

/** What the events of a stream, named without prefix, are about; nothing for streams that nobody reads for others. */
export const kindOf = (stream: string): EventKind | undefined =>
  Object.entries(KIND_OF_STREAM).find(([begins]) => stream.startsWith(begins))?.[1];

/** The person whose stream it is, by its name without prefix; nothing for others. */
export const personOfStream = (stream: string): string | undefined => {
  const [, number = ''] = /^(?:person|pending)-(.*)$/.exec(stream) ?? [];
  return isPrisonNumber(number) ? number : undefined;
};

/** The prison whose hand-overs a stream holds, by its name without prefix; nothing for others. */
export const prisonOfStream = (stream: string): string | undefined =>
  stream.startsWith(HANDOVER_STREAMS) ? stream.slice(HANDOVER_STREAMS.length) : undefined;

/** Who dropped an event, when, and why. */
class DropBody {
  @ApiProperty({ enum: DROP_REASONS }) readonly because!: DropReason;
  @ApiProperty({ description: 'User name' }) readonly by!: string;
  @ApiProperty({ format: 'date-time' }) readonly at!: string;
}

/** An event of the log that is set aside. What it says is not shown. */
export class ParkedEventBody {
  @ApiProperty({ description: 'In the log' }) readonly position!: string;
  @ApiProperty({ enum: EVENT_KINDS }) readonly kind!: EventKind;
  @ApiProperty({ type: String, nullable: true, example: 'SelfHarmReported', description: 'As it was written' })
  readonly type!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'A1234BC',
    description: 'Whom it is about, where that is known, and one of your prisons holds them',
  })
  readonly prisonNumber!: string | null;
  @ApiProperty({ example: 'UNREADABLE_CUSTODY_EVENT', description: 'Why it cannot be read' }) readonly reason!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the log learned of it' })
  readonly knownAt!: string | null;
  @ApiProperty({ type: DropBody, nullable: true, description: 'Where somebody has dropped it' })
  readonly dropped!: DropBody | null;
  @ApiProperty({ description: 'Whether you may drop it, or have it read again' }) readonly mayDecide!: boolean;
}

/** An event that cannot be read, as it is told. */
export interface UnreadLogEvent {
  readonly recorded: RecordedEvent;
  /** Without prefix. */
  readonly stream: string;
  readonly reason: string;
  readonly prisonNumber?: string | undefined;
  /** Of an alert that is about no person. */
  readonly subject?: AlertSubject;
  readonly dropped?: DroppedEvent | undefined;
}

/** @param mayDecide whether the reader may see whom it is about, and decide on it */
export const asTold = (
  { recorded, stream, reason, prisonNumber = personOfStream(stream), dropped }: UnreadLogEvent,
  mayDecide: boolean,
): ParkedEventBody => {
  const { position, type, metadata } = recorded;
  const knownAt = Date.parse(String(metadata['knownAt']));
  return {
    position,
    kind: kindOf(stream) ?? 'custody-event',
    // Whoever else wrote it may have written anything.
    type: /^[A-Za-z]{1,60}$/.test(type) ? type : null,
    prisonNumber: mayDecide ? (prisonNumber ?? null) : null,
    reason,
    knownAt: Number.isNaN(knownAt) ? null : toIso(knownAt),
    dropped: dropped ? { because: dropped.because, by: dropped.by, at: toIso(dropped.at) } : null,
    mayDecide,
  };
};
