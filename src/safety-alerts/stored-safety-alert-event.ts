import type { Json, NewEvent, RecordedEvent } from '../store/event-store.js';
import { alertEventIdOf, alertIdOf } from './alert-ids.js';
import { UnknownAlertEvent } from './errors.js';
import { type SafetyAlertEvent, type SafetyAlertEventType, TRANSITIONS } from './safety-alert-events.js';

/**
 * As it goes into the log, at a revision of its stream (name without prefix). `recordedAt` is the writer's instant; it is
 * known from its own instant on, so that it never moves log time.
 */
export function toStored(event: SafetyAlertEvent, stream: string, revision: number, recordedAt: string): NewEvent {
  const alertId = alertIdOf(stream, event.data.episode);
  return {
    id: alertEventIdOf(alertId, event.type, revision),
    type: event.type,
    data: { alertId, ...event.data },
    metadata: { schema: 1, occurredAt: event.data.at, recordedAt, knownAt: event.data.at },
  };
}

/** As it comes out of the log. @throws UnknownAlertEvent for a type that is not of this room */
export function fromStored({
  type,
  data,
  position,
}: Pick<RecordedEvent, 'type' | 'data' | 'position'>): SafetyAlertEvent {
  if (!isKnown(type)) throw new UnknownAlertEvent(type, position);
  return typed(type, data);
}

/** Whether this version knows events of this type. */
export const isKnown = (type: string): type is SafetyAlertEventType => Object.hasOwn(TRANSITIONS, type);

/** Only {@link toStored} writes these streams, so type and data belong together. */
const typed = (type: SafetyAlertEventType, data: Json): SafetyAlertEvent =>
  ({ type, data }) as unknown as SafetyAlertEvent;
