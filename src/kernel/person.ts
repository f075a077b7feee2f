import { effective, strikesOut, StruckOut } from './effective.js';
import type { Open } from './episode.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Holder } from './movements.js';
import { Network } from './network.js';
import { inOrder, type Occurrence } from './occurrence.js';
import { NO_SILENCE, type Silence } from './operator.js';
import type { Plan } from './plan.js';
import { memoryOf, type EpisodeMemory, type PersonMemory } from './remembered-person.js';
import { RuleStanding } from './rule-standing.js';
import type { Transition } from './transition.js';

const MOVES = new Set(['PrisonerReceived', 'PrisonerReleased']);
const NONE: ReadonlySet<RuleStanding> = new Set();

/**
 * Everything the rules say of one person. Events are learned as they become known, in any order; {@link settle} then
 * decides what changed at an instant. An event that does not come last in the order of things has the person's operators
 * built anew from their history; what was raised when stays as it was.
 */
export class Person {
  private network: Network;
  private struckOut = new StruckOut();
  private fresh: Occurrence[] = [];
  /** Known of, and said to happen a little later: a source's clock may be ahead by minutes. */
  private upcoming: Occurrence[] = [];
  private readonly standings: readonly RuleStanding[];
  private next: Instant = NEVER;

  constructor(
    private readonly plan: Plan,
    private readonly days: LocalDays,
    private readonly silence: Silence = NO_SILENCE,
  ) {
    this.standings = plan.rules.map((planned) => new RuleStanding(planned));
    this.network = new Network(plan, days, silence);
  }

  /**
   * The person that was written down, as they were then.
   * @param history everything known of the person, in any order; may hold more than was known then
   */
  static recall(
    plan: Plan,
    days: LocalDays,
    { next = NEVER, upcoming, episodes }: PersonMemory,
    history: readonly Occurrence[],
  ): Person {
    const person = new Person(plan, days);
    const byId = new Map(history.map((occurrence) => [occurrence.id, occurrence]));
    person.upcoming = upcoming.flatMap((id) => byId.get(id) ?? []);
    person.rebuild(history.filter(({ id }) => !upcoming.includes(id)));
    plan.rules.forEach(({ rule }, index) => {
      person.standings[index]?.recall(episodes[rule.id] ?? {}, (id) => byId.get(id));
    });
    person.next = next;
    return person;
  }

  /** What has to be written down of the person. */
  get memory(): PersonMemory {
    const episodes: Record<string, EpisodeMemory> = {};
    this.plan.rules.forEach(({ rule }, index) => {
      const memory = this.standings[index]?.memory;
      if (memory) episodes[rule.id] = memory;
    });
    const upcoming = [...this.fresh, ...this.upcoming].map(({ id }) => id);
    const { holder, inStay } = this;
    const armed = this.standings.flatMap(({ nextFlip }, place) => (nextFlip === NEVER ? [] : place));
    return memoryOf(this.next, { ...(holder && { holder }), inStay, upcoming, armed, episodes });
  }

  /** The prison that holds the person: what is heard of them from elsewhere moves nobody. */
  get prisonId(): string | undefined {
    return this.network.movements.holder?.prisonId;
  }

  /** Who may see all that is known of the person. */
  get holder(): Holder | undefined {
    return this.network.movements.holder;
  }

  get inStay(): boolean {
    return this.network.movements.stay !== undefined;
  }

  /** The next instant at which something may change although nothing happens. */
  get nextFlip(): Instant {
    return this.next;
  }

  /** Adds so many at the place of each rule that has to be looked at again although nothing happens. */
  addArmed(counts: number[], amount: 1 | -1): void {
    this.standings.forEach(({ nextFlip }, place) => {
      if (nextFlip !== NEVER) counts[place] = (counts[place] ?? 0) + amount;
    });
  }

  /** The alerts that should be open, by rule id. */
  get open(): ReadonlyMap<string, Open> {
    const open = new Map<string, Open>();
    this.plan.rules.forEach(({ rule }, index) => {
      const alert = this.standings[index]?.open;
      if (alert) open.set(rule.id, alert);
    });
    return open;
  }

  /** Each open alert with what it stands on at `t` and the instant it was raised: to compare with what is open elsewhere. */
  standing(t: Instant): Transition[] {
    const now = { network: this.network, struckOut: this.struckOut, learned: [] };
    return this.standings.flatMap((standing) => standing.asRaised(t, now) ?? []);
  }

  /** Takes note of an event that becomes known at `t`. Ids must be new. {@link settle} follows, at that instant. */
  learn(occurrence: Occurrence, t: Instant): void {
    (occurrence.at > t ? this.upcoming : this.fresh).push(occurrence);
    this.next = earliest(this.next, occurrence.at > t ? occurrence.at : t);
  }

  /** Whether {@link settle} at `t` needs all that is known of the person: what is new does not simply come next. */
  needsHistory(t: Instant): boolean {
    const fresh = this.freshAt(t);
    if (fresh.length === 0) return false;
    const { last } = this.network;
    return fresh.some(
      (occurrence) =>
        strikesOut(occurrence) ||
        (last !== undefined && inOrder(occurrence, last) < 0) ||
        this.standings.some(({ latchedSince }) => latchedSince !== undefined && occurrence.at <= latchedSince),
    );
  }

  /**
   * Decides what changed at `t`: with all that was learned for this instant, and all that falls due at it.
   * @param history everything known of the person, in any order; wanted when {@link needsHistory}
   */
  settle(t: Instant, history?: readonly Occurrence[]): Transition[] {
    const learned = this.freshAt(t).sort(inOrder);
    this.fresh = [];
    this.upcoming = this.upcoming.filter(({ at }) => at > t);
    const shaken = history ? this.rebuild(history.filter(({ at }) => at <= t)) : this.takeIn(learned);
    const now = { network: this.network, struckOut: this.struckOut, learned };
    const transitions: Transition[] = [];
    this.next = this.upcoming.reduce((soonest, { at }) => earliest(soonest, at), NEVER);
    for (const standing of this.standings) {
      if (standing.nextFlip <= t) transitions.push(...standing.decide(t, shaken.has(standing), now));
      this.next = earliest(this.next, standing.nextFlip);
    }
    return transitions;
  }

  private freshAt(t: Instant): Occurrence[] {
    return this.upcoming.length === 0 ? this.fresh : [...this.fresh, ...this.upcoming.filter(({ at }) => at <= t)];
  }

  private takeIn(learned: readonly Occurrence[]): ReadonlySet<RuleStanding> {
    for (const occurrence of learned) if (!this.struckOut.has(occurrence)) this.apply(occurrence);
    return NONE;
  }

  private apply(occurrence: Occurrence): void {
    const newStay = this.network.take(occurrence);
    if (newStay || MOVES.has(occurrence.type)) {
      for (const standing of this.standings) standing.lookAgain();
      return;
    }
    for (const index of this.plan.concerned.get(occurrence.type) ?? []) this.standings[index]?.heard(occurrence.type);
  }

  /** Starts over from the history; gives back the latched rules whose alert was raised on what is no longer so. */
  private rebuild(history: readonly Occurrence[]): ReadonlySet<RuleStanding> {
    const { occurrences, struckOut } = effective(history);
    this.struckOut = struckOut;
    this.network = new Network(this.plan, this.days, this.silence);
    const shaken = new Set<RuleStanding>();
    const unchecked = this.latched();
    const checkBefore = (t: Instant): void => {
      for (let latched = unchecked[0]; latched && latched.since < t; latched = unchecked[0]) {
        if (!latched.standing.held(this.network, latched.since)) shaken.add(latched.standing);
        unchecked.shift();
      }
    };
    for (const occurrence of occurrences) {
      checkBefore(occurrence.at);
      this.network.take(occurrence);
    }
    checkBefore(NEVER);
    for (const standing of this.standings) standing.lookAgain();
    return shaken;
  }

  /** The open latched rules, in the order in which their alerts were raised. */
  private latched(): { standing: RuleStanding; since: Instant }[] {
    return this.standings
      .flatMap((standing) => (standing.latchedSince === undefined ? [] : { standing, since: standing.latchedSince }))
      .sort((a, b) => a.since - b.since);
  }
}
