import type { ConditionOf } from '../condition.js';
import type { Instant } from '../../prison/instant.js';
import type { Day } from '../../prison/local-days.js';
import type { LifeEvent } from './life.js';
import { selectedBy } from './selection.js';
import { inScope, runningLatest } from './scopes.js';
import type { Situation } from './situation.js';
import { changesOf, type StateChange } from './state.js';

/** "In the last N days at t = local dates in (date(t) − N, date(t)]": nothing that is taken in by then happened later. */
const isInTheDaysUpTo = (t: Instant, size: number, at: Instant, { days }: Situation): boolean =>
  days.dayOf(at) > days.dayOf(t) - size;

export const inTheDaysUpTo = (
  t: Instant,
  size: number,
  happened: readonly LifeEvent[],
  situation: Situation,
): readonly LifeEvent[] => happened.filter(({ event }) => isInTheDaysUpTo(t, size, event.at, situation));

/** The events that the window holds, but for those that carry the same as what `otherThan` counts from. */
export const countedWithin = (condition: ConditionOf<'countWithin'>, situation: Situation): readonly LifeEvent[] => {
  const { otherThan, window } = condition;
  const inWindow = inTheDaysUpTo(situation.t, window, inScope(condition.event, condition.within, situation), situation);
  const than = otherThan && runningLatest(otherThan.of, situation);
  return than
    ? inWindow.filter(({ event }) => event.data[otherThan.field] !== than.event.data[otherThan.field])
    : inWindow;
};

/** "That many in the window", or that many different values of a field. */
export const countWithin = (condition: ConditionOf<'countWithin'>, situation: Situation): boolean => {
  const { distinctBy, atLeast } = condition;
  const counted = countedWithin(condition, situation).map(({ event }) => event);
  return new Set(counted.map(({ id, data }) => (distinctBy === undefined ? id : data[distinctBy]))).size >= atLeast;
};

/** "No session in N days looks one day further back, from date(t) − N on, as a limit does." */
export const noneWithin = ({ event, window }: ConditionOf<'noneWithin'>, situation: Situation): boolean =>
  inTheDaysUpTo(situation.t, window + 1, selectedBy(event, situation), situation).length === 0;

/**
 * "The sessions of this stay since the first of the last N days on which the person was there at the end of the day come to
 * less than that share of what is expected"; "one of unknown length counts as long as one is to be".
 */
export const minutesUnder = (
  { event, field, share, window, pace }: ConditionOf<'minutesUnder'>,
  situation: Situation,
): boolean => {
  const { stay, days, t } = situation;
  if (!stay) return false;
  const there = daysOf(stay.since, t, situation).filter((day) => isThereAtTheEndOf(day, situation));
  const from = there.slice(-window)[0];
  if (from === undefined || there.length < window) return false;
  const lengths = inScope(event, { op: 'stay' }, situation)
    .filter((session) => session.event.at >= days.startOf(from))
    .map((session) => session.event.data[field]);
  const talked = lengths.reduce<number>((sum, length) => sum + (typeof length === 'number' ? length : pace.minutes), 0);
  return talked * 100 * 7 * pace.everyWeeks < share * pace.minutes * window;
};

/** The local days from one instant on that are over at another. */
const daysOf = (from: Instant, t: Instant, { days }: Situation): readonly Day[] => {
  const first = days.dayOf(from);
  return Array.from({ length: days.dayOf(t) - first }, (_, day) => first + day);
};

const isThereAtTheEndOf = (day: Day, { days, absences }: Situation): boolean => {
  const end = days.startOf(day + 1);
  return !absences.some(({ from, until }) => from < end && until >= end);
};

/** For each risk family, its events in the window. */
export const familiesSeen = (
  { families, window }: ConditionOf<'familiesWithin'>,
  situation: Situation,
): readonly (readonly LifeEvent[])[] =>
  Object.values(families)
    .map((family) => inTheDaysUpTo(situation.t, window, selectedBy(family, situation), situation))
    .filter((events) => events.length > 0);

/** The state ended in the window. */
export const endedWithin = (condition: ConditionOf<'endedWithin'>, situation: Situation): boolean =>
  endsOf(condition.condition, situation).some((at) => isInTheDaysUpTo(situation.t, condition.window, at, situation));

type DuringPart = ConditionOf<'during'>;

/** When the state ended, in each custody by itself. */
const endsOf = (state: DuringPart, situation: Situation): readonly Instant[] => {
  const { happened, custody } = situation;
  return [...Map.groupBy(happened, (other) => other.custody)].flatMap(([place, inCustody]) => {
    const ends = endsAmong(state, inCustody, situation);
    return place < custody ? [...ends, ...withTheCustody(state, place, inCustody, situation)] : ends;
  });
};

/** "An `AcctClosed` with no ACCT known before counts as a close"; "nor does an end while already ended". */
const endsAmong = (state: DuringPart, regarded: readonly LifeEvent[], situation: Situation): readonly Instant[] => {
  const ends = selectedBy(state.until, situation);
  const changes = changesOf(state, regarded, situation);
  const isNew = ({ happening, before, after }: StateChange, index: number): boolean => {
    if (before.began !== undefined) return after.began === undefined;
    const known = changes
      .slice(0, index)
      .some((other) => other.after.began !== undefined || ends.includes(other.happening));
    return !known && ends.includes(happening);
  };
  return changes.filter(isNew).map(({ happening }) => happening.event.at);
};

/**
 * "An ACCT open when the last stay of a custody ended counts as closed at that instant, or at its `AcctClosed` if one is
 * told before the next custody begins."
 */
const withTheCustody = (
  state: DuringPart,
  custody: number,
  inCustody: readonly LifeEvent[],
  situation: Situation,
): readonly Instant[] => {
  const left = situation.stays.findLast((stay) => stay.custody === custody)?.left;
  const changes = changesOf(state, inCustody, situation);
  const place = changes.findIndex(({ happening }) => happening.event === left);
  const isOpen = changes[place]?.after.began !== undefined;
  const ended = changes.slice(place).some(({ after }) => after.began === undefined);
  return left && isOpen && !ended ? [left.at] : [];
};
