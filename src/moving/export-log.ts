import { type KeptKey, LOG_SUBJECT, type MovableKeyRing } from '../personal-data/key-ring.js';
import { KEY_STREAMS } from '../personal-data/key-streams.js';
import { DAMAGED } from '../store/chain/chained-event-store.js';
import { StoreUnreadable } from '../store/errors.js';
import type { EventStore } from '../store/event-store.js';
import { logStreamIn } from '../store/log-stream.js';
import { Chain } from './chain.js';
import type { LogCounts, Head, MovedLine } from './moved-line.js';

export interface ExportSource {
  readonly store: EventStore;
  /** Without it there are no keys. */
  readonly keys: Pick<MovableKeyRing, 'kept'> | undefined;
  readonly head: Head;
}

/**
 * The lines of the file, from the log as it is now. Keys come last: so every key that an event was sealed with is in the
 * file even while a service goes on writing, unless the key was destroyed meanwhile. The key of the chain stays: a log that
 * is restored begins a chain of its own.
 * @param onEnd gets the counts
 * @throws StoreUnavailable, StoreUnreadable, StoreAccessDenied
 */
export async function* exportLog(
  { store, keys, head }: ExportSource,
  onProgress: (events: number) => void,
  onEnd: (counts: LogCounts) => void,
): AsyncGenerator<string> {
  const chain = new Chain();
  const line = (what: MovedLine): string => `${chain.seal(what)}\n`;
  const streams = new Set<string>();
  let [events, live, erasures] = [0, 0, 0];
  yield line({ custodyWatch: head });
  for await (const { stream, revision, position, id, type, data, metadata } of eventsOf(store, head)) {
    streams.add(stream);
    yield line({ event: { stream, revision, position, id, type, data, metadata } });
    onProgress(++events);
  }
  for await (const key of keys?.kept() ?? noKeys()) {
    if (key.subject === LOG_SUBJECT) continue;
    if (key.erasure) erasures += 1;
    else live += 1;
    yield line({ key });
  }
  const counts = { events, streams: streams.size, keys: live, erasures };
  yield line({ end: counts });
  onEnd(counts);
}

/**
 * The events of the log, without what the store keeps there for itself and without keys, which come separately.
 * @throws StoreUnreadable at one that is not as it was written
 */
async function* eventsOf(store: EventStore, { prefix }: Head) {
  const [itself, keys] = [logStreamIn(prefix), prefix + KEY_STREAMS];
  for await (const event of store.readAll({ filter: { streamPrefixes: [prefix] } })) {
    if (event.type === DAMAGED)
      throw new StoreUnreadable(
        `The event at position ${event.position} is not as it was written, and would be taken for true elsewhere. See ` +
          '"custody-watch verify --log".',
      );
    if (event.stream !== itself && !event.stream.startsWith(keys)) yield event;
  }
}

async function* noKeys(): AsyncGenerator<KeptKey> {
  // A log without keys.
}
