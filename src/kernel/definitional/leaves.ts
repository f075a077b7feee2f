import type { ConditionOf } from '../condition.js';
import type { Instant } from '../../prison/instant.js';
import { DATE_FORM } from '../../prison/iso-8601.js';
import { carries } from '../matcher.js';
import type { LifeEvent } from './life.js';
import { dueAt } from '../limit.js';
import { dueOf, movedDays } from './limits.js';
import { inTheDaysUpTo } from './windows.js';
import { selectedBy } from './selection.js';
import { inScope, lastGiven, ofScope, since } from './scopes.js';
import type { Situation } from './situation.js';

/** "The field of the last such event has that value." */
export const latest = ({ event, field, is, within }: ConditionOf<'latest'>, situation: Situation): boolean => {
  const regarded = within ? ofScope(within, situation.happened, situation) : situation.happened;
  const last = regarded.findLast((happening) => happening.event.type === event);
  return last !== undefined && is.includes(last.event.data[field]);
};

/** "The condition has held for the limit." */
export const heldFor = (condition: ConditionOf<'heldFor'>, situation: Situation): boolean => {
  const held = since(condition.condition, situation);
  return held !== undefined && dueOf(held, condition.for, situation) <= situation.t;
};

/** "In the scope, and no such event since the limit (counted from the later of scope start and last event)." */
export const absentFor = (condition: ConditionOf<'absentFor'>, situation: Situation): boolean => {
  const from = since(condition.within, situation);
  if (from === undefined) return false;
  const last = inScope(condition.event, condition.within, situation)
    .filter(({ event }) => !condition.strictly || event.at !== from)
    .at(-1);
  const limit = last ? condition.then : condition.first;
  return limit !== undefined && dueOf(last?.event.at ?? from, limit, situation) <= situation.t;
};

/** There has been such an event since the scope began, and since the last of those that undo what came before. */
export const seen = ({ event, within, sinceLast }: ConditionOf<'seen'>, situation: Situation): boolean => {
  const undone = sinceLast ? latestAt(selectedBy(sinceLast, situation)) : -Infinity;
  return inScope(event, within, situation).some((happening) => happening.event.at >= undone);
};

const latestAt = (happened: readonly LifeEvent[]): Instant =>
  Math.max(-Infinity, ...happened.map(({ event }) => event.at));

/** "The present key worker has held no session with the person in this stay", also before the allocation. */
export const neverMet = (condition: ConditionOf<'neverMet'>, situation: Situation): boolean => {
  const { field } = condition.holder;
  const given = lastGiven(condition.holder, situation);
  const from = since(condition.holder, situation);
  if (!given || from === undefined) return false;
  const met = inScope(condition.event, { op: 'stay' }, situation).some(
    ({ event }) => event.data[field] === given.event.data[field],
  );
  return !met && dueOf(from, condition.for, situation) <= situation.t;
};

/** "The due date that the last such event carries has passed": a date at its end, an instant as it is. */
export const dueBy = (condition: ConditionOf<'dueBy'>, situation: Situation): boolean => {
  const from = since(condition.within, situation);
  if (from === undefined) return false;
  const last = inScope(condition.event, condition.within, situation).at(-1);
  if (!last) return condition.first !== undefined && dueOf(from, condition.first, situation) <= situation.t;
  const carried = carriedDue(condition, last, situation);
  if (carried === undefined) return dueOf(last.event.at, condition.otherwise, situation) <= situation.t;
  return movedDays(carried, last.event.at, situation) <= situation.t;
};

/** "The date that the last such event carries has not passed." */
export const notPast = ({ event, field }: ConditionOf<'notPast'>, situation: Situation): boolean => {
  const date = selectedBy(event, situation).at(-1)?.event.data[field];
  const { days, t } = situation;
  return typeof date === 'string' && DATE_FORM.test(date) && days.dayOf(t) <= days.named(date);
};

/** "One later than the most counts as the most." */
const carriedDue = (
  { field, atMost }: ConditionOf<'dueBy'>,
  { event }: LifeEvent,
  { days }: Situation,
): Instant | undefined => {
  const carried = event.data[field];
  if (typeof carried !== 'string') return undefined;
  const due = DATE_FORM.test(carried) ? days.endOf(carried) : Date.parse(carried);
  return atMost ? Math.min(due, dueAt(event.at, atMost, days)) : due;
};

/** The events of the scope in the days that end with the day of the last one. */
export const countedUpToLast = (
  { event, window, within }: ConditionOf<'countUpToLast'>,
  situation: Situation,
): readonly LifeEvent[] => {
  const events = inScope(event, within, situation);
  return inTheDaysUpTo(events.at(-1)?.event.at ?? situation.t, window, events, situation);
};

/** The last few of the scope. */
export const lastFew = ({ event, last, within }: ConditionOf<'lastOf'>, situation: Situation): readonly LifeEvent[] =>
  inScope(event, within, situation).slice(-last);

/** Of the last few, that many carry what is asked. */
export const lastOf = (condition: ConditionOf<'lastOf'>, situation: Situation): boolean =>
  lastFew(condition, situation).filter(({ event }) => carries(event, condition.where)).length >= condition.atLeast;

/** Since the alert was raised, inclusive: such an event, or two consecutive ones whose local dates are near enough. */
export const sinceRaised = ({ event, pairWithin }: ConditionOf<'sinceRaised'>, situation: Situation): boolean => {
  const { days, raisedAt = Infinity } = situation;
  const events = selectedBy(event, situation).filter((happening) => happening.event.at >= raisedAt);
  if (pairWithin === undefined) return events.length > 0;
  return events.some((happening, index) => {
    const following = events[index + 1];
    return following !== undefined && days.dayOf(following.event.at) - days.dayOf(happening.event.at) <= pairWithin;
  });
};
