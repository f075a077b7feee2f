import { effective, isJoined, markOf, strikesOut, StrikeOuts } from './strike-outs.js';
import type { Open } from './episode.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { Network } from './network.js';
import { inOrder, type Occurrence } from './occurrence.js';
import { NO_SILENCE, type Silence } from './operator.js';
import type { Plan } from './plan.js';
import { type EpisodeMemory, type PersonMemory, unlessNever } from './remembered-person.js';
import { RuleStanding } from './rule-standing.js';
import type { Circumstances, Transition } from './transition.js';

/** What goes on under the number that a person's record is merged into. */
export interface Heritage {
  /** By rule id: the latched alerts that were open. */
  readonly latched: ReadonlyMap<string, Open>;
  /** Known, and not yet taken in. */
  readonly fresh: readonly Occurrence[];
}

/** Everything known of a person, in any order. */
export interface PersonHistory {
  readonly own: readonly Occurrence[];
  /** What is known of others whose records were told of the person, too: the last telling may stand there. */
  readonly elsewhere: readonly Occurrence[];
}

/**
 * Everything the rules say of one person. Events are learned as they become known, in any order; {@link settle} then
 * decides what changed at an instant. An event that does not come last in the order of things has the person's operators
 * built anew from their history; what was raised when stays as it was.
 */
export class Person {
  private network: Network;
  private struckOut = new StrikeOuts();
  /** The ids of their events, where these were told under several numbers. */
  private ids: Set<string> | undefined;
  /** It takes the history to decide next. */
  private looksBack = false;
  /** Known, and not yet taken in. */
  private fresh: Occurrence[] = [];
  private readonly standings: readonly RuleStanding[];
  private next: Instant = NEVER;
  /** Other numbers' events count as theirs since just now, or no longer do. */
  private regrouped = false;

  constructor(
    private readonly plan: Plan,
    private readonly days: LocalDays,
    private readonly silence: Silence = NO_SILENCE,
  ) {
    this.standings = plan.rules.map((planned) => new RuleStanding(planned));
    this.network = Network.of(plan, days, silence);
  }

  /**
   * The person that was written down, as they were then.
   * @param told may hold more than was known then
   */
  static recall(
    plan: Plan,
    days: LocalDays,
    { next = NEVER, looksBack, fresh, episodes }: PersonMemory,
    { own, elsewhere }: PersonHistory,
    silence?: Silence,
  ): Person {
    const person = new Person(plan, days, silence);
    const byMark = new Map([...elsewhere, ...own].map((occurrence) => [markOf(occurrence), occurrence]));
    const freshMarks = new Set(fresh.map(markOf));
    person.fresh = [...freshMarks].flatMap((mark) => byMark.get(mark) ?? []);
    person.rebuild({ own: own.filter((occurrence) => !freshMarks.has(markOf(occurrence))), elsewhere });
    plan.rules.forEach(({ rule }, index) => {
      person.standings[index]?.recall(episodes[rule.id] ?? {}, (telling) => byMark.get(markOf(telling)));
    });
    person.next = next;
    person.looksBack = looksBack;
    return person;
  }

  /** What has to be written down of the person. */
  get memory(): PersonMemory {
    const episodes: Record<string, EpisodeMemory> = {};
    this.plan.rules.forEach(({ rule }, index) => {
      const memory = this.standings[index]?.memory;
      if (memory) episodes[rule.id] = memory;
    });
    const fresh = this.fresh.map(({ id, prisonNumber }) => ({ id, prisonNumber }));
    const { inStay, looksBack } = this;
    const { holder } = this.network.movements;
    const armed = this.standings.flatMap(({ nextFlip }, place) => (nextFlip === NEVER ? [] : place));
    return { next: unlessNever(this.next), looksBack, holder, inStay, fresh, armed, episodes };
  }

  /** The prison that holds the person: what is heard of them from elsewhere moves nobody. */
  get prisonId(): string | undefined {
    return this.network.movements.holder?.prisonId;
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
    return this.byRule(({ open }) => open);
  }

  /** Of those the ones of latched rules. */
  get latched(): ReadonlyMap<string, Open> {
    return this.byRule(({ latched }) => latched);
  }

  /** Each open alert with what it stands on at `t` and the instant it was raised: to compare with what is open elsewhere. */
  standing(t: Instant): Transition[] {
    const now = this.circumstances();
    return this.standings.flatMap((standing) => standing.asRaised(t, now) ?? []);
  }

  /**
   * Takes note of an event that becomes known at `t`, and has happened by then. Ids must be new. {@link settle} follows, at
   * that instant.
   * @param again whether it may be another telling of a record that was told before
   */
  learn(occurrence: Occurrence, t: Instant, again = false): void {
    this.fresh.push(occurrence);
    this.next = earliest(this.next, t);
    if (again) this.lookBack(t);
  }

  /** At `t` a feed of the prison that holds them fell silent, or was heard again: {@link settle} follows. */
  lookAgain(t: Instant): void {
    this.network.forgetAll();
    for (const standing of this.standings) standing.lookAgain();
    this.next = earliest(this.next, t);
  }

  /** From `t` on more, or less, of what was known counts: {@link settle} follows, with the history. */
  lookBack(t: Instant): void {
    this.looksBack = true;
    this.next = earliest(this.next, t);
  }

  /** From `t` on other numbers' events count as this person's, or no longer do: {@link settle} follows, with the history. */
  regroup(t: Instant): void {
    this.regrouped = true;
    this.lookBack(t);
  }

  /** What was open under a number that was merged into this one, to be decided on with {@link regroup}. */
  inherit({ latched, fresh }: Heritage, t: Instant): void {
    this.plan.rules.forEach(({ rule }, index) => {
      const open = latched.get(rule.id);
      if (open) this.standings[index]?.inherit(open);
    });
    for (const occurrence of fresh) this.learn(occurrence, t);
  }

  /** The person's number was merged into another: nothing is open under it any longer. */
  merge(t: Instant, told: PersonHistory): { readonly transitions: Transition[]; readonly heritage: Heritage } {
    this.rebuild(told);
    const heritage = { latched: this.latched, fresh: this.fresh };
    const now = this.circumstances();
    return { transitions: this.standings.flatMap((standing) => standing.merge(t, now)), heritage };
  }

  /** Whether {@link settle} needs all that is known of the person: what is new does not simply come next, or may be one event under two numbers. */
  get needsHistory(): boolean {
    const { fresh } = this;
    if (this.looksBack || isJoined(fresh)) return true;
    return (
      fresh.length > 0 && (this.network.mayClaim(fresh) || fresh.some((occurrence) => !this.comesNext(occurrence)))
    );
  }

  /**
   * Decides what changed at `t`: with all that was learned for this instant, and all that falls due at it.
   * @param told wanted when {@link needsHistory}
   */
  settle(t: Instant, told?: PersonHistory): Transition[] {
    const learned = this.fresh.sort(inOrder);
    this.fresh = [];
    this.looksBack = false;
    const lookBack = told && this.rebuild(told);
    if (!told) for (const occurrence of learned) this.takeIn(occurrence);
    const now = this.circumstances(learned, told?.own, lookBack);
    this.regrouped = false;
    const transitions: Transition[] = [];
    let next = NEVER;
    for (const standing of this.standings) {
      if (standing.nextFlip <= t) transitions.push(...standing.decide(t, now));
      next = earliest(next, standing.nextFlip);
    }
    this.next = next;
    return transitions;
  }

  /** Whether an event strikes out nothing that was counted, is not late, and was told under no other number of theirs. */
  private comesNext(occurrence: Occurrence): boolean {
    const { last } = this.network;
    const { id, at, prisonNumber } = occurrence;
    return (
      !strikesOut(occurrence) &&
      (last === undefined || inOrder(occurrence, last) >= 0) &&
      !this.standings.some(({ latched }) => latched !== undefined && at <= latched.standsSince) &&
      !(this.ids ? this.ids.has(id) : last !== undefined && last.prisonNumber !== prisonNumber)
    );
  }

  /** @param history wanted where numbers were regrouped: what is not in it does not count for the person */
  private circumstances(
    learned: readonly Occurrence[] = [],
    history: readonly Occurrence[] = [],
    lookBack?: (t: Instant) => Network,
  ): Circumstances {
    const { network, struckOut, regrouped } = this;
    const ids = regrouped ? new Set(history.map(({ id }) => id)) : undefined;
    const isGone = (occurrence: Occurrence): boolean =>
      struckOut.has(occurrence) || (ids !== undefined && !ids.has(occurrence.id));
    return { network, isGone, learned, regrouped, lookBack };
  }

  private byRule(openOf: (standing: RuleStanding) => Open | undefined): Map<string, Open> {
    const found = new Map<string, Open>();
    this.plan.rules.forEach(({ rule }, index) => {
      const standing = this.standings[index];
      const open = standing && openOf(standing);
      if (open) found.set(rule.id, open);
    });
    return found;
  }

  private takeIn(occurrence: Occurrence): void {
    this.ids?.add(occurrence.id);
    if (this.struckOut.has(occurrence)) return;
    if (this.network.take(occurrence).moved) {
      for (const standing of this.standings) standing.lookAgain();
      return;
    }
    for (const index of this.plan.concerned.get(occurrence.type) ?? []) this.standings[index]?.heard(occurrence.type);
  }

  /** Starts over from the history; gives back what is known now, as far as it had happened by any instant. */
  private rebuild({ own, elsewhere }: PersonHistory): (t: Instant) => Network {
    const joined = isJoined(own);
    const { occurrences, struckOut } = effective(own, elsewhere);
    this.struckOut = struckOut;
    this.ids = joined ? new Set(own.map(({ id }) => id)) : undefined;
    this.network = Network.of(this.plan, this.days, this.silence, occurrences);
    for (const standing of this.standings) standing.lookAgain();
    const found = new Map<Instant, Network>();
    return (t) => {
      const network = found.get(t) ?? this.networkAt(t, occurrences);
      found.set(t, network);
      return network;
    };
  }

  private networkAt(t: Instant, occurrences: readonly Occurrence[]): Network {
    const happened = occurrences.filter(({ at }) => at <= t);
    return Network.of(this.plan, this.days, this.silence, happened);
  }
}
