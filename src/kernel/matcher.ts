import type { Pattern, Selector, Where } from './condition.js';
import type { Evidence } from './evidence.js';
import type { Occurrence } from './occurrence.js';
import type { Operator, PersonContext, StateOperator } from './operator.js';

/** Whether an event carries what a pattern asks for. */
export const carries = ({ data }: Occurrence, where: readonly Where[]): boolean =>
  where.every((clause) => {
    const value = data[clause.field];
    if ('is' in clause) return clause.is.includes(value);
    if ('not' in clause) return !clause.not.includes(value);
    return (value !== undefined && value !== '') === clause.recorded;
  });

/** A pattern whose conditions, if it has any, have become the operators that answer them. */
interface Live extends Pick<Pattern, 'type' | 'where' | 'here'> {
  readonly when?: Operator | undefined;
  readonly starts?: StateOperator | undefined;
  readonly ends?: StateOperator | undefined;
}

/** Recognises the events a selector means. What else a pattern asks is asked just before the event itself is taken in. */
export class Matcher {
  private constructor(
    private readonly patterns: readonly Live[],
    private readonly person: PersonContext | undefined,
  ) {}

  /** One that asks nothing but the event. */
  static plain(selector: Selector): Matcher {
    return new Matcher(
      selector.map(({ type, where }) => ({ type, where })),
      undefined,
    );
  }

  /** @param operatorOf the operator that answers a condition of a pattern */
  static of(
    selector: Selector,
    person: PersonContext,
    operatorOf: (condition: NonNullable<Pattern['when']>) => Operator,
  ): Matcher {
    const live = ({ type, where, here, when, starts, ends }: Pattern): Live => ({
      type,
      where,
      ...(here && { here }),
      when: when && operatorOf(when),
      starts: starts && (operatorOf(starts) as StateOperator),
      ends: ends && (operatorOf(ends) as StateOperator),
    });
    return new Matcher(selector.map(live), person);
  }

  matches(occurrence: Occurrence): boolean {
    return this.patternOf(occurrence) !== undefined;
  }

  /** For an event that matches: what its pattern rests on, just before it. */
  grounds(occurrence: Occurrence): readonly Evidence[] {
    const { when, ends } = this.patternOf(occurrence) ?? {};
    return [when, ends].flatMap((asked) => asked?.explain(occurrence.at) ?? []);
  }

  private patternOf(occurrence: Occurrence): Live | undefined {
    for (const pattern of this.patterns) {
      if (pattern.type === occurrence.type && carries(occurrence, pattern.where) && this.asked(pattern, occurrence)) {
        return pattern;
      }
    }
    return undefined;
  }

  private get prisonOfStay(): string | undefined {
    return this.person?.movements.stay && this.person.movements.holder?.prisonId;
  }

  private asked({ here, when, starts, ends }: Live, occurrence: Occurrence): boolean {
    return (
      (!here || occurrence.prisonId === this.prisonOfStay) &&
      (!when || when.value(occurrence.at) === true) &&
      (!starts || starts.begins(occurrence)) &&
      (!ends || ends.ends(occurrence))
    );
  }
}
