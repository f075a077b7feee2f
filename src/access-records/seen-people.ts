import { MINUTE, type Instant } from '../prison/instant.js';
import type { AccessRecord } from './access-record.js';

/** Who looks, at what, from where and why. */
type Look = Omit<AccessRecord, 'at' | 'access' | 'prisonNumbers'>;

/**
 * Whom each caller has seen in this minute, and is on record with: a page that asks again and again for the same list is
 * not recorded again and again.
 */
export class SeenPeople {
  private minute = NaN;
  private readonly seen = new Map<string, Set<string>>();

  /** Of these people those who are not on record yet with this look, in this minute. */
  notYet(look: Look, people: Iterable<string>, now: Instant): ReadonlySet<string> {
    const seen = this.seenBy(look, now);
    return new Set(Array.from(people).filter((one) => !seen.has(one)));
  }

  /** They are on record: to be said once the record is durable. */
  add(look: Look, people: Iterable<string>, now: Instant): void {
    const seen = this.seenBy(look, now);
    for (const one of people) seen.add(one);
  }

  private seenBy({ kind, user, client, address, operation, reason }: Look, now: Instant): Set<string> {
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.minute) this.seen.clear();
    this.minute = minute;
    const key = JSON.stringify([kind, user, client, address, operation, reason]);
    const seen = this.seen.get(key) ?? new Set();
    this.seen.set(key, seen);
    return seen;
  }
}
