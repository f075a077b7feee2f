import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';

/** The rule that needs sessions, and nothing else. */
const NEEDS_SESSIONS = 'KW-01';

type ToldOf = Pick<KeyWorkerHistory, 'summary' | 'notKnown' | 'stays' | 'prisonId'>;

/**
 * Whether nobody tells of key worker sessions where somebody was all the time: then that none is recorded says nothing of
 * them.
 */
export const isUntold = ({ summary, notKnown, stays, prisonId }: ToldOf): boolean =>
  summary.sessionsHeld === 0 &&
  stays.every((stay) => stay.prisonId === prisonId) &&
  notKnown.some(({ code, about }) => code === 'NOT_WATCHED' && about === NEEDS_SESSIONS);
