import { next, nextInherited, type Episode, type Open, type Reading } from './episode.js';
import { NEVER, type Instant } from '../prison/instant.js';
import { worst } from '../prison/severity.js';
import type { PlannedRule } from './plan.js';
import { nextFlipOf, readRule, repeats } from './read-rule.js';
import type { EpisodeMemory, TellingMemory } from './remembered-person.js';
import type { Occurrence } from './occurrence.js';
import { closed, latchOf, merged, opened, repeated, risen, type Circumstances, type Transition } from './transition.js';

const NEVER_OPENED: Episode = {};
const AT_ONCE: Instant = -Infinity;
const NO_CHANGE: readonly Transition[] = [];

/** How one rule stands with one person: its episode so far, and when it has to be looked at again. */
export class RuleStanding {
  private episode: Episode = NEVER_OPENED;
  private flip: Instant = NEVER;
  /** While it is not open: the event types that can change that; missing where any may. */
  private wakers: readonly string[] | undefined;
  /** The latched alert that was open under a number whose record was merged into this one. */
  private inherited: Open | undefined;

  constructor(private planned: PlannedRule) {}

  /** From now on by the same rule as another prison, or other settings, have it. */
  goBy(planned: PlannedRule): void {
    this.planned = planned;
    this.lookAgain();
  }

  get open(): Open | undefined {
    return this.episode.open;
  }

  /** The next instant at which it has to be looked at although nothing happens. */
  get nextFlip(): Instant {
    return this.flip;
  }

  /** The open alert of a latched rule: it goes on under the number that a record is merged into. */
  get latched(): Open | undefined {
    return this.planned.closing === undefined ? undefined : this.open;
  }

  /** The episode, for writing down; nothing where it is as if the rule had never opened. */
  get memory(): EpisodeMemory | undefined {
    const { open, settled } = this.episode;
    if (open)
      return { open: { ...open, evidence: open.evidence.map(({ id, prisonNumber }) => ({ id, prisonNumber })) } };
    return settled && { settled: [...settled] };
  }

  /** Takes up an episode that was written down, and looks at the rule with the next decision. */
  recall({ open, settled }: EpisodeMemory, eventOf: (telling: TellingMemory) => Occurrence | undefined): void {
    const evidence = open?.evidence.map((telling) => eventOf(telling) ?? onceTheirs(telling)) ?? [];
    this.episode = open ? { open: { ...open, evidence } } : settled ? { settled: new Set(settled) } : NEVER_OPENED;
    this.lookAgain();
  }

  /** An event of this type has happened: if it can matter, the rule is looked at with the next decision. */
  heard(type: string): void {
    if (this.wakers?.includes(type) ?? true) this.flip = AT_ONCE;
  }

  lookAgain(): void {
    this.flip = AT_ONCE;
  }

  /** Of several inherited alerts the one that has stood longest goes on, as severe as the worst. */
  inherit(open: Open): void {
    const { inherited = open } = this;
    const stands = open.standsSince < inherited.standsSince ? open : inherited;
    this.inherited = { ...stands, severity: worst([open.severity, inherited.severity]) ?? open.severity };
    this.lookAgain();
  }

  /** The record was merged into another: what is open closes. */
  merge(t: Instant, now: Circumstances): readonly Transition[] {
    const { open, planned } = this;
    this.episode = NEVER_OPENED;
    return open ? [merged(planned, t, open, now)] : NO_CHANGE;
  }

  /** The open alert with what it stands on at `t`, and the instant it was raised. */
  asRaised(t: Instant, now: Circumstances): Transition | undefined {
    const { open, planned } = this;
    if (!open) return undefined;
    const standing = risen('raised', planned, { at: t, severity: open.severity }, now);
    return { ...standing, at: open.raisedAt, latch: latchOf(planned, open, t, now) };
  }

  /** What becomes of the alert at `t`. */
  decide(t: Instant, now: Circumstances): readonly Transition[] {
    const { planned, open, inherited } = this;
    this.inherited = undefined;
    if (t < planned.inForceFrom) {
      this.flip = planned.inForceFrom;
      return NO_CHANGE;
    }
    const opening = now.network.operator(planned.opening).value(t);
    const asleep = opening === false && !open && !inherited;
    this.wakers = asleep ? now.network.operator(planned.opening).wakers(t) : undefined;
    if (asleep) {
      this.episode = NEVER_OPENED;
      this.flip = nextFlipOf(now.network, planned, t);
      return NO_CHANGE;
    }
    const reading = readRule(now, planned, t, opening);
    const transitions = inherited ? this.changeInheriting(inherited, reading, now) : this.change(reading, now);
    this.flip = nextFlipOf(now.network, planned, t, this.open?.standsSince);
    return transitions;
  }

  private change(reading: Reading, now: Circumstances): readonly Transition[] {
    const { planned, open, episode: before } = this;
    const { change, episode } = next(before, reading);
    if (change === 'raised') {
      const transition = risen(change, planned, reading, now);
      this.episode = { open: opened(transition) };
      return [transition];
    }
    if (open && (change === 'none' || change === 'escalated')) {
      const { standsSince = open.standsSince } = episode;
      return this.staysOpen({ ...open, standsSince }, reading, change, now);
    }
    this.episode = episode.settled ? { settled: episode.settled } : NEVER_OPENED;
    if (!open || change === 'none' || change === 'escalated') return NO_CHANGE;
    const ruleChanged = this.wouldGoOn(before, reading.at, now);
    return [closed(planned, { transition: change, open, reading, ruleChanged }, now)];
  }

  /** Whether, under the rules before, the alert would still be open. */
  private wouldGoOn(episode: Episode, t: Instant, { before, lookBack }: Circumstances): boolean {
    const network = before?.();
    const planned = network?.plan.rules[this.planned.place];
    if (!network || !planned) return false;
    const reading = readRule({ network, lookBack }, planned, t, network.operator(planned.opening).value(t));
    const { change } = next(episode, reading);
    return change === 'none' || change === 'escalated';
  }

  private staysOpen(
    open: Open,
    reading: Reading,
    change: 'none' | 'escalated',
    now: Circumstances,
  ): readonly Transition[] {
    const { planned } = this;
    const worse = change === 'escalated' ? [risen(change, planned, reading, now)] : NO_CHANGE;
    const goesOn = { ...open, severity: worse[0]?.severity ?? open.severity };
    this.episode = { open: goesOn };
    const again = now.learned.filter((event) => repeats(now.network, planned, event, reading.at));
    if (again.length === 0) return worse;
    const because = now.network.operator(planned.opening).explain(reading.at);
    return [...worse, ...again.map((ask) => repeated(planned, { open: goesOn, at: reading.at, ask }, because, now))];
  }

  /** An inherited alert goes on here, unless one is open and stays so; a new one is raised only where none goes on. */
  private changeInheriting(inherited: Open, reading: Reading, now: Circumstances): readonly Transition[] {
    const own = this.open ? this.change(reading, now) : NO_CHANGE;
    if (this.open) return own;
    const goesOn = [...own, ...this.takeOver(inherited, reading, now)];
    return goesOn.length > 0 ? goesOn : this.change(reading, now);
  }

  private takeOver(inherited: Open, reading: Reading, now: Circumstances): readonly Transition[] {
    const { change, episode } = nextInherited(inherited, reading);
    if (change !== 'raised') {
      if (episode.settled) this.episode = { settled: episode.settled };
      return NO_CHANGE;
    }
    const { at } = reading;
    const severity = worst([inherited.severity, reading.severity ?? inherited.severity]);
    const { evidence } = inherited;
    const { standsSince = inherited.standsSince } = episode;
    const latch = latchOf(this.planned, { ...inherited, standsSince }, at, now);
    const transition = { ...risen('raised', this.planned, { at, severity }, now), evidence, latch };
    this.episode = { open: { ...opened(transition), standsSince } };
    return [transition];
  }
}

/** An event that an alert was raised on, and that counts as somebody else's by now: which one it was is all that is left of it. */
const onceTheirs = (telling: TellingMemory): Occurrence => ({
  ...telling,
  type: '',
  at: -Infinity,
  recordedAt: -Infinity,
  prisonId: '',
  data: {},
});
