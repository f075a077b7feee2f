import type { Instant } from '../../prison/instant.js';
import type { RecordedEvent } from '../../store/event-store.js';
import { LatestValue } from './latest.js';
import type { Name } from './person.js';
import type { Spelling } from './search.js';

/** A name as it was recorded, and as it is compared. */
interface SpeltName {
  readonly name: Name;
  readonly spelling: Spelling;
}

/**
 * What somebody is called, and was called before: those who know them by an earlier name find them by it. Only the present
 * one is shown: that somebody had another name may be nobody's business.
 */
export class Names {
  /** By when they began to be called so. */
  private readonly told: LatestValue<SpeltName>[] = [];

  /** Takes in what was recorded of their name. Must be called in log order. */
  offer(recorded: RecordedEvent, at: Instant): void {
    const name = new LatestValue<SpeltName>();
    name.offer(recorded, at);
    this.told.splice(this.told.findLastIndex((other) => other.at <= at) + 1, 0, name);
  }

  /** Those that are still to be opened. */
  get sealed(): readonly LatestValue<SpeltName>[] {
    return this.told.filter(({ sealed }) => sealed);
  }

  /** The latest of those that have been opened; nothing where it cannot be read. */
  get present(): SpeltName | undefined {
    return this.told.findLast(({ sealed }) => !sealed)?.value;
  }

  /** All of them. */
  get spellings(): readonly Spelling[] {
    return this.told.flatMap(({ value }) => value?.spelling ?? []);
  }

  /** As if nothing had ever been recorded. */
  forget(): void {
    this.told.length = 0;
  }
}
