import { randomUUID } from 'node:crypto';
import { type Instant, toIso } from '../prison/instant.js';
import type { EventStore, NewEvent } from '../store/event-store.js';
import { lastOf, transact } from '../store/transact.js';
import { checkedAtOf, checksOf, type RollLog, rollStream } from './roll-checked.js';

/** The stream of who began; not that of the checks, where a roll that cannot be had would bury the last one. */
const turnStream = (prefix: string, prisonId: string): string => rollStream(prefix, `turn-${prisonId}`);

/** Somebody has begun to check a roll; `RollChecked` says that they have. */
const BEGAN = 'RollCheckBegan';

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

/** The log, where turns can be taken. */
interface TurnLog extends RollLog {
  readonly store: RollLog['store'] & Pick<EventStore, 'append'>;
}

/**
 * Takes the turn to check the roll of a prison, of all instances that ask for it at once: it is recorded in a stream where
 * only the first of them can. @throws StoreUnavailable
 */
export const takeTurn = async (log: TurnLog, prisonId: string, terms: TurnTerms): Promise<RollTurn> => {
  const { by, now, patience } = terms;
  const stream = turnStream(log.prefix, prisonId);
  return transact<RollTurn>(log.store, stream, async () => {
    const last = await lastOf(log.store, stream);
    if (await wasChecked(log, prisonId, terms)) return { done: 'done' };
    if (last && Date.parse(String(last.metadata['recordedAt'])) > now - patience) return { done: 'theirs' };
    return {
      expected: last?.revision ?? 'no-stream',
      events: [began(prisonId, by, now)],
      answer: () => 'mine',
    };
  });
};

const wasChecked = async (
  log: RollLog,
  prisonId: string,
  { by, since }: Pick<TurnTerms, 'by' | 'since'>,
): Promise<boolean> => {
  for await (const check of checksOf(log, prisonId)) {
    if (checkedAtOf(check) < since) return false;
    if (check.by === by) return true;
  }
  return false;
};

const began = (prisonId: string, by: string, now: Instant): NewEvent => {
  const at = toIso(now);
  const metadata = { schema: 1, prisonId, occurredAt: at, recordedAt: at, knownAt: at };
  return { id: randomUUID(), type: BEGAN, data: { prisonId, by }, metadata };
};
