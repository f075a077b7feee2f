import type { ConditionOf } from '../condition.js';
import type { LifeEvent } from './life.js';
import { foundOnce, justBefore, type Situation } from './situation.js';

type DuringCondition = ConditionOf<'during'>;

/** How a state stands. */
interface StateStanding {
  /** With what it began that is on. */
  readonly began?: LifeEvent;
  /** It was said in the usual words that it is on. */
  readonly said?: boolean;
  /** For which values it is on, where it is on for each by itself. */
  readonly values?: readonly unknown[];
}

const OFF: StateStanding = {};

/** With what a state began that is on; nothing while it is off. */
export const beganWith = (state: DuringCondition, situation: Situation): LifeEvent | undefined =>
  standingOf(state, situation).began;

/** What a state goes through: how it stands after each happening, and before. */
export interface StateChange {
  readonly happening: LifeEvent;
  readonly before: StateStanding;
  readonly after: StateStanding;
}

/** Everything that a state goes through among these. */
export const changesOf = (
  state: DuringCondition,
  regarded: readonly LifeEvent[],
  situation: Situation,
): readonly StateChange[] => {
  let before = OFF;
  return regarded.map((happening) => {
    const after = next(state, before, happening, situation);
    const change = { happening, before, after };
    before = after;
    return change;
  });
};

/** Whether a state begins with the one at this place. Between two stays nothing is on. */
export const startsWith = (state: DuringCondition, place: number, situation: Situation): boolean =>
  standingOf(state, justBefore(place, situation)).began === undefined &&
  isOneOf(situation.happened[place], [...state.from, ...(state.inferred?.from ?? [])], situation);

/** Whether a state ends with the one at this place. */
export const endsWith = (state: DuringCondition, place: number, situation: Situation): boolean => {
  const before = standingOf(state, justBefore(place, situation));
  const happening = situation.happened[place];
  if (!before.began || !happening) return false;
  return next(state, before, happening, situation).began === undefined;
};

const standingOf = (state: DuringCondition, situation: Situation): StateStanding =>
  foundOnce(state, situation, () => changesOf(state, regardedBy(state, situation), situation).at(-1)?.after ?? OFF);

/** "With the end of a stay segregation and confinement end"; "in a new custody no ACCT, close or marker HA is known yet". */
const regardedBy = ({ within }: DuringCondition, { happened, stay, custody }: Situation): readonly LifeEvent[] => {
  if (within === 'stay') return stay ? happened.filter((other) => other.stay === stay) : [];
  return within === 'custody' ? happened.filter((other) => other.custody === custody) : happened;
};

/**
 * "A start while already started changes nothing, nor does an end while already ended." One that was inferred, and during
 * which nobody said so in the usual words, is ended by what is inferred too.
 */
const next = (
  state: DuringCondition,
  before: StateStanding,
  happening: LifeEvent,
  situation: Situation,
): StateStanding => {
  const { from, until, inferred, each } = state;
  const isSaid = isOneOf(happening, from, situation);
  if (!before.began) {
    if (!isSaid && !isOneOf(happening, inferred?.from, situation)) return OFF;
    return { began: happening, said: isSaid, values: [happening.event.data[each ?? '']] };
  }
  const ends = isOneOf(happening, until, situation);
  if (each !== undefined) return nextOfEach(each, before, happening, { begins: isSaid, ends });
  if (ends || (!before.said && isOneOf(happening, inferred?.until, situation))) return OFF;
  return isSaid ? { ...before, said: true } : before;
};

/** "A removal with an id ends the marker of its code with that id, one without ends every marker of its code." */
const nextOfEach = (
  each: string,
  before: StateStanding,
  { event }: LifeEvent,
  { begins, ends }: { readonly begins: boolean; readonly ends: boolean },
): StateStanding => {
  const value = event.data[each];
  const values = before.values ?? [];
  if (begins) return { ...before, values: [...values, value] };
  if (!ends) return before;
  const left = value === undefined ? [] : values.filter((other) => other !== value);
  return left.length > 0 ? { ...before, values: left } : OFF;
};

const isOneOf = (
  happening: LifeEvent | undefined,
  selector: DuringCondition['from'] | undefined,
  situation: Situation,
): boolean =>
  happening !== undefined && selector !== undefined && situation.selectedBy(selector, situation).includes(happening);
