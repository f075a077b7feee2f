import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import { dueAt, type Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type Operator, type PersonContext, type ScopeOperator } from '../operator.js';

/** What asks: one for everybody. */
export interface PlannedAsk {
  readonly event: Matcher;
  readonly for: Limit | undefined;
  /** The place, in the plan, of what has to hold once all events of its instant are taken in. */
  readonly while: number | undefined;
}

interface Pending {
  readonly ask: Occurrence;
  readonly limit: Limit | undefined;
  /** What made it an ask. */
  readonly grounds: readonly Evidence[];
  /** Has to hold once all events of the ask's instant are taken in; missing once it did, or where nothing has to. */
  readonly provided?: Operator | undefined;
}

/** Where asks are looked for. */
interface Reach {
  readonly within?: ScopeOperator | undefined;
  /** For so many days an ask of an earlier stay still counts. */
  readonly elsewhere?: { readonly stay: ScopeOperator; readonly days: number } | undefined;
}

const NOTHING: readonly never[] = [];

/**
 * At least so many asks are past their limit and have had no answer since. An answer at the instant of its ask answers
 * it.
 */
export class UnansweredFor extends Leaf {
  private pending: readonly Pending[] = NOTHING;
  private answeredAt = -Infinity;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly askTypes: readonly string[],
    private readonly asks: readonly PlannedAsk[],
    private readonly answer: Matcher,
    private readonly atLeast: number,
    private readonly reach: Reach,
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    const { at } = occurrence;
    if (this.pending.length > 0) this.settleBefore(at);
    if (this.answer.matches(occurrence, this.person)) {
      this.answeredAt = Math.max(this.answeredAt, at);
      if (this.pending.length > 0) this.pending = this.pending.filter(({ ask }) => ask.at > at);
    }
    if (at <= this.answeredAt) return;
    const asked = this.asks.find(({ event }) => event.matches(occurrence, this.person));
    if (asked) this.pending = [...this.pending, this.asking(occurrence, asked)];
  }

  newCustody(): void {
    this.pending = this.pending.flatMap(settled);
  }

  holds(t: Instant): boolean {
    if (this.pending.length < this.atLeast) return false;
    return this.dues(t).filter((due) => due <= t).length >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    const within = this.reach.within?.nextFlip(t) ?? NEVER;
    if (this.pending.length === 0) return within;
    const dues = this.dues(t).sort((a, b) => a - b);
    const overdue = dues.filter((due) => due <= t).length;
    const next = dues[Math.max(overdue, this.atLeast - 1)] ?? NEVER;
    const lapses = this.open(t).map((pending) => this.lapse(pending, t));
    return Math.min(next, within, ...lapses.filter((lapse) => lapse > t));
  }

  /** While nothing is waiting, answers need not be looked at. */
  override wakers(): readonly string[] {
    return this.pending.length === 0 ? this.askTypes : this.needs;
  }

  /** Whether this event is an ask that is waiting for its answer. */
  counts(id: string, t: Instant): boolean {
    return this.open(t).some(({ ask }) => ask.id === id);
  }

  explain(t: Instant): Evidence {
    const open = this.open(t);
    const overdue = open.filter((pending) => this.due(pending) <= t);
    const shown = overdue.length > 0 ? overdue : open;
    const within = this.reach.within ? [this.reach.within.explain(t)] : [];
    const of = [...within, ...shown.flatMap((pending) => groundsOf(pending, t))];
    return {
      op: 'unansweredFor',
      holds: this.value(t),
      count: overdue.length,
      cites: shown.map(({ ask }) => ask),
      ...(of.length > 0 && { of }),
      ...this.firstDue(shown),
    };
  }

  private asking(ask: Occurrence, { event, for: limit, while: place }: PlannedAsk): Pending {
    const provided = place === undefined ? undefined : this.person.operator(place);
    return { ask, limit, provided, grounds: event.grounds(ask, this.person) };
  }

  private settleBefore(t: Instant): void {
    this.pending = this.pending.flatMap((pending) => (pending.ask.at < t ? settled(pending) : pending));
  }

  private firstDue(shown: readonly Pending[]): Pick<Evidence, 'due' | 'dueOnRecord'> {
    const [first] = [...shown].sort((a, b) => this.due(a) - this.due(b));
    if (!first) return {};
    const [due, onRecord] = [this.due(first), this.dueOnRecord(first)];
    return { due, ...(onRecord !== due && { dueOnRecord: onRecord }) };
  }

  private open(t: Instant): readonly Pending[] {
    const { within } = this.reach;
    return this.pending.filter(
      (pending) =>
        (!within || within.covers(pending.ask, t)) &&
        (!pending.provided || pending.provided.value(t) === true) &&
        t < this.lapse(pending, t),
    );
  }

  /** Until when an ask of an earlier stay counts. */
  private lapse({ ask }: Pending, t: Instant): Instant {
    const { elsewhere } = this.reach;
    if (!elsewhere || elsewhere.stay.covers(ask, t)) return NEVER;
    const { days } = this.person;
    return days.startOf(days.dayOf(ask.at) + elsewhere.days);
  }

  private dues(t: Instant): Instant[] {
    return this.open(t).map((pending) => this.due(pending));
  }

  private due({ ask, limit }: Pending): Instant {
    return limit ? this.person.deadlines.due(ask.at, limit, this.pauses) : ask.at;
  }

  private dueOnRecord({ ask, limit }: Pending): Instant {
    return limit ? dueAt(ask.at, limit, this.person.days) : ask.at;
  }
}

/** An ask once its instant is over: it is one for good, or none. */
const settled = (pending: Pending): Pending[] => {
  const { provided, ...asked } = pending;
  const { at } = pending.ask;
  if (!provided) return [pending];
  return provided.value(at) === true ? [{ ...asked, grounds: groundsOf(pending, at) }] : [];
};

const groundsOf = ({ grounds, provided }: Pending, t: Instant): readonly Evidence[] =>
  provided ? [...grounds, provided.explain(t)] : grounds;
