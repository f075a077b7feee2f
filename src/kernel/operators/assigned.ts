import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** How the task stands in one prison. */
interface TaskInPrison {
  /** The event that gave it to the present holder. */
  readonly given?: Occurrence;
  /** The event that took it from the last one, while nobody has it. */
  readonly taken?: Occurrence;
  /** The event that had given it to that one. */
  readonly last?: Occurrence;
}

const NOBODY: TaskInPrison = {};

/**
 * Somebody holds a task for the person (the key worker): the one to whom the prison that holds the person gave it. What
 * another prison says waits for an arrival there, and is forgotten when the stay there ends. Giving it again to the present
 * holder changes nothing; taking it back counts only if it names the present holder: "allocate the new, then deallocate the
 * old" is ordinary.
 */
export class Assigned extends Leaf implements ScopeOperator {
  private readonly tasks = new Map<string, TaskInPrison>();

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly by: string,
    private readonly until: string,
    private readonly field: string,
  ) {
    super(person, needs);
  }

  get given(): Occurrence | undefined {
    return this.here.given;
  }

  get taken(): Occurrence | undefined {
    return this.here.taken;
  }

  get last(): Occurrence | undefined {
    return this.here.last;
  }

  /** Who has it. */
  get holder(): unknown {
    return this.given?.data[this.field];
  }

  on(occurrence: Occurrence): void {
    const { type, prisonId } = occurrence;
    const task = this.tasks.get(prisonId) ?? NOBODY;
    const isHolders = task.given !== undefined && task.given.data[this.field] === occurrence.data[this.field];
    if (type === this.by && !isHolders) this.tasks.set(prisonId, { given: occurrence });
    if (type === this.until && task.given && isHolders)
      this.tasks.set(prisonId, { taken: occurrence, last: task.given });
  }

  stayEnded(prisonId: string): void {
    this.tasks.delete(prisonId);
  }

  holds(): boolean {
    return this.given !== undefined;
  }

  since(): Instant | undefined {
    return this.given && this.sinceInStay(this.given);
  }

  covers({ at }: Occurrence): boolean {
    const since = this.since();
    return since !== undefined && at >= since;
  }

  explain(t: Instant): Evidence {
    const since = this.since();
    return this.given && since !== undefined
      ? { op: 'assigned', holds: this.value(t), since, cites: [this.given] }
      : { op: 'assigned', holds: this.value(t), cites: [] };
  }

  /** What was given before the person came counts from when they came. */
  sinceInStay({ at }: Occurrence): Instant {
    return Math.max(at, this.person.movements.stay?.since ?? at);
  }

  private get here(): TaskInPrison {
    const { stay } = this.person.movements;
    return (stay && this.tasks.get(stay.prisonId)) ?? NOBODY;
  }
}
