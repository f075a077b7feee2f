import type { Pattern, Where } from './condition.js';
import type { Evidence } from './evidence.js';
import type { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';
import type { Operator, StateOperator } from './operator.js';

/** Whether an event carries what a pattern asks for. */
export const carries = ({ data }: Occurrence, where: readonly Where[]): boolean =>
  where.every((clause) => {
    const value = data[clause.field];
    if ('is' in clause) return clause.is.includes(value);
    if ('not' in clause) return !clause.not.includes(value);
    return (value !== undefined && value !== '') === clause.recorded;
  });

/** A pattern whose conditions, if it has any, have become the places of the operators that answer them. */
export interface PlannedPattern extends Pick<Pattern, 'type' | 'where' | 'here'> {
  readonly when: number | undefined;
  readonly starts: number | undefined;
  readonly ends: number | undefined;
}

/** Of one person: their operators, and where they are. */
interface Asked {
  readonly operators: readonly Operator[];
  readonly movements: Movements;
}

/** Recognises the events a selector means. What else a pattern asks is asked just before the event itself is taken in. */
export class Matcher {
  /**
   * @param patterns one list for everybody
   * @param asked wanted where a pattern asks more than the event
   */
  constructor(
    private readonly patterns: readonly PlannedPattern[],
    private readonly asked?: Asked,
  ) {}

  matches(occurrence: Occurrence): boolean {
    return this.patternOf(occurrence) !== undefined;
  }

  /** For an event that matches: what its pattern rests on, just before it. */
  grounds(occurrence: Occurrence): readonly Evidence[] {
    const { when, ends } = this.patternOf(occurrence) ?? {};
    return [when, ends].flatMap((place) => (place === undefined ? [] : this.operator(place).explain(occurrence.at)));
  }

  private patternOf(occurrence: Occurrence): PlannedPattern | undefined {
    for (const pattern of this.patterns) {
      if (pattern.type === occurrence.type && carries(occurrence, pattern.where) && this.allows(pattern, occurrence)) {
        return pattern;
      }
    }
    return undefined;
  }

  private get prisonOfStay(): string | undefined {
    return this.asked?.movements.stay && this.asked.movements.holder?.prisonId;
  }

  private allows({ here, when, starts, ends }: PlannedPattern, occurrence: Occurrence): boolean {
    return (
      (!here || occurrence.prisonId === this.prisonOfStay) &&
      (when === undefined || this.operator(when).value(occurrence.at) === true) &&
      (starts === undefined || this.state(starts).begins(occurrence)) &&
      (ends === undefined || this.state(ends).ends(occurrence))
    );
  }

  private state(place: number): StateOperator {
    return this.operator(place) as StateOperator;
  }

  private operator(place: number): Operator {
    const operator = this.asked?.operators[place];
    if (!operator) throw new Error(`The plan has no operator ${place}.`);
    return operator;
  }
}
