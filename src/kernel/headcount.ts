import type { Person } from './person.js';
import type { Rule } from './rule.js';

/**
 * How many people there are, and for how many something is awaited. Kept up to date with every decision: to count
 * everybody anew would take too long for those who ask every few seconds.
 */
export class Headcount {
  /** By the place of the rule in the catalogue. */
  private readonly armed: number[];
  private readonly inStays = new Map<string, number>();

  constructor(private readonly rules: readonly Rule[]) {
    this.armed = rules.map(() => 0);
  }

  /** By prison id: how many people in a stay a prison holds; 0 where it held somebody once. */
  get byPrison(): ReadonlyMap<string, number> {
    return this.inStays;
  }

  /** By rule id: for how many people the rule has to be looked at again although nothing happens. */
  get armedByRule(): ReadonlyMap<string, number> {
    return new Map(this.rules.map(({ id }, place) => [id, this.armed[place] ?? 0]));
  }

  /** Counts somebody in (1), or out again as they were counted (-1). */
  count(person: Pick<Person, 'prisonId' | 'inStay' | 'addArmed'>, amount: 1 | -1): void {
    const { prisonId, inStay } = person;
    if (prisonId !== undefined) this.inStays.set(prisonId, (this.inStays.get(prisonId) ?? 0) + (inStay ? amount : 0));
    person.addArmed(this.armed, amount);
  }
}
