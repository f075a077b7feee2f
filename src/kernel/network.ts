import { type Caseload, NOBODY } from './caseloads.js';
import { Deadlines } from './deadlines.js';
import { earlyIn, UnclaimedEvents } from './early-events.js';
import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { Movements, type MovementChange } from './movements.js';
import { isMove } from './place-in-custody.js';
import type { Occurrence } from './occurrence.js';
import type { Operator, PersonContext, Silence } from './operator.js';
import type { Plan } from './plan.js';
import { WeekShares } from './week-shares.js';

const NONE: ReadonlySet<Occurrence> = new Set();
const NOTHING: readonly never[] = [];

/**
 * A plan's operators, alive for one person and fed with that person's events in order. An event that belongs to a later
 * stay is held back until that stay has begun, and taken in there, at its own instant.
 */
export class Network implements PersonContext {
  readonly movements = new Movements();
  /** The last event taken in. */
  last: Occurrence | undefined;
  readonly deadlines: Deadlines;
  /** What they add to the key work of prisons. */
  readonly shares: WeekShares;
  /** By their places in the plan: those that were told or asked anything. */
  private readonly operators: (Operator | undefined)[];
  private readonly unclaimed = new UnclaimedEvents();
  /** What waits for the end of an instant. */
  private unsettled: readonly { readonly at: Instant; readonly then: () => void }[] = NOTHING;
  private waiting: readonly Occurrence[] = [];
  /** What began the stay to which what is handed on just now belongs, though it happened before. */
  private arrival: Occurrence | undefined;

  /** @param told what stands, in order, where some of it happened before the stay that it belongs to */
  private constructor(
    readonly plan: Plan,
    readonly days: LocalDays,
    private readonly silence: Silence,
    private readonly early: ReadonlySet<Occurrence>,
    readonly caseload: Caseload,
    private told: readonly Occurrence[] = NOTHING,
  ) {
    this.deadlines = new Deadlines(days, this.movements);
    this.shares = new WeekShares(days);
    this.operators = new Array<Operator | undefined>(plan.blueprints.length);
  }

  /** The network of a person of whom this is known. @param occurrences what stands, in order */
  static of(
    plan: Plan,
    days: LocalDays,
    silence: Silence,
    occurrences: readonly Occurrence[] = [],
    caseload: Caseload = NOBODY,
  ): Network {
    const early = occurrences.length > 0 ? earlyIn(occurrences) : NONE;
    const network = new Network(plan, days, silence, early, caseload, early.size > 0 ? occurrences : NOTHING);
    for (const occurrence of occurrences) network.take(occurrence);
    network.told = NOTHING;
    return network;
  }

  /**
   * Takes in the next event; says what it moved. Operators that are told first see the others as they were just before
   * the event. After a movement everything has to be looked at again: limits wait while somebody is away.
   */
  take(occurrence: Occurrence): MovementChange {
    this.settleBefore(occurrence.at);
    const move = this.movements.on(occurrence);
    if (move.moved) this.forgetAll();
    if (move.stayEnded !== undefined || move.newStay) this.beginAfresh(move);
    if (move.newStay) this.arrive(occurrence);
    this.unclaimed.note(occurrence, this.movements);
    if (this.early.has(occurrence)) this.waiting = [...this.waiting, occurrence];
    else if (!move.ignored && !(move.newStay && isMove(occurrence))) this.hand(occurrence);
    if (move.moved) this.forgetAll();
    this.shares.stand(this.movements, occurrence.at);
    this.last = occurrence;
    return move;
  }

  /** Whether what comes next may begin a stay to which something belongs that happened before it. */
  mayClaim(next: readonly Occurrence[]): boolean {
    const { movements, unclaimed } = this;
    if (next.length > 1) return this.mayBeginStay(next);
    return next.some((occurrence) => movements.mayBegin(occurrence) && unclaimed.hasAny(occurrence));
  }

  /** Whether what comes next may begin a stay. */
  mayBeginStay(next: readonly Occurrence[]): boolean {
    const { movements } = this;
    return next.some((occurrence) => movements.mayBegin(occurrence) || (next.length > 1 && isMove(occurrence)));
  }

  /** Built when it is told or asked for the first time: until then nothing has happened to it. */
  operator(place: number): Operator {
    return (this.operators[place] ??= this.build(place));
  }

  /** What else was told between the event and the arrival had not happened yet; movements say what the stay is. */
  asOf(event: Occurrence): Network {
    const { arrival } = this;
    if (!arrival) return this;
    const hadHappened = (one: Occurrence): boolean => one.at <= event.at || isMove(one) || one === arrival;
    const told = this.told.slice(0, this.told.indexOf(arrival) + 1);
    const before = told.filter((one) => hadHappened(one));
    if (before.length === told.length) return this;
    const network = new Network(this.plan, this.days, this.silence, earlyIn(before), this.caseload);
    for (const occurrence of before) network.take(occurrence);
    return network;
  }

  /** Where the person is in no stay, nobody need tell of them. */
  isSilent(types: readonly string[], t: Instant): boolean {
    const { toldIn } = this;
    return toldIn !== undefined && this.silence.covers(toldIn, types, t);
  }

  nextSilence(t: Instant): Instant {
    const { toldIn } = this;
    return toldIn === undefined ? NEVER : this.silence.nextChange(toldIn, t);
  }

  /** The prison whose feeds tell of what is asked here. */
  private get toldIn(): string | undefined {
    return this.movements.stay?.prisonId ?? this.caseload.prisonId;
  }

  afterInstant(at: Instant, then: () => void): void {
    this.unsettled = [...this.unsettled, { at, then }];
  }

  private settleBefore(t: Instant): void {
    if (this.unsettled.length === 0) return;
    const over = this.unsettled.filter(({ at }) => at < t);
    this.unsettled = this.unsettled.filter(({ at }) => at >= t);
    for (const { then } of over) then();
  }

  private build(place: number): Operator {
    const blueprint = this.plan.blueprints[place];
    if (!blueprint) throw new Error(`The plan has no operator ${place}.`);
    return blueprint.build(this);
  }

  private beginAfresh({ stayEnded, newStay, newCustody }: MovementChange): void {
    if (newStay) this.shares.newStay();
    for (const operator of this.operators) {
      if (stayEnded !== undefined) operator?.stayEnded?.(stayEnded);
      if (newCustody) operator?.newCustody?.(this.movements.lastLeft);
      if (newStay) operator?.newStay?.();
    }
  }

  /** A presence that begins a stay is also handed on as the arrival that nobody told. What was early follows it. */
  private arrive(occurrence: Occurrence): void {
    const { stay } = this.movements;
    if (isMove(occurrence)) this.hand(occurrence);
    else if (stay?.arrival) this.hand({ ...occurrence, type: 'PrisonerReceived', data: { reason: 'TRANSFERRED' } });
    if (stay) this.unclaimed.claimedBy(stay);
    const early = this.waiting.filter(({ prisonId }) => prisonId === occurrence.prisonId);
    if (early.length === 0) return;
    this.waiting = this.waiting.filter((waiting) => !early.includes(waiting));
    this.movements.claim(early);
    this.arrival = this.told.includes(occurrence) ? occurrence : undefined;
    for (const claimed of early) this.hand(claimed);
    this.arrival = undefined;
  }

  private hand(occurrence: Occurrence): void {
    const { type } = occurrence;
    this.settleBefore(occurrence.at);
    this.shares.hear(occurrence);
    for (const place of this.plan.hearing.get(type) ?? []) this.operator(place).on?.(occurrence);
    for (const place of this.plan.affected.get(type) ?? []) this.operators[place]?.forget?.();
  }

  /** Whatever operators remember of what they found, they look again. */
  forgetAll(): void {
    for (const operator of this.operators) operator?.forget?.();
  }
}
