import type { ConditionOf, Scope, Selector } from '../condition.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import { isLeaving } from './movements.js';
import type { LifeEvent } from './life.js';
import { selectedBy } from './selection.js';
import type { Situation } from './situation.js';
import { beganWith } from './state.js';

/** Since when a condition with a beginning has held; nothing when it does not hold. */
export const since = (scope: Scope, situation: Situation): Instant | undefined => {
  switch (scope.op) {
    case 'stay':
      return situation.stay?.since;
    case 'arrival':
      return situation.stay?.arrival ? situation.stay.since : undefined;
    case 'custody':
      return custodySince(scope, situation);
    case 'presence':
      return situation.presence?.at;
    case 'silent':
      return situation.silentSince(situation.t);
    case 'away':
      return awaySince(scope, situation);
    case 'during':
      return beganWith(scope, situation)?.event.at;
    case 'assigned':
      return notBeforeTheStay(lastGiven(scope, situation), situation);
    case 'unassigned':
      return unassignedSince(scope, situation);
    case 'running':
      return runningLatest(scope, situation)?.event.at;
  }
};

/**
 * What happened in a scope; none when it is off. In this stay or custody is whatever is taken in with it, also what
 * happened before; elsewhere only what happened since the scope began.
 */
export const ofScope = (scope: Scope, happened: readonly LifeEvent[], situation: Situation): readonly LifeEvent[] => {
  const from = since(scope, situation);
  if (from === undefined) return [];
  const whole = wholeOf(scope);
  const lasts = whole ?? (scope.op === 'during' ? scope.within : undefined);
  return happened.filter(
    ({ event, stay, custody }) =>
      (whole !== undefined || event.at >= from) &&
      (lasts !== 'stay' || stay === situation.stay) &&
      (lasts !== 'custody' || custody === situation.custody),
  );
};

/** The selected events that happened in the scope, where there is one. */
export const inScope = (event: Selector, within: Scope | undefined, situation: Situation): readonly LifeEvent[] => {
  const all = selectedBy(event, situation);
  return within ? ofScope(within, all, situation) : all;
};

/**
 * A scope that is a whole stay or custody. "No session in this stay" (KW-14), "no review in this stay" (ACCT-07): so is a
 * state of this stay that begins with the arrival.
 */
const wholeOf = (scope: Scope): 'stay' | 'custody' | undefined => {
  if (scope.op === 'stay' || scope.op === 'arrival') return 'stay';
  if (scope.op === 'custody') return 'custody';
  if (scope.op !== 'during' || scope.within !== 'stay' || scope.inferred) return undefined;
  return scope.from.length > 0 && scope.from.every(({ starts }) => starts?.op === 'arrival') ? 'stay' : undefined;
};

/** "This custody began at least so many local days before." */
const custodySince = (
  { days: atLeast = 0 }: ConditionOf<'custody'>,
  { stays, custody, days, t }: Situation,
): Instant | undefined => {
  const began = stays.find((stay) => stay.custody === custody)?.since;
  return began !== undefined && days.dayOf(began) <= days.dayOf(t) - atLeast ? began : undefined;
};

/** "For DATA-03 kind and count are the latest's"; "not between two stays". */
const awaySince = ({ reasons }: ConditionOf<'away'>, { awayBy }: Situation): Instant | undefined =>
  awayBy && reasons.includes(awayBy.data['reason']) ? awayBy.at : undefined;

type AssignedCondition = ConditionOf<'assigned' | 'unassigned'>;

/** The happening that gave the task to its present holder. */
export const lastGiven = (task: AssignedCondition, situation: Situation): LifeEvent | undefined => {
  const last = lastChange(task, situation);
  return last?.event.type === task.by ? last : undefined;
};

/** "From the effective allocation or deallocation, but not before the stay began." */
const unassignedSince = (task: AssignedCondition, situation: Situation): Instant | undefined => {
  const last = lastChange(task, situation);
  if (last?.event.type === task.by) return undefined;
  return last ? notBeforeTheStay(last, situation) : situation.stay?.since;
};

const notBeforeTheStay = (happening: LifeEvent | undefined, { stay }: Situation): Instant | undefined =>
  happening && stay ? Math.max(happening.event.at, stay.since) : undefined;

/**
 * "The present key worker is the one whom the prison that holds the person last allocated, since the person's last stay
 * there ended (a stay ends by a leaving or by an arrival at another prison). `KeyWorkerAllocated` to the present key
 * worker changes nothing. A deallocation counts only if it names the present key worker."
 */
const lastChange = ({ by, until, field }: AssignedCondition, situation: Situation): LifeEvent | undefined => {
  const { happened, stay } = situation;
  let last: LifeEvent | undefined;
  for (const happening of happened) {
    const { event } = happening;
    if (stay && endsStayAt(stay.prisonId, happening, situation)) last = undefined;
    if (!stay || event.prisonId !== stay.prisonId) continue;
    const holder = last?.event.type === by ? last.event.data[field] : undefined;
    const named = event.data[field];
    if (event.type === by ? named !== holder : event.type === until && holder !== undefined && named === holder) {
      last = happening;
    }
  }
  return last;
};

const endsStayAt = (prisonId: string, { event, stay, begins }: LifeEvent, { stays }: Situation): boolean => {
  if (isLeaving(event)) return stay?.left === event && stay.prisonId === prisonId;
  const before = begins && stays[stays.indexOf(begins) - 1];
  return before?.left === undefined && before?.prisonId === prisonId && begins?.prisonId !== prisonId;
};

/** "If several [run], since counts from the latest to begin (of equal ones the last in order)." */
export const runningLatest = (scope: ConditionOf<'running'>, situation: Situation): LifeEvent | undefined =>
  running(scope, situation).reduce<LifeEvent | undefined>(
    (latest, next) =>
      latest && beginningOf(scope, next, situation) < beginningOf(scope, latest, situation) ? latest : next,
    undefined,
  );

/**
 * Those of this stay that run: from their beginning "until the first end for its charge at or after that beginning, or
 * 00:00 of date(beginning) + days + 1".
 */
const running = (scope: ConditionOf<'running'>, situation: Situation): readonly LifeEvent[] => {
  const { days, stay, t } = situation;
  const ofThisStay = ({ stay: other }: LifeEvent): boolean => stay !== undefined && other === stay;
  const ends = selectedBy(scope.until, situation).filter(ofThisStay);
  return selectedBy(scope.from, situation).filter((happening) => {
    const { event } = happening;
    const begins = beginningOf(scope, happening, situation);
    const ended = ends
      .filter((end) => end.event.data[scope.match] === event.data[scope.match] && end.event.at >= begins)
      .reduce((first, end) => Math.min(first, end.event.at), NEVER);
    const over = days.startOf(days.dayOf(begins) + Number(event.data[scope.days]) + 1);
    return ofThisStay(happening) && begins <= t && t < ended && t < over;
  });
};

/** "It runs from the later of its instant and 00:00 of `startsOn` (none given: its instant)." */
const beginningOf = ({ startsOn = '' }: ConditionOf<'running'>, { event }: LifeEvent, { days }: Situation): Instant => {
  const day = event.data[startsOn];
  return typeof day === 'string' ? Math.max(event.at, days.startOf(days.named(day))) : event.at;
};
