import type { Occurrence } from '../occurrence.js';

const ARRIVALS: readonly unknown[] = ['NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED'];
const FROM_OUTSIDE: readonly unknown[] = ['NEW_ADMISSION', 'READMISSION', 'RECALL'];
const LEAVINGS: readonly unknown[] = ['RELEASED', 'TRANSFERRED', 'DIED', 'RELEASED_TO_HOSPITAL'];
const FOR_GOOD: readonly unknown[] = ['RELEASED', 'DIED', 'RELEASED_TO_HOSPITAL'];

/** "Nobody can do them elsewhere." */
export const ENDS_AN_ABSENCE = [
  'CellMoved',
  'SegregationStarted',
  'SegregationHealthScreenCompleted',
  'KeyWorkerSessionHeld',
  'AcctAssessmentCompleted',
  'AcctOpened',
];

/** What is told of somebody without saying that they are in prison. */
const SAYS_NOTHING = [
  'PersonDetailsChanged',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'KeyWorkerAvailabilityChanged',
  'FeedCompleteUntil',
];

export const isReceived = ({ type }: Occurrence): boolean => type === 'PrisonerReceived';
export const isFoundOnRoll = ({ type }: Occurrence): boolean => type === 'FoundOnRoll';
export const isReleased = ({ type }: Occurrence): boolean => type === 'PrisonerReleased';
export const isMovement = (event: Occurrence): boolean => isReceived(event) || isReleased(event);

/** A reason to be received that is an arrival in so many words. */
export const isArrival = (event: Occurrence): boolean => isReceived(event) && ARRIVALS.includes(event.data['reason']);

/** An arrival with which a custody begins, where no stay is open. */
export const isFromOutside = (event: Occurrence): boolean =>
  isReceived(event) && FROM_OUTSIDE.includes(event.data['reason']);

/** One that ends a stay; the others suspend it. */
export const isLeaving = (event: Occurrence): boolean => isReleased(event) && LEAVINGS.includes(event.data['reason']);

/** After one of these the next stay begins a custody. */
export const isForGood = (event: Occurrence): boolean => isReleased(event) && FOR_GOOD.includes(event.data['reason']);

export const isTransfer = (event: Occurrence | undefined): boolean =>
  event !== undefined && isReleased(event) && event.data['reason'] === 'TRANSFERRED';

/** "First heard of through any other event" than these. */
export const saysWhere = ({ type }: Occurrence): boolean => !SAYS_NOTHING.includes(type);

/** Whether an event says that the person is in the prison that it names. */
export const isPresence = ({ type }: Occurrence): boolean => ENDS_AN_ABSENCE.includes(type);
