import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/**
 * Somebody holds a task for the person (the key worker). Giving it again to the present holder changes nothing; taking
 * it back counts only if it names the present holder: "allocate the new, then deallocate the old" is ordinary.
 */
export class Assigned extends Leaf implements ScopeOperator {
  /** The event that gave the task to the present holder. */
  given: Occurrence | undefined;
  /** The event that took it from the last one, while nobody has it. */
  taken: Occurrence | undefined;
  /** What that one had been given the task by. */
  last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly by: string,
    private readonly until: string,
    private readonly field: string,
  ) {
    super(person, needs);
  }

  /** Who has it. */
  get holder(): unknown {
    return this.given?.data[this.field];
  }

  on(occurrence: Occurrence): void {
    const named = occurrence.data[this.field];
    if (occurrence.type === this.by && named !== this.holder) this.given = occurrence;
    if (occurrence.type === this.until && this.given && named === this.holder) {
      this.last = this.given;
      this.given = undefined;
      this.taken = occurrence;
    }
  }

  newStay(): void {
    this.given = undefined;
    this.taken = undefined;
    this.last = undefined;
  }

  holds(): boolean {
    return this.given !== undefined;
  }

  since(): Instant | undefined {
    return this.given?.at;
  }

  covers({ at }: Occurrence): boolean {
    return at >= (this.since() ?? Infinity);
  }

  explain(t: Instant): Evidence {
    return this.given
      ? { op: 'assigned', holds: this.value(t), since: this.given.at, cites: [this.given] }
      : { op: 'assigned', holds: this.value(t), cites: [] };
  }
}
