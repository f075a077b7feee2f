import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

interface LiveAsk {
  readonly event: Matcher;
  readonly for?: Limit;
}

interface Pending {
  readonly ask: Occurrence;
  readonly limit: Limit | undefined;
  /** What made it an ask. */
  readonly grounds: readonly Evidence[];
}

/**
 * At least so many asks are past their limit and have had no answer since. An answer at the instant of its ask answers
 * it.
 */
export class UnansweredFor extends Leaf {
  private pending: Pending[] = [];
  private answeredAt = -Infinity;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly askTypes: readonly string[],
    private readonly asks: readonly LiveAsk[],
    private readonly answer: Matcher,
    private readonly atLeast: number,
    private readonly within: ScopeOperator | undefined,
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.answer.matches(occurrence)) {
      this.answeredAt = occurrence.at;
      this.pending = [];
    }
    if (occurrence.at <= this.answeredAt) return;
    const asked = this.asks.find(({ event }) => event.matches(occurrence));
    if (!asked) return;
    this.pending.push({ ask: occurrence, limit: asked.for, grounds: asked.event.grounds(occurrence) });
  }

  holds(t: Instant): boolean {
    return this.dues(t).filter((due) => due <= t).length >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    const dues = this.dues(t).sort((a, b) => a - b);
    const overdue = dues.filter((due) => due <= t).length;
    const next = dues[Math.max(overdue, this.atLeast - 1)] ?? NEVER;
    return this.within ? earliest(next, this.within.nextFlip(t)) : next;
  }

  /** While nothing is waiting, no answer is. */
  override wakers(): readonly string[] {
    return this.pending.length === 0 ? this.askTypes : this.needs;
  }

  /** Whether this event is an ask that is waiting for its answer. */
  awaits(id: string, t: Instant): boolean {
    return this.open(t).some(({ ask }) => ask.id === id);
  }

  explain(t: Instant): Evidence {
    const open = this.open(t);
    const overdue = open.filter((pending) => this.due(pending) <= t);
    const shown = overdue.length > 0 ? overdue : open;
    const of = [...(this.within ? [this.within.explain(t)] : []), ...shown.flatMap(({ grounds }) => grounds)];
    return {
      op: 'unansweredFor',
      holds: this.value(t),
      count: overdue.length,
      cites: shown.map(({ ask }) => ask),
      ...(of.length > 0 && { of }),
      ...(shown.length > 0 && { due: Math.min(...shown.map((pending) => this.due(pending))) }),
    };
  }

  private open(t: Instant): readonly Pending[] {
    if (!this.within) return this.pending;
    const since = this.within.since(t);
    return since === undefined ? [] : this.pending.filter(({ ask }) => ask.at >= since);
  }

  private dues(t: Instant): Instant[] {
    return this.open(t).map((pending) => this.due(pending));
  }

  private due({ ask, limit }: Pending): Instant {
    return limit ? this.person.deadlines.due(ask.at, limit, this.pauses) : ask.at;
  }
}
