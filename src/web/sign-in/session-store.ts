import { type SessionData, Store } from 'express-session';
import type { Clock } from '../../store/clock.js';
import { MINUTE } from '../../prison/instant.js';

/** A session ends after this long without a request, in milliseconds. */
export const IDLE = 120 * MINUTE;
/** A session ends this long after the sign-in, in milliseconds, whatever happens. */
export const LONGEST = 12 * 60 * MINUTE;
/** At most so many sessions of people, and as many of people who are still signing in. */
const MOST = 10_000;

interface KeptSession {
  /** Nothing once it was ended: a request that was still under way cannot bring it back. */
  readonly text?: string;
  /** In milliseconds since 1970-01-01T00:00:00Z, as is `ends`. */
  readonly seen: number;
  readonly ends: number;
}

/**
 * Sessions in this process's memory, least recently used first. However many strangers come, they push out no one who has
 * signed in. Times are the clock's.
 */
export class SessionStore extends Store {
  private readonly people = new Map<string, KeptSession>();
  private readonly strangers = new Map<string, KeptSession>();

  constructor(
    private readonly clock: Clock,
    private readonly most = MOST,
  ) {
    super();
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    const { text } = this.keptOf(id) ?? {};
    done(undefined, text === undefined ? null : (JSON.parse(text) as SessionData));
  }

  override set(id: string, session: SessionData, done?: (error?: unknown) => void): void {
    const before = this.keptOf(id);
    if (!before || before.text !== undefined) {
      const [place, ends] = session.person ? [this.people, session.person.since + LONGEST] : [this.strangers, Infinity];
      this.keep(place, id, { text: JSON.stringify(session), seen: this.clock.now(), ends });
    }
    done?.();
  }

  override destroy(id: string, done?: (error?: unknown) => void): void {
    this.keep(this.placeOf(id), id, { seen: this.clock.now(), ends: Infinity });
    done?.();
  }

  /** Somebody is there: from now on the session idles. */
  use(id: string): void {
    const kept = this.keptOf(id);
    if (kept) this.keep(this.placeOf(id), id, { ...kept, seen: this.clock.now() });
  }

  /** When a session is over, if nobody comes again: milliseconds since 1970-01-01T00:00:00Z. */
  endOf(id: string): number {
    const kept = this.keptOf(id);
    return kept ? endOf(kept) : this.clock.now();
  }

  private placeOf(id: string): Map<string, KeptSession> {
    return this.people.has(id) ? this.people : this.strangers;
  }

  private keptOf(id: string): KeptSession | undefined {
    const kept = this.people.get(id) ?? this.strangers.get(id);
    return kept && this.clock.now() < endOf(kept) ? kept : undefined;
  }

  private keep(place: Map<string, KeptSession>, id: string, kept: KeptSession): void {
    place.delete(id);
    place.set(id, kept);
    for (const [oldest, { seen, ends }] of place) {
      if (place.size <= this.most && this.clock.now() < endOf({ seen, ends })) return;
      place.delete(oldest);
    }
  }
}

const endOf = ({ seen, ends }: KeptSession): number => Math.min(seen + IDLE, ends);
