import { next, type Episode, type Open, type Reading } from './episode.js';
import { NEVER, type Instant } from '../prison/instant.js';
import type { Network } from './network.js';
import type { Occurrence } from './occurrence.js';
import type { PlannedRule } from './plan.js';
import { awaitsAnswer, nextFlipOf, readRule } from './read-rule.js';
import type { EpisodeMemory } from './remembered-person.js';
import { closed, opened, repeated, risen, type Circumstances, type Transition } from './transition.js';

const NEVER_OPENED: Episode = {};
const AT_ONCE: Instant = -Infinity;
const NO_CHANGE: readonly Transition[] = [];

/** How one rule stands with one person: its episode so far, and when it has to be looked at again. */
export class RuleStanding {
  private episode: Episode = NEVER_OPENED;
  private flip: Instant = NEVER;
  /** While it is not open: the event types that can change that; any, where it is not known. */
  private wakers: readonly string[] | undefined;

  constructor(private readonly planned: PlannedRule) {}

  get open(): Open | undefined {
    return this.episode.open;
  }

  /** The next instant at which it has to be looked at although nothing happens. */
  get nextFlip(): Instant {
    return this.flip;
  }

  /** For an open latched rule: since when its alert stands. */
  get latchedSince(): Instant | undefined {
    return this.planned.closing === undefined ? undefined : this.open?.standsSince;
  }

  /** The episode, for writing down; nothing where it is as if the rule had never opened. */
  get memory(): EpisodeMemory | undefined {
    const { open, settled } = this.episode;
    if (open) return { open: { ...open, evidence: open.evidence.map(({ id }) => id) } };
    return settled && { settled: [...settled] };
  }

  /** Takes up an episode that was written down, and looks at the rule with the next decision. */
  recall({ open, settled }: EpisodeMemory, eventOf: (id: string) => Occurrence | undefined): void {
    const evidence = open?.evidence.flatMap((id) => eventOf(id) ?? []) ?? [];
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

  /** Whether the opening condition held at an instant, by what has been taken in up to it. */
  held(network: Network, at: Instant): boolean {
    return network.operator(this.planned.opening).value(at) !== false;
  }

  /** The open alert with what it stands on at `t`, and the instant it was raised. */
  asRaised(t: Instant, now: Circumstances): Transition | undefined {
    const { open } = this;
    return open && { ...risen('raised', this.planned, { at: t, severity: open.severity }, now), at: open.raisedAt };
  }

  /** What becomes of the alert at `t`. `shaken`: what it was raised on, looked at again, was not so. */
  decide(t: Instant, shaken: boolean, now: Circumstances): readonly Transition[] {
    const { planned, open } = this;
    if (t < planned.inForceFrom) {
      this.flip = planned.inForceFrom;
      return NO_CHANGE;
    }
    const opening = now.network.operator(planned.opening).value(t);
    const asleep = opening === false && !open;
    this.wakers = asleep ? now.network.operator(planned.opening).wakers(t) : undefined;
    if (asleep) {
      this.episode = NEVER_OPENED;
      this.flip = nextFlipOf(now.network, planned, t);
      return NO_CHANGE;
    }
    const transitions = this.change(readRule(now.network, planned, t, opening, open, shaken), now);
    this.flip = nextFlipOf(now.network, planned, t, this.open?.standsSince);
    return transitions;
  }

  private change(reading: Reading, now: Circumstances): readonly Transition[] {
    const { planned, open } = this;
    const { change, episode } = next(this.episode, reading);
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
    return open && change !== 'none' && change !== 'escalated'
      ? [closed(change, planned, reading, open, now)]
      : NO_CHANGE;
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
    if (planned.asking.length === 0) return worse;
    const asks = now.learned.filter(({ id }) => awaitsAnswer(now.network, planned, id, reading.at));
    return [...worse, ...asks.map((ask) => repeated(planned, goesOn, reading.at, ask, now))];
  }
}
