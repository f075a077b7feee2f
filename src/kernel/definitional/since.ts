import type { ConditionOf, Scope } from '../condition.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { meant, type Situation } from './situation.js';

/** Since when a condition with a beginning has held; nothing when it does not hold. */
export const since = (scope: Scope, situation: Situation): Instant | undefined => {
  switch (scope.op) {
    case 'stay':
      return situation.staySince;
    case 'during':
      return during(scope, situation);
    case 'assigned':
      return lastGiven(scope, situation)?.at;
    case 'unassigned':
      return unassigned(scope, situation);
    case 'running':
      return running(scope, situation).at(-1)?.at;
    default:
      throw new Error(`${scope.op} is not defined yet.`);
  }
};

/** "A start while already started changes nothing, nor does an end while already ended": the first start since the last end. */
const during = (scope: ConditionOf<'during'>, situation: Situation): Instant | undefined => {
  const regarded = scope.within === 'stay' ? situation.thisStay : situation.events;
  const ends = meant(scope.until, situation);
  const starts = meant(scope.from, situation);
  const sinceLastEnd = regarded.slice(regarded.findLastIndex((event) => ends.includes(event)) + 1);
  return sinceLastEnd.find((event) => starts.includes(event))?.at;
};

/**
 * The event that gave the task to its present holder in this stay. "`KeyWorkerAllocated` to the present key worker
 * changes nothing. A deallocation counts only if it names the present key worker."
 */
export const lastGiven = (
  scope: ConditionOf<'assigned' | 'unassigned'>,
  situation: Situation,
): Occurrence | undefined => {
  const last = lastChange(scope, situation);
  return last?.type === scope.by ? last : undefined;
};

const unassigned = (scope: ConditionOf<'unassigned'>, situation: Situation): Instant | undefined => {
  const last = lastChange(scope, situation);
  return last?.type === scope.by ? undefined : (last?.at ?? situation.staySince);
};

const lastChange = (
  { by, until, field }: ConditionOf<'assigned' | 'unassigned'>,
  { thisStay }: Situation,
): Occurrence | undefined => {
  let last: Occurrence | undefined;
  for (const event of thisStay) {
    const holder = last?.type === by ? last.data[field] : undefined;
    const named = event.data[field];
    if (event.type === by ? named !== holder : event.type === until && holder !== undefined && named === holder) {
      last = event;
    }
  }
  return last;
};

/** Those of this stay that still run: until an `until` event of the same `match`, or the end of the last day they carry. */
const running = (
  { from, until, days: member, match }: ConditionOf<'running'>,
  situation: Situation,
): readonly Occurrence[] => {
  const { days, events, thisStay, t } = situation;
  const ends = meant(until, situation);
  const ended = (start: Occurrence): boolean =>
    ends.some((end) => end.data[match] === start.data[match] && events.indexOf(end) > events.indexOf(start));
  return meant(from, situation).filter(
    (start) =>
      thisStay.includes(start) &&
      !ended(start) &&
      t < days.startOf(days.dayOf(start.at) + Number(start.data[member]) + 1),
  );
};
