import { DAY } from '../../prison/instant.js';
import type { FieldError } from '../../prison/field-error.js';
import { type CustodyEvent, occurrenceOf } from '../custody-event.js';
import type { TimeInPrison } from '../whereabouts/stays.js';
import type { Sender } from '../sender.js';
import type { KnownPerson } from './known-person.js';

/**
 * What becomes of what a sender tells of a person (decision 0034): it counts; it waits, until the person is where the
 * sender says; or it is refused, for this reason.
 */
export type Verdict = 'counts' | 'waits' | FieldError;

/** Those whom what is told may concern. */
export interface ConcernedPeople {
  /** By prison number. */
  person(prisonNumber: string): KnownPerson;
  readonly all: readonly KnownPerson[];
}

/** Of these there is nothing to wait for: they would change what other prisons have recorded. */
const NEVER_FROM_ELSEWHERE: ReadonlySet<string> = new Set(['PersonDetailsChanged', 'PrisonerRecordsMerged']);
/** A prison may prepare for somebody who is on the way. */
const AT_ANY_TIME: ReadonlySet<string> = new Set(['PrisonerReceived', 'KeyWorkerAllocated', 'KeyWorkerDeallocated']);
const DEPARTURES: ReadonlySet<unknown> = new Set(['RELEASED', 'TRANSFERRED', 'DIED', 'RELEASED_TO_HOSPITAL']);

/** Decides on an event about a person, of a prison that is the sender's. @param people as they are known right before it */
export const verdictOn = (event: CustodyEvent, { prisons }: Sender, people: ConcernedPeople): Verdict => {
  const person = people.person(event.prisonNumber ?? '');
  const isElsewhere = ({ heldBy }: KnownPerson): boolean => heldBy !== undefined && !prisons.has(heldBy);
  if (event.type === 'EventWithdrawn') return onWithdrawal(event, prisons, person, isElsewhere(person));
  if (event.type === 'PrisonerRecordsMerged' && isElsewhere(people.person(removedNumber(event))))
    return heldElsewhere('data.removedPrisonNumber', removedNumber(event));
  if (isElsewhere(person)) {
    if (NEVER_FROM_ELSEWHERE.has(event.type)) return heldElsewhere('prisonNumber', event.prisonNumber ?? '');
    if (!AT_ANY_TIME.has(event.type) && !isOfEarlierStay(event, person.stays)) return 'waits';
  }
  return replacesTelling(event, prisons, people.all.filter(isElsewhere)) ? notYourRecord(event) : 'counts';
};

/** A later telling of a record stands for the earlier ones, under whatever number: it takes back what they said. */
const replacesTelling = (event: CustodyEvent, prisons: Sender['prisons'], held: readonly KnownPerson[]): boolean => {
  const { source } = occurrenceOf(event);
  if (!source) return false;
  return held.some((person) => person.prisonsTelling(source.record).some((prison) => !prisons.has(prison)));
};

/** What is pending is withdrawn where it lies; what is not known may still come. */
const onWithdrawal = (
  { data }: CustodyEvent,
  prisons: Sender['prisons'],
  person: KnownPerson,
  isElsewhere: boolean,
): Verdict => {
  const id = String(data['withdraws']);
  const counts = person.prisonOf(id);
  const toldBy = counts ?? person.prisonOfPending(id);
  if (toldBy !== undefined && !prisons.has(toldBy)) return notYours(id);
  if (counts !== undefined) return 'counts';
  return toldBy !== undefined || isElsewhere ? 'waits' : 'counts';
};

/** Typed late, about a time that the person spent there (docs/rules-meaning.md, "Typed late"); or that they left. */
const isOfEarlierStay = (event: CustodyEvent, stays: readonly TimeInPrison[]): boolean => {
  const { prisonId, occurredAtMs: at } = event;
  const isWithin = ({ since, until = Infinity }: TimeInPrison): boolean => at >= since - DAY && at <= until;
  const isThere = (stay: TimeInPrison | undefined): boolean => stay?.prisonId === prisonId;
  if (stays.some((stay) => isThere(stay) && isWithin(stay))) return true;
  // Taken over by an arrival elsewhere, while nobody had told that they left.
  return isDeparture(event) && isThere(stays.at(-2)) && stays.at(-2)?.until === stays.at(-1)?.since;
};

const isDeparture = ({ type, data }: CustodyEvent): boolean =>
  type === 'PrisonerReleased' && DEPARTURES.has(data['reason']);

const removedNumber = ({ data }: CustodyEvent): string => String(data['removedPrisonNumber']);

const heldElsewhere = (field: string, value: string): FieldError => ({
  field,
  value,
  code: 'HELD_ELSEWHERE',
  message:
    'is held by another prison, and only that one may change their details or merge their records. Send this again ' +
    'once the arrival at your prison has been told',
});

const notYours = (id: string): FieldError => ({
  field: 'data.withdraws',
  value: id,
  code: 'NOT_YOUR_EVENT',
  message: 'is an event of another prison, and may be withdrawn by that one only. Ask them to withdraw it',
});

const notYourRecord = ({ source }: CustodyEvent): FieldError => ({
  field: 'source.id',
  value: String(source?.['id']),
  code: 'NOT_YOUR_EVENT',
  message:
    'is a record that another prison has told of somebody whom another prison holds, and may be told anew by that one ' +
    'only. Give records of your own another source.system or id',
});
