import { randomUUID } from 'node:crypto';
import { type Instant, toIso } from '../prison/instant.js';
import type { EventStore, NewEvent } from '../store/event-store.js';
import { transact } from '../store/transact.js';
import { checkedAtOf, fromStored, rollStream } from './roll-checked.js';

/** Somebody has begun to check a roll; `RollChecked` says that they have. */
const BEGAN = 'RollCheckBegan';

/** How far back is looked for what others have done. */
const LOOKED_AT = 20;

/** Whose turn it is to check a roll: `mine`; `theirs`, who have begun; nobody's, as it is `done`. */
export type RollTurn = 'mine' | 'theirs' | 'done';

/** Who asks for the turn, and until when another's counts. */
export interface TurnTerms {
  readonly by: string;
  readonly now: Instant;
  /** Checked since then by the same is enough. */
  readonly since: Instant;
  /** Who began so long ago, in milliseconds, and has not checked, never will. */
  readonly patience: number;
}

/**
 * Takes the turn to check the roll of a prison, of all instances that ask for it at once: it is recorded in the stream of the
 * checks, where only the first of them can. @throws StoreUnavailable
 */
export const takeTurn = async (
  { store, prefix }: { readonly store: Pick<EventStore, 'append' | 'readStream'>; readonly prefix: string },
  prisonId: string,
  { by, now, since, patience }: TurnTerms,
): Promise<RollTurn> => {
  const stream = rollStream(prefix, prisonId);
  return transact<RollTurn>(store, stream, async () => {
    let expected: number | undefined;
    let begun = false;
    for await (const recorded of store.readStream(stream, { direction: 'backward', limit: LOOKED_AT })) {
      expected ??= recorded.revision;
      const check = fromStored(recorded);
      if (check?.by === by && checkedAtOf(check) >= since) return { done: 'done' };
      begun ||= recorded.type === BEGAN && Date.parse(String(recorded.metadata['recordedAt'])) > now - patience;
    }
    if (begun) return { done: 'theirs' };
    return { expected: expected ?? 'no-stream', events: [began(prisonId, by, now)], answer: () => 'mine' };
  });
};

const began = (prisonId: string, by: string, now: Instant): NewEvent => {
  const at = toIso(now);
  const metadata = { schema: 1, prisonId, occurredAt: at, recordedAt: at, knownAt: at };
  return { id: randomUUID(), type: BEGAN, data: { prisonId, by }, metadata };
};
