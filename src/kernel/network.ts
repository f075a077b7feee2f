import { Deadlines } from './deadlines.js';
import type { LocalDays } from './local-days.js';
import { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';
import type { Operator, Silence } from './operator.js';
import type { Plan } from './plan.js';

/** A plan's operators, alive for one person and fed with that person's events in order. */
export class Network {
  readonly movements = new Movements();
  /** The last event taken in. */
  last: Occurrence | undefined;
  private readonly operators: readonly Operator[];
  private readonly changes = { count: 0 };

  constructor(
    private readonly plan: Plan,
    days: LocalDays,
    silence: Silence,
  ) {
    const { movements, changes } = this;
    const deadlines = new Deadlines(days, movements);
    const person = { days, movements, silence, deadlines, changes };
    const built: Operator[] = [];
    for (const { build } of plan.blueprints) built.push(build(person, built));
    this.operators = built;
  }

  /** Takes in the next event; says whether it began a new stay. */
  take(occurrence: Occurrence): boolean {
    const newStay = this.movements.on(occurrence);
    if (newStay) for (const operator of this.operators) operator.newStay?.();
    // Those that are told see the others as they were just before the event: what they find is not to be kept.
    this.changes.count += 1;
    for (const index of this.plan.hearing.get(occurrence.type) ?? []) this.operators[index]?.on?.(occurrence);
    this.changes.count += 1;
    this.last = occurrence;
    return newStay;
  }

  operator(index: number): Operator {
    const operator = this.operators[index];
    if (!operator) throw new Error(`The plan has no operator ${index}.`);
    return operator;
  }
}
