import type { Instant } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';

/** An event that is known, and counts from a later instant. */
export interface EventAheadMemory {
  readonly prisonNumber: string;
  readonly id: string;
  readonly at: Instant;
}

export interface EventAhead extends EventAheadMemory {
  /** Missing where it was only written down: then it is in the history. */
  readonly occurrence?: Occurrence;
}

/**
 * What is known, and counts only from a later instant: a source's clock may be ahead by minutes, and what a silent feed told
 * comes all together. Of one instant what came first is first.
 */
export class EventsAhead {
  /** The first is last: from there it is taken, however many wait behind it. */
  private waiting: EventAhead[] = [];

  /** To be written down. */
  get memory(): EventAheadMemory[] {
    return this.waiting.toReversed().map(({ prisonNumber, id, at }) => ({ prisonNumber, id, at }));
  }

  /** Takes up what was written down. */
  recall(memory: readonly EventAheadMemory[]): void {
    this.waiting = memory.toReversed();
  }

  /** The one that counts first. */
  get next(): EventAhead | undefined {
    return this.waiting.at(-1);
  }

  add(event: EventAhead): void {
    const place = this.waiting.findIndex(({ at }) => at <= event.at);
    this.waiting.splice(place < 0 ? this.waiting.length : place, 0, event);
  }

  /** Many at once, in their order. */
  addAll(events: readonly EventAhead[]): void {
    const inOrder = [...this.waiting.toReversed(), ...events].sort((a, b) => a.at - b.at);
    this.waiting = inOrder.reverse();
  }

  /** Takes the next one out, where it is this number's and counts by `t`. */
  take(prisonNumber: string, t: Instant): EventAhead | undefined {
    const { next } = this;
    return next && next.at <= t && next.prisonNumber === prisonNumber ? this.waiting.pop() : undefined;
  }

  /** What was told under this number is told anew. */
  forget(prisonNumber: string): void {
    this.waiting = this.waiting.filter((event) => event.prisonNumber !== prisonNumber);
  }

  /** Of what was told, what counts already. @param prisonNumber of what does not say under which it was told */
  without(told: readonly Occurrence[], prisonNumber: string): readonly Occurrence[] {
    if (this.waiting.length === 0) return told;
    const ahead = new Set(this.waiting.map((event) => `${event.prisonNumber} ${event.id}`));
    return told.filter((occurrence) => !ahead.has(`${occurrence.prisonNumber ?? prisonNumber} ${occurrence.id}`));
  }
}
