import type { Pattern, Where } from './condition.js';
import type { Evidence } from './evidence.js';
import type { Occurrence } from './occurrence.js';
import type { PersonContext, StateOperator } from './operator.js';

/** Whether an event carries what a pattern asks for. */
export const carries = ({ data }: Occurrence, where: readonly Where[]): boolean => {
  for (const clause of where) if (!isMeant(data[clause.field], clause)) return false;
  return true;
};

const isMeant = (value: unknown, clause: Where): boolean => {
  if ('is' in clause) return clause.is.includes(value);
  if ('not' in clause) return !clause.not.includes(value);
  return (value !== undefined && value !== '') === clause.recorded;
};

/** A pattern whose conditions, if it has any, have become the places of the operators that answer them. */
export interface PlannedPattern extends Pick<Pattern, 'type' | 'where' | 'here'> {
  readonly when: number | undefined;
  readonly starts: number | undefined;
  readonly ends: number | undefined;
}

/**
 * Recognises the events a selector means: one for everybody. What a pattern asks besides the event is asked of the person,
 * just before the event itself is taken in.
 */
export class Matcher {
  constructor(private readonly patterns: readonly PlannedPattern[]) {}

  /** The first kind of event that it recognises. */
  get first(): Pick<Pattern, 'type' | 'where'> | undefined {
    return this.patterns[0];
  }

  matches(occurrence: Occurrence, person: PersonContext): boolean {
    return this.patternOf(occurrence, person) !== undefined;
  }

  /** For an event that matches: what its pattern rests on, just before it. */
  grounds(occurrence: Occurrence, person: PersonContext): readonly Evidence[] {
    const { when, ends } = this.patternOf(occurrence, person) ?? {};
    return [when, ends].flatMap((place) => (place === undefined ? [] : person.operator(place).explain(occurrence.at)));
  }

  private patternOf(occurrence: Occurrence, person: PersonContext): PlannedPattern | undefined {
    for (const pattern of this.patterns) {
      if (pattern.type !== occurrence.type || !carries(occurrence, pattern.where)) continue;
      if (allows(pattern, occurrence, person)) return pattern;
    }
    return undefined;
  }
}

const allows = ({ here, when, starts, ends }: PlannedPattern, occurrence: Occurrence, person: PersonContext): boolean =>
  (!here || occurrence.prisonId === prisonOfStay(person)) &&
  (when === undefined || person.operator(when).onRecord(occurrence.at)) &&
  (starts === undefined || state(starts, person).begins(occurrence)) &&
  (ends === undefined || state(ends, person).ends(occurrence));

const prisonOfStay = ({ movements }: PersonContext): string | undefined => movements.stay && movements.holder?.prisonId;

const state = (place: number, person: PersonContext): StateOperator => person.operator(place) as StateOperator;
