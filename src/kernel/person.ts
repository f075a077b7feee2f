import { effective, strikesOut, StruckOut } from './effective.js';
import { next, type Episode, type Open, type Reading } from './episode.js';
import { earliest, NEVER, type Instant } from './instant.js';
import type { LocalDays } from './local-days.js';
import { Network } from './network.js';
import { inOrder, type Occurrence } from './occurrence.js';
import { NO_SILENCE, type Silence } from './operator.js';
import type { Plan, PlannedRule } from './plan.js';
import { awaitsAnswer, nextFlipOf, readRule } from './read-rule.js';
import { closed, opened, repeated, risen, type Circumstances, type Transition } from './transition.js';

const MOVES = new Set(['PrisonerReceived', 'PrisonerReleased']);
const NONE: ReadonlySet<number> = new Set();
const NEVER_OPENED: Episode = {};
const AT_ONCE: Instant = -Infinity;
const NO_CHANGE: Transition[] = [];

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
  private readonly episodes: Episode[];
  /** When each rule has to be looked at again; at once, where an event concerns it. */
  private readonly flips: Instant[];
  /** For rules that are not open: the event types that can change that; any, where it is not known. */
  private readonly wakers: (readonly string[] | undefined)[];
  private next: Instant = NEVER;

  constructor(
    private readonly plan: Plan,
    private readonly days: LocalDays,
    private readonly silence: Silence = NO_SILENCE,
  ) {
    this.episodes = plan.rules.map(() => ({}));
    this.flips = plan.rules.map(() => NEVER);
    this.wakers = plan.rules.map(() => undefined);
    this.network = new Network(plan, days, silence);
  }

  /** The prison that the last event names. */
  get prisonId(): string | undefined {
    return this.network.last?.prisonId;
  }

  get inStay(): boolean {
    return this.network.movements.stay !== undefined;
  }

  /** The next instant at which something may change although nothing happens. */
  get nextFlip(): Instant {
    return this.next;
  }

  /** The alerts that should be open, by rule id. */
  get open(): ReadonlyMap<string, Open> {
    const open = new Map<string, Open>();
    this.plan.rules.forEach(({ rule }, index) => {
      const episode = this.episodes[index]?.open;
      if (episode) open.set(rule.id, episode);
    });
    return open;
  }

  /** Each open alert with what it stands on at `t` and the instant it was raised: to compare with what is open elsewhere. */
  standing(t: Instant): Transition[] {
    return this.plan.rules.flatMap((planned, index) => {
      const open = this.episodes[index]?.open;
      if (!open) return [];
      const now = { network: this.network, struckOut: this.struckOut, learned: [] };
      return [{ ...risen('raised', planned, { at: t, severity: open.severity }, now), at: open.raisedAt }];
    });
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
    const looked = Math.max(-Infinity, ...this.latchedOpen().map(({ since }) => since));
    return fresh.some(
      (occurrence) =>
        strikesOut(occurrence) || occurrence.at <= looked || (last !== undefined && inOrder(occurrence, last) < 0),
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
    const circumstances = { network: this.network, struckOut: this.struckOut, learned };
    const transitions: Transition[] = [];
    for (let index = 0; index < this.flips.length; index++) {
      if ((this.flips[index] as Instant) > t) continue;
      const planned = this.plan.rules[index] as PlannedRule;
      if (t < planned.inForceFrom) this.flips[index] = planned.inForceFrom;
      else transitions.push(...this.decide(planned, index, t, shaken.has(index), circumstances));
    }
    this.next = this.upcoming.reduce((soonest, { at }) => earliest(soonest, at), Math.min(...this.flips));
    return transitions;
  }

  private freshAt(t: Instant): Occurrence[] {
    return this.upcoming.length === 0 ? this.fresh : [...this.fresh, ...this.upcoming.filter(({ at }) => at <= t)];
  }

  private takeIn(learned: readonly Occurrence[]): ReadonlySet<number> {
    for (const occurrence of learned) if (!this.struckOut.has(occurrence)) this.apply(occurrence);
    return NONE;
  }

  private apply(occurrence: Occurrence): void {
    const newStay = this.network.take(occurrence);
    if (newStay || MOVES.has(occurrence.type)) {
      this.lookAtAll();
      return;
    }
    for (const index of this.plan.concerned.get(occurrence.type) ?? []) {
      if (this.wakers[index]?.includes(occurrence.type) ?? true) this.flips[index] = AT_ONCE;
    }
  }

  private lookAtAll(): void {
    this.flips.fill(AT_ONCE);
  }

  /** Starts over from the history; gives back the latched rules whose alert was raised on what is no longer so. */
  private rebuild(history: readonly Occurrence[]): ReadonlySet<number> {
    const { occurrences, struckOut } = effective(history);
    this.struckOut = struckOut;
    this.network = new Network(this.plan, this.days, this.silence);
    const shaken = new Set<number>();
    const unchecked = this.latchedOpen().sort((a, b) => a.since - b.since);
    const checkBefore = (t: Instant): void => {
      for (let open = unchecked[0]; open && open.since < t; open = unchecked[0]) {
        if (this.network.operator(open.opening).value(open.since) === false) shaken.add(open.index);
        unchecked.shift();
      }
    };
    for (const occurrence of occurrences) {
      checkBefore(occurrence.at);
      this.network.take(occurrence);
    }
    checkBefore(NEVER);
    this.lookAtAll();
    return shaken;
  }

  private latchedOpen(): { index: number; opening: number; since: Instant }[] {
    return this.plan.rules.flatMap(({ closing, opening }, index) => {
      const open = this.episodes[index]?.open;
      return closing !== undefined && open ? [{ index, opening, since: open.standsSince }] : [];
    });
  }

  private decide(planned: PlannedRule, index: number, t: Instant, shaken: boolean, now: Circumstances): Transition[] {
    const episode = this.episodes[index] as Episode;
    const { open } = episode;
    const opening = this.network.operator(planned.opening).value(t);
    const asleep = opening === false && !open;
    this.wakers[index] = asleep ? this.network.operator(planned.opening).wakers(t) : undefined;
    this.flips[index] = nextFlipOf(this.network, planned, t, !asleep);
    if (asleep) {
      this.episodes[index] = NEVER_OPENED;
      return NO_CHANGE;
    }
    const reading = readRule(this.network, planned, t, opening, open, shaken);
    const { change, episode: rest } = next(episode, reading);
    if (change === 'raised') {
      const transition = risen(change, planned, reading, now);
      this.episodes[index] = { open: opened(transition) };
      return [transition];
    }
    if (open && (change === 'escalated' || change === 'none')) {
      const { standsSince } = rest;
      return this.stillOpen(
        planned,
        index,
        reading,
        standsSince === undefined ? open : { ...open, standsSince },
        change,
        now,
      );
    }
    this.episodes[index] = rest.settled ? { settled: rest.settled } : NEVER_OPENED;
    return open && (change === 'resolved' || change === 'expired')
      ? [closed(change, planned, reading, open, now)]
      : NO_CHANGE;
  }

  private stillOpen(
    planned: PlannedRule,
    index: number,
    reading: Reading,
    open: Open,
    change: 'escalated' | 'none',
    now: Circumstances,
  ): Transition[] {
    const worse = change === 'escalated' ? [risen(change, planned, reading, now)] : [];
    this.episodes[index] = { open: worse[0] ? { ...open, severity: worse[0].severity } : open };
    if (!planned.rule.repeats) return worse;
    const asks = now.learned.filter(({ id }) => awaitsAnswer(this.network, planned, id, reading.at));
    return [...worse, ...asks.map((ask) => repeated(planned, open, reading.at, ask, now))];
  }
}
