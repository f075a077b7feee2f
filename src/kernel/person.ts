import { effective, strikesOut, StruckOut } from './effective.js';
import { next, type Episode, type Open } from './episode.js';
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
  private readonly flips: Instant[];
  /** Rules to look at again although no flip of theirs is due. */
  private readonly dirty = new Set<number>();

  constructor(
    private readonly plan: Plan,
    private readonly days: LocalDays,
    private readonly silence: Silence = NO_SILENCE,
  ) {
    this.episodes = plan.rules.map(() => ({}));
    this.flips = plan.rules.map(() => NEVER);
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
    return this.upcoming.reduce((next, { at }) => earliest(next, at), this.flips.reduce(earliest, NEVER));
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

  /** Takes note of an event that becomes known at `t`. Ids must be new. {@link settle} follows, at that instant. */
  learn(occurrence: Occurrence, t: Instant): void {
    (occurrence.at > t ? this.upcoming : this.fresh).push(occurrence);
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
    this.plan.rules.forEach((planned, index) => {
      if (!this.dirty.has(index) && (this.flips[index] as Instant) > t) return;
      if (t < planned.inForceFrom) {
        this.flips[index] = planned.inForceFrom;
        return;
      }
      transitions.push(...this.decide(planned, index, t, shaken.has(index), circumstances));
    });
    this.dirty.clear();
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
    if (newStay || MOVES.has(occurrence.type)) this.lookAtAll();
    else for (const index of this.plan.concerned.get(occurrence.type) ?? []) this.dirty.add(index);
  }

  private lookAtAll(): void {
    this.plan.rules.forEach((_, index) => this.dirty.add(index));
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
    const { open, ...before } = this.episodes[index] as Episode;
    const reading = readRule(this.network, planned, t, open, shaken);
    const { change, episode } = next({ ...before, ...(open && { open }) }, reading);
    this.flips[index] = nextFlipOf(this.network, planned, t);
    if (change === 'raised') {
      const transition = risen(change, planned, reading, now);
      this.episodes[index] = { open: opened(transition) };
      return [transition];
    }
    if (!open) {
      this.episodes[index] = episode.settled ? { settled: episode.settled } : {};
      return [];
    }
    if (change === 'resolved' || change === 'expired') {
      this.episodes[index] = episode.settled ? { settled: episode.settled } : {};
      return [closed(change, planned, reading, open, now)];
    }
    return this.stillOpen(planned, index, reading, { ...open, ...pick(episode.standsSince) }, change, now);
  }

  private stillOpen(
    planned: PlannedRule,
    index: number,
    reading: Parameters<typeof risen>[2],
    open: Open,
    change: 'escalated' | 'none',
    now: Circumstances,
  ): Transition[] {
    const worse = change === 'escalated' ? [risen(change, planned, reading, now)] : [];
    this.episodes[index] = { open: { ...open, severity: worse[0]?.severity ?? open.severity } };
    const asks = now.learned.filter(({ id }) => awaitsAnswer(this.network, planned, id, reading.at));
    return [...worse, ...asks.map((ask) => repeated(planned, open, reading.at, ask, now))];
  }
}

const pick = (standsSince: Instant | undefined): { standsSince?: Instant } =>
  standsSince === undefined ? {} : { standsSince };
