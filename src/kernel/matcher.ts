import type { Selector, Where } from './condition.js';
import type { Evidence } from './evidence.js';
import type { Occurrence } from './occurrence.js';
import type { Operator } from './operator.js';

/** Whether an event carries what a pattern asks for. */
export const carries = ({ data }: Occurrence, where: readonly Where[]): boolean =>
  where.every((clause) => {
    const value = data[clause.field];
    if ('is' in clause) return clause.is.includes(value);
    if ('not' in clause) return !clause.not.includes(value);
    return (value !== undefined && value !== '') === clause.recorded;
  });

/** A pattern whose `when`, if it has one, has become the operator that answers it. */
interface Live {
  readonly type: string;
  readonly where: readonly Where[];
  readonly when?: Operator;
}

/** Recognises the events a selector means. A `when` is asked just before the event itself is taken in. */
export class Matcher {
  private constructor(private readonly patterns: readonly Live[]) {}

  static of(selector: Selector, operatorOf: (when: NonNullable<Selector[number]['when']>) => Operator): Matcher {
    return new Matcher(
      selector.map(({ type, where, when }) => (when ? { type, where, when: operatorOf(when) } : { type, where })),
    );
  }

  matches(occurrence: Occurrence): boolean {
    return this.patternOf(occurrence) !== undefined;
  }

  /** For an event that matches: what the `when` of its pattern rests on, just before it. */
  grounds(occurrence: Occurrence): readonly Evidence[] {
    const when = this.patternOf(occurrence)?.when;
    return when ? [when.explain(occurrence.at)] : [];
  }

  private patternOf(occurrence: Occurrence): Live | undefined {
    for (const pattern of this.patterns) {
      const { type, where, when } = pattern;
      if (type === occurrence.type && carries(occurrence, where) && (!when || when.value(occurrence.at) === true)) {
        return pattern;
      }
    }
    return undefined;
  }
}
