import { randomUUID } from 'node:crypto';
import { LARGEST_APPEND } from '../append-size.js';
import { InvalidAppend, StoreUnreadable } from '../errors.js';
import type { NewEvent, RecordedEvent } from '../event-store.js';
import { eventTexts, type EventText, objectOrEmpty } from '../event-texts.js';
import { positionOf } from './positions.js';
import type { ProposedEvent, ServerEvent } from './server-client.js';

/** About what the server keeps beside the JSON of an event, in bytes. */
const PER_EVENT = 128;

/** The member of an event's metadata on the server that holds our id. */
const OUR_ID = 'eventId';

/**
 * The events as they are handed to the server. Our id goes into the metadata, and the server is given an id of this one attempt:
 * otherwise it would acknowledge an append that another instance made with the same ids and, perhaps, other content.
 * @throws InvalidAppend, before the client sees anything: what is no JSON would leave its call hanging
 */
export const proposals = (stream: string, events: readonly NewEvent[]): ProposedEvent[] => {
  const size = eventTexts(stream, events).reduce((sum, text) => sum + sizeOf(text), 0);
  if (size > LARGEST_APPEND)
    throw new InvalidAppend(
      `${stream}: ${events.length} events take ${size} bytes, and one append at most ${LARGEST_APPEND}. Send fewer at once.`,
    );
  return events.map(({ id, type, data, metadata }) => {
    if (OUR_ID in metadata) throw new InvalidAppend(`${stream}: event ${id}: metadata may hold no "${OUR_ID}".`);
    return { id: randomUUID(), type, data, metadata: { ...metadata, [OUR_ID]: id } };
  });
};

const sizeOf = ({ id, type, data, metadata }: EventText): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + Buffer.byteLength(type) + id.length + PER_EVENT;

/**
 * An event as any store gives it. What others wrote into our streams comes too, for the consumers to judge.
 * @throws StoreUnreadable from a server that is too old
 */
export const recorded = (event: ServerEvent): RecordedEvent => {
  if (!event.position)
    throw new StoreUnreadable('This event server tells no positions. Use EventStoreDB 23.10 or later.');
  const { [OUR_ID]: ours, ...metadata } = objectOrEmpty(event.metadata);
  return {
    id: typeof ours === 'string' ? ours : event.id,
    type: event.type,
    data: objectOrEmpty(event.data),
    metadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(event.position),
  };
};
