import type { ConditionOf, Selector } from '../condition.js';
import type { Instant } from '../../prison/instant.js';
import { carries } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { lastGiven, since } from './since.js';
import { meant, type Situation } from './situation.js';
import { dueOf, putOffByDays } from './whereabouts.js';

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** The events meant that happened at or after the scope's beginning; none when the scope is off. */
const inScope = (event: Selector, from: Instant | undefined, situation: Situation): readonly Occurrence[] =>
  from === undefined ? [] : meant(event, situation).filter(({ at }) => at >= from);

/** "The field of the last such event has that value." */
export const latest = ({ event, field, is }: ConditionOf<'latest'>, { events }: Situation): boolean => {
  const last = events.findLast(({ type }) => type === event);
  return last !== undefined && is.includes(last.data[field]);
};

/** "The condition has held for the limit." */
export const heldFor = (condition: ConditionOf<'heldFor'>, situation: Situation): boolean => {
  const held = since(condition.condition, situation);
  return held !== undefined && dueOf(held, condition.for, situation) <= situation.t;
};

/** "In the scope, and no such event since the limit (counted from the later of scope start and last event)." */
export const absentFor = (condition: ConditionOf<'absentFor'>, situation: Situation): boolean => {
  const from = since(condition.within, situation);
  const last = inScope(condition.event, from, situation).at(-1);
  const limit = last ? condition.then : condition.first;
  return from !== undefined && limit !== undefined && dueOf(last?.at ?? from, limit, situation) <= situation.t;
};

/** There has been such an event since the scope began. */
export const seen = ({ event, within }: ConditionOf<'seen'>, situation: Situation): boolean =>
  inScope(event, since(within, situation), situation).length > 0;

/** "The present key worker has held no session with the person in this stay", also before the allocation. */
export const neverMet = (condition: ConditionOf<'neverMet'>, situation: Situation): boolean => {
  const { field } = condition.holder;
  const given = lastGiven(condition.holder, situation);
  const met = meant(condition.event, situation).some(
    (event) => situation.thisStay.includes(event) && event.data[field] === given?.data[field],
  );
  return given !== undefined && !met && dueOf(given.at, condition.for, situation) <= situation.t;
};

/** The asks that are past their limit and have no answer at or after their instant. Without a limit they are due at once. */
export const overdueAsks = (condition: ConditionOf<'unansweredFor'>, situation: Situation): Occurrence[] => {
  const from = condition.within ? since(condition.within, situation) : -Infinity;
  const answered = meant(condition.answer, situation).at(-1)?.at ?? -Infinity;
  const asked = new Map<Occurrence, Instant>();
  for (const { event, for: limit } of condition.asks) {
    for (const ask of inScope(event, from, situation)) {
      if (ask.at > answered && !asked.has(ask)) asked.set(ask, limit ? dueOf(ask.at, limit, situation) : ask.at);
    }
  }
  return [...asked].filter(([, due]) => due <= situation.t).map(([ask]) => ask);
};

/** "The due date that the last such event carries has passed": a date at its end, an instant as it is. */
export const dueBy = (condition: ConditionOf<'dueBy'>, situation: Situation): boolean => {
  const { days, t } = situation;
  const last = inScope(condition.event, since(condition.within, situation), situation).at(-1);
  if (!last) return false;
  const carried = last.data[condition.field];
  if (typeof carried !== 'string') return dueOf(last.at, condition.otherwise, situation) <= t;
  const due = DATE_ONLY.test(carried) ? days.startOf(days.named(carried) + 1) : Date.parse(carried);
  return putOffByDays(due, situation) <= t;
};

/** "In the last N days at t = local dates in (date(t) − N, date(t)]." */
const inTheDaysUpTo = (
  t: Instant,
  size: number,
  events: readonly Occurrence[],
  { days }: Situation,
): readonly Occurrence[] => {
  const dayBefore = days.dayOf(t) - size;
  return events.filter(({ at }) => days.dayOf(at) > dayBefore && at <= t);
};

/** The events that the window holds. */
export const countedWithin = (condition: ConditionOf<'countWithin'>, situation: Situation): readonly Occurrence[] => {
  const from = condition.within ? since(condition.within, situation) : -Infinity;
  return inTheDaysUpTo(situation.t, condition.window, inScope(condition.event, from, situation), situation);
};

/** "That many in the window", or that many different values of a field. */
export const countWithin = (condition: ConditionOf<'countWithin'>, situation: Situation): boolean => {
  const { distinctBy, atLeast } = condition;
  const counted = countedWithin(condition, situation);
  return new Set(counted.map(({ id, data }) => (distinctBy === undefined ? id : data[distinctBy]))).size >= atLeast;
};

/** For each risk family, its events in the window. */
export const familiesSeen = (
  { families, window }: ConditionOf<'familiesWithin'>,
  situation: Situation,
): readonly (readonly Occurrence[])[] =>
  Object.values(families)
    .map((family) => inTheDaysUpTo(situation.t, window, meant(family, situation), situation))
    .filter((events) => events.length > 0);

/** The events of the scope in the days that end with the day of the last one. */
export const countedUpToLast = (
  { event, window, within }: ConditionOf<'countUpToLast'>,
  situation: Situation,
): readonly Occurrence[] => {
  const events = inScope(event, since(within, situation), situation);
  return inTheDaysUpTo(events.at(-1)?.at ?? situation.t, window, events, situation);
};

/** The last few of the scope. */
export const lastFew = ({ event, last, within }: ConditionOf<'lastOf'>, situation: Situation): readonly Occurrence[] =>
  inScope(event, since(within, situation), situation).slice(-last);

/** Of the last few, that many carry what is asked. */
export const lastOf = (condition: ConditionOf<'lastOf'>, situation: Situation): boolean =>
  lastFew(condition, situation).filter((event) => carries(event, condition.where)).length >= condition.atLeast;

/** Since the alert was raised, inclusive: such an event, or two consecutive ones whose local dates are near enough. */
export const sinceRaised = ({ event, pairWithin }: ConditionOf<'sinceRaised'>, situation: Situation): boolean => {
  const { days, raisedAt } = situation;
  const events = inScope(event, raisedAt, situation);
  if (pairWithin === undefined) return events.length > 0;
  return events.some(({ at }, index) => {
    const following = events[index + 1];
    return following !== undefined && days.dayOf(following.at) - days.dayOf(at) <= pairWithin;
  });
};
