import { InvalidAppend } from '../errors.js';
import type { Json, NewEvent } from '../event-store.js';
import type { EventRow } from './log-writer.js';

/** The events in the form that they are kept in. @throws InvalidAppend before anything is written */
export const eventRows = (stream: string, events: readonly NewEvent[]): EventRow[] => {
  if (stream === '') throw new InvalidAppend('A stream needs a name.');
  if (events.length === 0) throw new InvalidAppend(`${stream}: there is no event to append. Leave such a call out.`);
  const ids = new Set<string>();
  return events.map(({ id, type, data, metadata }) => {
    if (ids.has(id)) throw new InvalidAppend(`${stream}: the event id ${id} comes twice in one append.`);
    ids.add(id);
    return { id, type, data: text(stream, id, data), metadata: text(stream, id, metadata) };
  });
};

const text = (stream: string, id: string, value: Json): string => {
  const written = json(stream, id, value);
  if (written?.startsWith('{')) return written;
  throw new InvalidAppend(`${stream}: event ${id}: data and metadata must each be a JSON object.`);
};

const json = (stream: string, id: string, value: Json): string | undefined => {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new InvalidAppend(`${stream}: event ${id} is no JSON: it holds a BigInt or itself.`, { cause });
  }
};
