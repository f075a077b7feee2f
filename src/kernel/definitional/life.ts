import type { Occurrence } from '../occurrence.js';
import { Course, type CourseAbsence, type CourseStay, type CourseStep } from './course.js';
import { isMovement } from './movements.js';
import { DAY } from '../../prison/instant.js';

/** An event as it is taken in. */
export interface LifeEvent {
  readonly event: Occurrence;
  /** The stay that it is taken in with; between two stays none. */
  readonly stay: CourseStay | undefined;
  /** The place of its custody; -1 before the first. */
  readonly custody: number;
  /** It began this stay. */
  readonly begins?: CourseStay | undefined;
  readonly awayBy: Occurrence | undefined;
  readonly presence: Occurrence | undefined;
}

/** What happened to a person, in the order in which it is taken in, and where they are now. */
export interface Life {
  readonly happened: readonly LifeEvent[];
  readonly stays: readonly CourseStay[];
  /** The stay that is open. */
  readonly stay: CourseStay | undefined;
  readonly custody: number;
  readonly absences: readonly CourseAbsence[];
  /** While they are away within the stay, the leaving that was told last. */
  readonly awayBy: Occurrence | undefined;
  readonly presence: Occurrence | undefined;
}

/** @param events those that stand, in the order they happened */
export const lifeOf = (events: readonly Occurrence[]): Life => {
  const course = new Course(events);
  const { steps, stays, open, absences, awayBy, presence } = course;
  const homes = new Map(steps.map((step, place) => [step, laterStayOf(step, place, steps)]));
  const happened = steps.flatMap((step) => {
    if (!step.begins) return homes.get(step) ? [] : takenIn(step);
    const early = steps.filter((other) => homes.get(other) === step.begins);
    const first = stays.find(({ custody: place }) => place === step.custody);
    const begins = first === step.begins ? 'custody' : 'stay';
    return beginning(step, step.begins, early, { belongsLater: homes.get(step) !== undefined, begins });
  });
  return { happened, stays, stay: open, custody: stays.at(-1)?.custody ?? -1, absences, awayBy, presence };
};

/**
 * "What names the prison of the new stay and happened at most 24 hours before it began, while no stay that began with an
 * arrival was open there, belongs to it, whatever begins it; of two such stays it belongs to the first."
 */
const laterStayOf = (
  { event, stay }: CourseStep,
  place: number,
  steps: readonly CourseStep[],
): CourseStay | undefined => {
  if (isMovement(event) || (stay?.arrival && stay.prisonId === event.prisonId)) return undefined;
  return steps
    .slice(place + 1)
    .flatMap(({ begins }) => begins ?? [])
    .find(({ prisonId, since }) => prisonId === event.prisonId && event.at >= since - DAY);
};

/**
 * The arrival; then what belongs to the new stay although it happened before; then what else began the stay, unless it
 * belongs to a later one itself.
 */
const beginning = (
  { event, custody, awayBy, presence }: CourseStep,
  stay: CourseStay,
  early: readonly CourseStep[],
  { belongsLater, begins }: { readonly belongsLater: boolean; readonly begins: 'stay' | 'custody' },
): readonly LifeEvent[] => {
  const then = { stay, custody, awayBy, presence };
  // "It belongs to the new stay, and to a custody that it begins": to no other that began after it happened.
  const inStay = early.map((step) => ({
    ...then,
    event: step.event,
    custody: begins === 'custody' ? custody : step.custody,
  }));
  if (event.type === 'PrisonerReceived') return [{ ...then, event, begins: stay }, ...inStay];
  const arrival = { ...event, type: 'PrisonerReceived', data: { reason: 'TRANSFERRED' } };
  if (stay.arrival) return [{ ...then, event: arrival, begins: stay }, ...inStay, { ...then, event }];
  return belongsLater ? inStay : [...inStay, { ...then, event, begins: stay }];
};

const takenIn = ({ event, stay, custody, countsNowhere, awayBy, presence }: CourseStep): readonly LifeEvent[] =>
  countsNowhere ? [] : [{ event, stay, custody, awayBy, presence }];
