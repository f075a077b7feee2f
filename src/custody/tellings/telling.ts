import { v5 } from 'uuid';
import { toIso, type Instant } from '../../prison/instant.js';
import type { EventStore, NewEvent, RecordedEvent } from '../../store/event-store.js';
import { lastOf } from '../../store/transact.js';
import { NoSuchTelling } from '../errors.js';
import { UnreadableCustodyEvent } from '../stored-custody-event.js';
import { TELLING_STREAMS } from '../streams.js';

/**
 * Many custody events that one source tells in one go, such as a file that is imported. They count as known only once all
 * of them have come: half a telling looks as if much had been missed.
 *
 * `import`: they become known when the telling is complete. `history`: of people of whom the log knew nothing; once it is
 * complete they count as known when they were recorded, and until then nothing is decided about these people.
 */
export interface Telling {
  readonly id: string;
  readonly kind: TellingKind;
}

export const TELLING_KINDS = ['import', 'history'] as const;
export type TellingKind = (typeof TELLING_KINDS)[number];

/** What the log says of tellings. */
export type TellingEvent =
  | { readonly type: 'TellingBegan'; readonly telling: Telling; readonly people: readonly string[] }
  /** Complete is the telling itself; one that an earlier version completed may name others with it. */
  | { readonly type: 'TellingCompleted'; readonly tellings: readonly string[]; readonly knownAt: Instant };

const SCHEMA = 1;
/** Fixed for ever: it gives each note of a telling the same id, however often it is written. */
const NAMESPACE = '5b7b9f3e-8a55-4b7c-9c4f-2f3f0c2d7e61';
/** So that one note stays far below what one append may hold. */
const PEOPLE_AT_ONCE = 10_000;

/** The log, and how the names of its streams begin. */
export interface TellingLog {
  readonly store: EventStore;
  readonly prefix: string;
}

/**
 * Notes in the log that a telling has begun. Of a history it names the people first, so that nothing is decided about any
 * of them before all has been told. Safe to repeat. @throws StoreUnavailable
 */
export const beginTelling = async (
  { store, prefix }: TellingLog,
  { id, kind }: Telling,
  people: readonly string[],
  now: Instant,
): Promise<void> => {
  const parts = people.length === 0 ? [[]] : chunks(people, PEOPLE_AT_ONCE);
  for (const [part, some] of parts.entries()) {
    const data = { kind, ...(some.length > 0 && { people: some }) };
    await store.append(streamOf(prefix, id), part === 0 ? 'no-stream' : part - 1, [
      note(`${id} TellingBegan ${part}`, { type: 'TellingBegan', data }, now),
    ]);
  }
};

/**
 * Notes in the log that all of a telling has come. From here on its events count. Safe to repeat.
 * @throws StoreUnavailable, NoSuchTelling
 */
export const completeTelling = async ({ store, prefix }: TellingLog, id: string, now: Instant): Promise<void> => {
  const last = await lastOf(store, streamOf(prefix, id));
  if (!last) throw new NoSuchTelling(id);
  if (last.type === 'TellingCompleted') return;
  await store.append(streamOf(prefix, id), last.revision, [
    note(`${id} TellingCompleted `, { type: 'TellingCompleted', data: { tellings: [id] } }, now),
  ]);
};

/** Whether all of it has come; nothing where it has not begun. @throws StoreUnavailable */
export const isTellingComplete = async ({ store, prefix }: TellingLog, id: string): Promise<boolean | undefined> => {
  const last = await lastOf(store, streamOf(prefix, id));
  return last && last.type === 'TellingCompleted';
};

/** Whether an event of the log is a note on a telling. */
export const isOfTelling = (prefix: string, { stream }: RecordedEvent): boolean =>
  stream.startsWith(prefix + TELLING_STREAMS);

/**
 * What an event of the log says of a telling; nothing where it is about something else.
 * @throws UnreadableCustodyEvent where a later version wrote it
 */
export const tellingEventOf = (prefix: string, recorded: RecordedEvent): TellingEvent | undefined => {
  const { stream, type, data, metadata } = recorded;
  if (!isOfTelling(prefix, recorded)) return undefined;
  const id = stream.slice((prefix + TELLING_STREAMS).length);
  const {
    kind,
    people = [],
    tellings,
  } = data as {
    readonly kind?: TellingKind;
    readonly people?: readonly string[];
    readonly tellings?: readonly string[];
  };
  if (metadata['schema'] !== SCHEMA) throw new UnreadableCustodyEvent(recorded, 'its schema is not known');
  if (type === 'TellingBegan' && (kind === 'import' || kind === 'history'))
    return { type, telling: { id, kind }, people };
  if (type === 'TellingCompleted' && tellings)
    return { type, tellings, knownAt: Date.parse(String(metadata['knownAt'])) };
  throw new UnreadableCustodyEvent(recorded, 'it says nothing that is known of a telling');
};

const streamOf = (prefix: string, id: string): string => prefix + TELLING_STREAMS + id;

/** @param name the note among all notes: the same name gives the same id */
const note = (name: string, event: Pick<NewEvent, 'type' | 'data'>, now: Instant): NewEvent => ({
  ...event,
  id: v5(name, NAMESPACE),
  metadata: { schema: SCHEMA, knownAt: toIso(now) },
});

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
