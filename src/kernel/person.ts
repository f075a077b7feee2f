import { type Caseload, NOBODY } from './caseloads.js';
import { effective, isJoined, markOf, strikesOut, StrikeOuts } from './strike-outs.js';
import type { Open } from './episode.js';
import { isSession, keptOf } from './held-sessions.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { Network } from './network.js';
import { inOrder, type Occurrence } from './occurrence.js';
import { NO_SILENCE, type Silence } from './operator.js';
import type { Assigned } from './operators/assigned.js';
import type { Plan } from './plan.js';
import type { Rulebook, RulesInForce } from './rulebook.js';
import { type EpisodeMemory, type PersonMemory, unlessNever } from './remembered-person.js';
import { RuleStanding } from './rule-standing.js';
import type { Circumstances, Transition } from './transition.js';
import type { WeekShare } from './week-shares.js';

const EVER: Instant = -Infinity;
const NO_SESSIONS: readonly Occurrence[] = [];

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
 * Everything the rules say of one person, or of one key worker. Events are learned as they become known, in any order; {@link settle} then
 * decides what changed at an instant. An event that does not come last in the order of things has the person's operators
 * built anew from their history; what was raised when stays as it was.
 */
export class Person {
  /** The rules by which they were decided on last. */
  private rules: RulesInForce;
  private network: Network;
  private struckOut = new StrikeOuts();
  /** The ids of their events, where these were told under several numbers. */
  private ids: Set<string> | undefined;
  /** It takes the history to decide next. */
  private looksBack = false;
  /** Known, and not yet taken in. */
  private fresh: Occurrence[] = [];
  private held: readonly Occurrence[] = NO_SESSIONS;
  private readonly standings: readonly RuleStanding[];
  private next: Instant = NEVER;
  /** Other numbers' events count as theirs since just now, or no longer do. */
  private regrouped = false;

  constructor(
    private readonly rulebook: Rulebook,
    private readonly days: LocalDays,
    private readonly silence: Silence = NO_SILENCE,
    private readonly caseload: Caseload = NOBODY,
  ) {
    this.rules = rulebook.inForce(undefined, EVER);
    const { plan } = this.rules;
    this.standings = plan.rules.map((planned) => new RuleStanding(planned));
    this.network = this.networkOf([]);
  }

  /**
   * The person that was written down, as they were then.
   * @param told may hold more than was known then
   * @param caseload of a key worker
   */
  static recall(
    rulebook: Rulebook,
    days: LocalDays,
    { next = NEVER, looksBack, holder, rulesSince = EVER, fresh, episodes }: PersonMemory,
    { own, elsewhere }: PersonHistory,
    silence?: Silence,
    caseload: Caseload = NOBODY,
  ): Person {
    const person = new Person(rulebook, days, silence, caseload);
    const byMark = new Map([...elsewhere, ...own].map((occurrence) => [markOf(occurrence), occurrence]));
    const freshMarks = new Set(fresh.map(markOf));
    person.fresh = [...freshMarks].flatMap((mark) => byMark.get(mark) ?? []);
    person.goBy(rulebook.inForce(holder?.prisonId ?? caseload.prisonId, rulesSince));
    person.rebuild({ own: own.filter((occurrence) => !freshMarks.has(markOf(occurrence))), elsewhere });
    rulebook.rules.forEach((rule, index) => {
      person.standings[index]?.recall(episodes[rule.id] ?? {}, (telling) => byMark.get(markOf(telling)));
    });
    person.next = next;
    person.looksBack = looksBack;
    return person;
  }

  /** What has to be written down of the person. */
  get memory(): PersonMemory {
    const episodes: Record<string, EpisodeMemory> = {};
    this.rulebook.rules.forEach(({ id }, index) => {
      const memory = this.standings[index]?.memory;
      if (memory) episodes[id] = memory;
    });
    const fresh = this.fresh.map(({ id, prisonNumber }) => ({ id, prisonNumber }));
    const { inStay, looksBack } = this;
    const { holder } = this.network.movements;
    const armed = this.standings.flatMap(({ nextFlip }, place) => (nextFlip === NEVER ? [] : place));
    const { since } = this.rules;
    const rulesSince = since === EVER ? undefined : since;
    return { next: unlessNever(this.next), looksBack, holder, inStay, rulesSince, fresh, armed, episodes };
  }

  /** The prison that holds the person: what is heard of them from elsewhere moves nobody. */
  get prisonId(): string | undefined {
    return this.network.movements.holder?.prisonId;
  }

  get inStay(): boolean {
    return this.network.movements.stay !== undefined;
  }

  /** The allocation that says who is their key worker. */
  get allocation(): Occurrence | undefined {
    return (this.network.operator(this.network.plan.keyWorker) as Assigned).given;
  }

  /** The key worker sessions with them that count: of the two weeks up to the last. The same list as long as they are the same. */
  get sessions(): readonly Occurrence[] {
    return this.held;
  }

  /** What they add to the key work of prisons, by week: another list once that is other. */
  get weekShares(): readonly WeekShare[] {
    return this.network.shares.all;
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

  /**
   * At `t` a feed of the prison that holds them fell silent, or was heard again; or the key worker has other people:
   * {@link settle} follows.
   */
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
    this.rulebook.rules.forEach(({ id }, index) => {
      const open = latched.get(id);
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
    if (this.looksBack || isJoined(fresh) || this.mayGoByOtherRules) return true;
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
    const before = this.rules.plan;
    const occurrences = told && this.rebuild(told, t);
    if (!told) this.takeInAll(learned, t);
    const now = { ...this.circumstances(learned, told?.own), ...(occurrences && this.past(occurrences, before)) };
    this.regrouped = false;
    const transitions: Transition[] = [];
    let next = this.isDecidedOn ? this.rules.until : NEVER;
    for (const standing of this.standings) {
      if (standing.nextFlip <= t) transitions.push(...standing.decide(t, now));
      next = earliest(next, standing.nextFlip);
    }
    this.next = next;
    return transitions;
  }

  /** In a stay, or a key worker. */
  private get isDecidedOn(): boolean {
    return this.inStay || this.caseload.prisonId !== undefined;
  }

  /**
   * Whether the next decision may go by other rules than the last: those of another prison, or this one's, which change.
   * Where nothing was taken in so far, the first rules are those of the first prison.
   */
  private get mayGoByOtherRules(): boolean {
    const { fresh, network, rulebook, next, isDecidedOn, prisonId = this.caseload.prisonId } = this;
    const planOf = (prison: string | undefined): Plan => rulebook.inForce(prison, next).plan;
    const { plan } = this.rules;
    if (isDecidedOn && planOf(prisonId) !== plan) return true;
    if (!network.mayBeginStay(fresh)) return false;
    const first = network.last ? plan : planOf(fresh[0]?.prisonId);
    return fresh.some((occurrence) => planOf(occurrence.prisonId) !== first);
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
  private circumstances(learned: readonly Occurrence[] = [], history: readonly Occurrence[] = []): Circumstances {
    const { network, struckOut, regrouped } = this;
    const ids = regrouped ? new Set(history.map(({ id }) => id)) : undefined;
    const isGone = (occurrence: Occurrence): boolean =>
      struckOut.has(occurrence) || (ids !== undefined && !ids.has(occurrence.id));
    return { network, isGone, learned, regrouped };
  }

  private byRule(openOf: (standing: RuleStanding) => Open | undefined): Map<string, Open> {
    const found = new Map<string, Open>();
    this.rulebook.rules.forEach(({ id }, index) => {
      const standing = this.standings[index];
      const open = standing && openOf(standing);
      if (open) found.set(id, open);
    });
    return found;
  }

  /** Events that come next, under the rules that the person goes by already; the first of all decides whose these are. */
  private takeInAll(learned: readonly Occurrence[], t: Instant): void {
    const [first] = learned;
    if (first && this.network.last === undefined) {
      this.goBy(this.rulebook.inForce(first.prisonId, t));
      this.network = this.networkOf([]);
    }
    for (const occurrence of learned) this.takeIn(occurrence);
    this.goByRulesOf(this.network, t);
  }

  private takeIn(occurrence: Occurrence): void {
    this.ids?.add(occurrence.id);
    if (this.struckOut.has(occurrence)) return;
    if (isSession(occurrence)) this.holdSessions([...this.held, occurrence]);
    if (this.network.take(occurrence).moved) {
      for (const standing of this.standings) standing.lookAgain();
      return;
    }
    const { concerned } = this.network.plan;
    for (const index of concerned.get(occurrence.type) ?? []) this.standings[index]?.heard(occurrence.type);
  }

  /** Starts over from the history, under the rules of `t`, or else the present ones. Gives what of it stands, in order. */
  private rebuild({ own, elsewhere }: PersonHistory, t?: Instant): readonly Occurrence[] {
    const joined = isJoined(own);
    const { occurrences, struckOut } = effective(own, elsewhere);
    this.struckOut = struckOut;
    this.holdSessions(occurrences.filter(isSession));
    this.ids = joined ? new Set(own.map(({ id }) => id)) : undefined;
    this.network = this.networkOf(occurrences, t);
    if (t !== undefined) this.goByRulesOf(this.network, t);
    for (const standing of this.standings) standing.lookAgain();
    return occurrences;
  }

  private holdSessions(sessions: readonly Occurrence[]): void {
    this.held = keptOf(sessions, (session) => session, this.days);
  }

  /** What became of the person by these events: under the rules that they go by at `t`, or else the present ones. */
  private networkOf(occurrences: readonly Occurrence[], t?: Instant): Network {
    const { days, silence, rules, caseload } = this;
    const network = Network.of(rules.plan, days, silence, occurrences, caseload);
    const { plan } = t === undefined ? rules : this.rulesOf(network, t);
    return plan === rules.plan ? network : Network.of(plan, days, silence, occurrences, caseload);
  }

  /** Those of the prison that holds them at `t`; between two stays nothing is decided, and the rules stay what they were. */
  private rulesOf({ movements: { stay } }: Network, t: Instant): RulesInForce {
    const prisonId = stay?.prisonId ?? this.caseload.prisonId;
    return prisonId === undefined ? this.rules : this.rulebook.inForce(prisonId, t);
  }

  private goByRulesOf(network: Network, t: Instant): void {
    this.goBy(this.rulesOf(network, t));
  }

  private goBy(rules: RulesInForce): void {
    if (rules.plan !== this.rules.plan)
      for (const planned of rules.plan.rules) this.standings[planned.place]?.goBy(planned);
    this.rules = rules;
  }

  /**
   * What is known now, as far as it had happened by an instant, under the rules of that instant; and all of it under the
   * rules before, where these are others now.
   */
  private past(occurrences: readonly Occurrence[], before: Plan): Pick<Circumstances, 'lookBack' | 'before'> {
    const found = new Map<Instant, Network>();
    const lookBack = (t: Instant): Network => {
      const network =
        found.get(t) ??
        this.networkOf(
          occurrences.filter(({ at }) => at <= t),
          t,
        );
      found.set(t, network);
      return network;
    };
    if (before === this.rules.plan) return { lookBack };
    let under: Network | undefined;
    const { days, silence, caseload } = this;
    return { lookBack, before: () => (under ??= Network.of(before, days, silence, occurrences, caseload)) };
  }
}
