import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';

/** The rule that needs sessions, and nothing else. */
const NEEDS_SESSIONS = 'KW-01';

/** Whether nobody tells of key worker sessions where somebody is: then that none is recorded says nothing of them. */
export const isUntold = ({ summary, notKnown }: Pick<KeyWorkerHistory, 'summary' | 'notKnown'>): boolean =>
  summary.sessionsHeld === 0 && notKnown.some(({ code, about }) => code === 'NOT_WATCHED' && about === NEEDS_SESSIONS);
