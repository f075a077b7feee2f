import { subjectText } from '../prison/alert-subject.js';
import type { ConditionOf } from './condition.js';
import type { Occurrence } from './occurrence.js';

/** Who is somebody's key worker (docs/rules-meaning.md, "Key worker"). */
export const KEY_WORKER: ConditionOf<'assigned'> = {
  op: 'assigned',
  by: 'KeyWorkerAllocated',
  until: 'KeyWorkerDeallocated',
  field: 'staffId',
};

/** What is told of a key worker, and of no person. */
const TOLD_OF_KEY_WORKERS = new Set(['KeyWorkerAvailabilityChanged']);

/** The key worker of whom an event tells, or who was allocated by it, as one text: `key-worker:1001@XYI`. */
export const keyWorkerIn = ({ prisonId, data }: Pick<Occurrence, 'prisonId' | 'data'>): string =>
  subjectText({ kind: 'key-worker', id: String(data['staffId']), prisonId });

/**
 * The event as it stands in the history of the key worker of whom it is told: under the text that names them. Nothing for an
 * event that is told of anybody else.
 */
export const ofKeyWorker = (occurrence: Occurrence): Occurrence | undefined =>
  TOLD_OF_KEY_WORKERS.has(occurrence.type) ? { ...occurrence, prisonNumber: keyWorkerIn(occurrence) } : undefined;
