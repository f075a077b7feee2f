import { Deadlines } from './deadlines.js';
import type { LocalDays } from '../prison/local-days.js';
import { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';
import type { Operator, Silence } from './operator.js';
import type { Plan } from './plan.js';

const MOVES = new Set(['PrisonerReceived', 'PrisonerReleased']);

/** A plan's operators, alive for one person and fed with that person's events in order. */
export class Network {
  readonly movements = new Movements();
  /** The last event taken in. */
  last: Occurrence | undefined;
  private readonly operators: readonly Operator[];

  constructor(
    private readonly plan: Plan,
    days: LocalDays,
    silence: Silence,
  ) {
    const { movements } = this;
    const person = { days, movements, silence, deadlines: new Deadlines(days, movements) };
    const built: Operator[] = [];
    for (const { build } of plan.blueprints) built.push(build(person, built));
    this.operators = built;
  }

  /**
   * Takes in the next event; says whether it began a new stay. Those that are told first see the others as they were just
   * before the event. After a movement everything has to be looked at again: limits wait for who is away.
   */
  take(occurrence: Occurrence): boolean {
    const { type } = occurrence;
    const newStay = this.movements.on(occurrence);
    const moved = newStay || MOVES.has(type);
    if (newStay) for (const operator of this.operators) operator.newStay?.();
    if (moved) this.forgetAll();
    for (const index of this.plan.hearing.get(type) ?? []) this.operators[index]?.on?.(occurrence);
    if (moved) this.forgetAll();
    else for (const index of this.plan.affected.get(type) ?? []) this.operators[index]?.forget?.();
    this.last = occurrence;
    return newStay;
  }

  private forgetAll(): void {
    for (const operator of this.operators) operator.forget?.();
  }

  operator(index: number): Operator {
    const operator = this.operators[index];
    if (!operator) throw new Error(`The plan has no operator ${index}.`);
    return operator;
  }
}
