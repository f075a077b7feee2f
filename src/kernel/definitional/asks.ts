import type { ConditionOf } from '../condition.js';
import type { Instant } from '../../prison/instant.js';
import type { LifeEvent } from './life.js';
import { dueOf } from './limits.js';
import { selectedBy } from './selection.js';
import { inScope } from './scopes.js';
import { onceTakenIn, type Situation } from './situation.js';
import { inTheDaysUpTo } from './windows.js';

type UnansweredCondition = ConditionOf<'unansweredFor'>;
type UnansweredAsk = UnansweredCondition['asks'][number];

/** The asks that are past their limit and have no answer at or after their instant. Without a limit they are due at once. */
export const overdueAsks = (condition: UnansweredCondition, situation: Situation): readonly LifeEvent[] =>
  [...openAsks(condition, situation)].filter(([, due]) => due <= situation.t).map(([ask]) => ask);

/** The asks that wait for their answer, each with the instant at which it falls due. */
const openAsks = (condition: UnansweredCondition, situation: Situation): ReadonlyMap<LifeEvent, Instant> => {
  const answered = Math.max(-Infinity, ...selectedBy(condition.answer, situation).map(({ event }) => event.at));
  const dueByAsk = new Map<LifeEvent, Instant>();
  for (const ask of condition.asks) {
    for (const happening of asksOf(ask, condition, situation)) {
      const { at } = happening.event;
      if (at <= answered || dueByAsk.has(happening)) continue;
      dueByAsk.set(happening, ask.for ? dueOf(at, ask.for, situation) : at);
    }
  }
  return dueByAsk;
};

const asksOf = (
  ask: UnansweredAsk,
  { within, elsewhere }: UnansweredCondition,
  situation: Situation,
): readonly LifeEvent[] => {
  const asks = inScope(ask.event, within, situation).filter((happening) => isAsk(ask, happening, situation));
  if (elsewhere === undefined) return asks;
  // "A self-harm that is not of this stay asks for 28 days (a window)."
  const lately = inTheDaysUpTo(situation.t, elsewhere, asks, situation);
  return asks.filter((happening) => happening.stay === situation.stay || lately.includes(happening));
};

/** Where it is one only in a state: as that stands once all events of its instant are taken in. */
const isAsk = ({ while: state }: UnansweredAsk, happening: LifeEvent, situation: Situation): boolean =>
  !state || situation.truthOf(state, onceTakenIn(happening, situation)) === true;
