import { NEVER, type Instant } from '../prison/instant.js';
import type { Occurrence } from './occurrence.js';
import type { Silences } from './silences.js';

/** An event of a feed that is silent: it counts once that is heard again. */
export interface EventOnHoldMemory {
  readonly prisonNumber: string;
  readonly id: string;
  readonly type: string;
  readonly prisonId: string;
  readonly sender?: string | undefined;
  readonly knownAt: Instant;
}

interface EventOnHold extends EventOnHoldMemory {
  /** Missing where it was only written down: then it is in the history. */
  readonly occurrence?: Occurrence;
}

/** What came while the feeds that deliver such events were silent. */
export class HeldEvents {
  private readonly byPrison = new Map<string, EventOnHold[]>();

  constructor(private readonly silences: Silences) {}

  /** To be written down. */
  get memory(): EventOnHoldMemory[] {
    return [...this.byPrison.values()].flat().map(({ occurrence: _, ...memory }) => memory);
  }

  /** By prison; 0 where some waited once. */
  get sizes(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.byPrison, ([prisonId, held]) => [prisonId, held.length] as const));
  }

  /** How many of these types wait in a prison. */
  count(prisonId: string, types: readonly string[]): number {
    return this.byPrison.get(prisonId)?.filter(({ type }) => types.includes(type)).length ?? 0;
  }

  /** Takes up what was written down. */
  recall(memory: readonly EventOnHoldMemory[]): void {
    for (const event of memory) this.add(event);
  }

  /** An event that became known at an instant, of a feed that was silent then. */
  hold(prisonNumber: string, occurrence: Occurrence, knownAt: Instant): void {
    const { id, type, prisonId, sender } = occurrence;
    this.add({ prisonNumber, id, type, prisonId, sender, knownAt, occurrence });
  }

  /** Gives those of a prison whose feed is silent no longer; they are held no longer. */
  release(prisonId: string): readonly EventOnHold[] {
    const isSilent = (event: EventOnHold): boolean => this.silences.countsFrom(event, event.knownAt) === NEVER;
    const held = this.byPrison.get(prisonId) ?? [];
    this.byPrison.set(prisonId, held.filter(isSilent));
    return held.filter((event) => !isSilent(event));
  }

  /** What was told under this number is told anew. */
  forget(prisonNumber: string): void {
    for (const [prisonId, held] of this.byPrison)
      if (held.some((event) => event.prisonNumber === prisonNumber))
        this.byPrison.set(
          prisonId,
          held.filter((event) => event.prisonNumber !== prisonNumber),
        );
  }

  private add(event: EventOnHold): void {
    const held = this.byPrison.get(event.prisonId) ?? [];
    this.byPrison.set(event.prisonId, held);
    held.push(event);
  }
}
