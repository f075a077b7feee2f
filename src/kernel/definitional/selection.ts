import type { Condition, Pattern, Selector } from '../condition.js';
import { carries } from '../matcher.js';
import type { LifeEvent } from './life.js';
import { foundOnce, justBefore, type Situation } from './situation.js';
import { endsWith, startsWith } from './state.js';

/** What a selector means of all that happened, in the order in which it was taken in. */
export const selectedBy = (selector: Selector, situation: Situation): readonly LifeEvent[] =>
  foundOnce(selector, situation, () =>
    situation.happened.filter((happening, place) =>
      selector.some((pattern) => isMeant(pattern, happening, place, situation)),
    ),
  );

const isMeant = (
  { type, where, when, here, starts, ends }: Pattern,
  happening: LifeEvent,
  place: number,
  situation: Situation,
): boolean => {
  const { event, stay } = happening;
  if (type !== event.type || !carries(event, where)) return false;
  if (here && stay?.prisonId !== event.prisonId) return false;
  if (starts && !begins(starts, happening, place, situation)) return false;
  if (ends && !endsWith(ends, place, situation)) return false;
  return !when || holdsJustBefore(when, place, situation);
};

const holdsJustBefore = (when: Condition, place: number, situation: Situation): boolean =>
  situation.truthOf(when, justBefore(place, situation)) === true;

/** Whether a state begins with it. "arrival" begins with what began a stay that has an arrival clock. */
const begins = (
  state: NonNullable<Pattern['starts']>,
  happening: LifeEvent,
  place: number,
  situation: Situation,
): boolean => (state.op === 'arrival' ? happening.begins?.arrival === true : startsWith(state, place, situation));
