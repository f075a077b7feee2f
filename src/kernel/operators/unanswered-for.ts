import { duesOf, earliestOf, ENOUGH, type Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Absence } from '../../prison/stay.js';
import { dueAt, type Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import { inOrder, type Occurrence } from '../occurrence.js';
import { Leaf, type Operator, type PersonContext, type ScopeOperator } from '../operator.js';

/** What asks: one for everybody. */
export interface PlannedAsk {
  readonly event: Matcher;
  readonly for: Limit | undefined;
  /** The place, in the plan, of what has to hold once all events of its instant are taken in. */
  readonly while: number | undefined;
}

/** An ask that waits for its answer. */
class Pending {
  private due: Instant = NEVER;
  /** The absence that was the last one when that was worked out: later ones move it. */
  private dueBy: Absence | 'unknown' | undefined = 'unknown';

  constructor(
    readonly ask: Occurrence,
    readonly limit: Limit | undefined,
    /** What made it an ask. */
    private readonly matched: readonly Evidence[],
    /** Has to hold once all events of the ask's instant are taken in; missing once it did, or where nothing has to. */
    private readonly provided?: Operator,
  ) {}

  dueOf({ deadlines, movements }: PersonContext, pauses: boolean): Instant {
    const last = movements.absences.at(-1);
    if (this.dueBy !== last) {
      this.due = this.limit ? deadlines.due(this.ask.at, this.limit, pauses) : this.ask.at;
      this.dueBy = last;
    }
    return this.due;
  }

  dueOnRecord({ days }: PersonContext): Instant {
    return this.limit ? dueAt(this.ask.at, this.limit, days) : this.ask.at;
  }

  /** Whether it is an ask, by the state that it has to come in. */
  get isAsk(): boolean {
    return !this.provided || this.provided.onRecord(this.ask.at);
  }

  grounds(): readonly Evidence[] {
    return this.provided ? [...this.matched, this.provided.explain(this.ask.at)] : this.matched;
  }
}

interface WaitingAsks {
  readonly overdue: Pending[];
  readonly open: Pending[];
  readonly first: Pending | undefined;
  readonly count: number;
}

/** Where asks are looked for. */
interface Reach {
  readonly within?: ScopeOperator | undefined;
  /** For so many days an ask of an earlier stay still counts. */
  readonly elsewhere?: { readonly stay: ScopeOperator; readonly days: number } | undefined;
}

const NOTHING: never[][] = [];

/**
 * At least so many asks are past their limit and have had no answer since. An answer at the instant of its ask answers
 * it. Of asks of one kind the earlier fall due first, absences apart, so however many wait only the first few are looked
 * at.
 */
export class UnansweredFor extends Leaf {
  /** By kind, in the order they happened. */
  private pending: Pending[][] = NOTHING;
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
    if (this.answer.matches(occurrence, this.person)) {
      this.answeredAt = Math.max(this.answeredAt, at);
      if (this.pending !== NOTHING) this.keep(({ ask }) => ask.at > at);
    }
    if (at <= this.answeredAt) return;
    const kind = this.asks.findIndex(({ event }) => event.matches(occurrence, this.person));
    if (kind >= 0) this.wait(occurrence, kind);
  }

  holds(t: Instant): boolean {
    return this.pending !== NOTHING && this.due(t) <= t;
  }

  protected override flips(t: Instant): Instant {
    const within = this.reach.within?.nextFlip(t) ?? NEVER;
    if (this.pending === NOTHING) return within;
    const due = this.due(t);
    return Math.min(due > t ? due : NEVER, within, this.nextLapse(t));
  }

  /** While nothing is waiting, answers need not be looked at. */
  override wakers(): readonly string[] {
    return this.pending === NOTHING ? this.askTypes : this.needs;
  }

  /** Whether this event is an ask that is waiting for its answer. */
  counts({ id, at }: Occurrence, t: Instant): boolean {
    return this.pending.some((ofKind) => {
      for (let place = ofKind.length - 1; place >= 0; place--) {
        const pending = ofKind[place] as Pending;
        if (pending.ask.at < at) return false;
        if (pending.ask.id === id) return this.isOpen(pending, t);
      }
      return false;
    });
  }

  explain(t: Instant): Evidence {
    const { overdue, open, first, count } = this.waiting(t);
    const shown = earliestOf((overdue.length > 0 ? overdue : open).sort((a, b) => inOrder(a.ask, b.ask)));
    const within = this.reach.within ? [this.reach.within.explain(t)] : [];
    const of = [...within, ...shown.flatMap((pending) => pending.grounds())];
    return {
      op: 'unansweredFor',
      holds: this.value(t),
      count,
      cites: shown.map(({ ask }) => ask),
      ...(of.length > 0 && { of }),
      ...(first && duesOf(this.dueOf(first), first.dueOnRecord(this.person))),
    };
  }

  /** How many are overdue, and which falls, or fell, due first; of each kind, those that have waited longest. */
  private waiting(t: Instant): WaitingAsks {
    const [overdue, open]: [Pending[], Pending[]] = [[], []];
    let first: Pending | undefined;
    let count = 0;
    for (const ofKind of this.pending) {
      const enough = { overdue: overdue.length + ENOUGH, open: open.length + ENOUGH };
      for (const pending of ofKind) {
        if (!this.isOpen(pending, t)) continue;
        const due = this.dueOf(pending);
        if (!first || due < this.dueOf(first)) first = pending;
        if (open.length < enough.open) open.push(pending);
        if (due > t) continue;
        count++;
        if (overdue.length < enough.overdue) overdue.push(pending);
      }
    }
    return { overdue, open, first, count };
  }

  private wait(ask: Occurrence, kind: number): void {
    const { event, for: limit, while: place } = this.asks[kind] as PlannedAsk;
    const grounds = event.grounds(ask, this.person);
    const provided = place === undefined ? undefined : this.person.asOf(ask).operator(place);
    const pending = new Pending(ask, limit, grounds, provided);
    if (this.pending === NOTHING) this.pending = this.asks.map(() => []);
    const ofKind = this.pending[kind] as Pending[];
    let after = ofKind.length;
    while (after > 0 && (ofKind[after - 1] as Pending).ask.at > ask.at) after--;
    ofKind.splice(after, 0, pending);
    if (!provided) return;
    this.person.afterInstant(ask.at, () => {
      this.settle(pending, provided, kind);
    });
  }

  /** An ask once its instant is over: it is one for good, or none. */
  private settle(pending: Pending, provided: Operator, kind: number): void {
    const { ask, limit } = pending;
    const ofKind = this.pending[kind] ?? [];
    const place = ofKind.lastIndexOf(pending);
    if (place < 0) return;
    if (provided.onRecord(ask.at)) ofKind[place] = new Pending(ask, limit, pending.grounds());
    else ofKind.splice(place, 1);
    if (ofKind.length === 0) this.keep(() => true);
    this.forget();
  }

  private keep(isKept: (pending: Pending) => boolean): void {
    const kept = this.pending.map((ofKind) => ofKind.filter(isKept));
    this.pending = kept.some((ofKind) => ofKind.length > 0) ? kept : NOTHING;
  }

  /** When so many are due that it is true; {@link NEVER} where fewer wait. */
  private due(t: Instant): Instant {
    const first: Instant[] = [];
    this.pending.forEach((ofKind, kind) => {
      const standStillFrom = this.pauses && this.asks[kind]?.for ? this.person.deadlines.standStillFrom : NEVER;
      for (const pending of ofKind) {
        // It never falls due before the instant that the record says; those that come later do so still later.
        const last = first[this.atLeast - 1] ?? NEVER;
        if (pending.dueOnRecord(this.person) >= Math.min(last, standStillFrom)) break;
        if (this.isOpen(pending, t)) insert(first, this.dueOf(pending), this.atLeast);
      }
    });
    return first[this.atLeast - 1] ?? NEVER;
  }

  private dueOf(pending: Pending): Instant {
    return pending.dueOf(this.person, this.pauses);
  }

  private isOpen(pending: Pending, t: Instant): boolean {
    const { within } = this.reach;
    return (!within || within.covers(pending.ask, t)) && pending.isAsk && t < this.lapse(pending, t);
  }

  /** Until when an ask of an earlier stay counts. */
  private lapse({ ask }: Pending, t: Instant): Instant {
    const { elsewhere } = this.reach;
    if (!elsewhere || elsewhere.stay.covers(ask, t)) return NEVER;
    const { days } = this.person;
    return days.startOf(days.dayOf(ask.at) + elsewhere.days);
  }

  /** When the next ask of an earlier stay no longer counts: what happened since the stay began does not lapse. */
  private nextLapse(t: Instant): Instant {
    const { elsewhere } = this.reach;
    if (!elsewhere) return NEVER;
    const since = elsewhere.stay.since(t) ?? NEVER;
    const lapses = this.pending.map((ofKind) => {
      for (const pending of ofKind) {
        if (pending.ask.at >= since) return NEVER;
        const lapse = this.lapse(pending, t);
        if (lapse !== NEVER && this.isOpen(pending, t)) return lapse;
      }
      return NEVER;
    });
    return Math.min(NEVER, ...lapses);
  }
}

/** Puts an instant among the first so many, in their order. */
const insert = (first: Instant[], instant: Instant, size: number): void => {
  const place = first.findIndex((one) => instant < one);
  first.splice(place < 0 ? first.length : place, 0, instant);
  if (first.length > size) first.pop();
};
