import { InvalidAppend } from './errors.js';
import type { Json, NewEvent } from './event-store.js';

/** An event with its JSON written out. */
export interface EventText {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** The events as they are kept, by any store. @throws InvalidAppend, before anything is written */
export const eventTexts = (stream: string, events: readonly NewEvent[]): EventText[] => {
  if (stream === '') throw new InvalidAppend('A stream needs a name.');
  if (events.length === 0) throw new InvalidAppend(`${stream}: there is no event to append. Leave such a call out.`);
  const ids = new Set<string>();
  return events.map((event) => {
    const { id } = event;
    if (ids.has(id)) throw new InvalidAppend(`${stream}: the event id ${id} comes twice in one append.`);
    ids.add(id);
    return eventText(stream, event);
  });
};

/** One of them. @throws InvalidAppend where it is no JSON */
export const eventText = (stream: string, { id, type, data, metadata }: NewEvent): EventText => ({
  id,
  type,
  data: text(stream, id, data),
  metadata: text(stream, id, metadata),
});

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

/** What is no JSON object was not written by us, or is damaged: it comes empty, so that its consumers set it aside. */
export const objectOrEmpty = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as Json)
    : {};
