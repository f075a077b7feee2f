import { type SessionData, Store } from 'express-session';
import type { Clock } from '../../store/clock.js';
import { MINUTE } from '../../prison/instant.js';
import type { SessionUser } from './session.js';

/** A session ends after this long without a request, in milliseconds. */
export const IDLE = 120 * MINUTE;
/** A session ends this long after the sign-in, in milliseconds, whatever happens. */
export const LONGEST = 12 * 60 * MINUTE;
/** At most so many sessions. */
const MOST = 10_000;

interface KeptSession {
  /** Nothing once it was ended: a request that was still under way cannot bring it back. */
  readonly text?: string;
  /** Who signed in. What requests write leaves this alone: one that is still under way knows them as they were. */
  readonly person?: SessionUser | undefined;
  /** In milliseconds since 1970-01-01T00:00:00Z. */
  readonly seen: number;
}

/** Sessions in this process's memory, least recently used first. Of strangers there are none. Times are the clock's. */
export class SessionStore extends Store {
  private readonly sessions = new Map<string, KeptSession>();

  constructor(
    private readonly clock: Clock,
    private readonly most = MOST,
  ) {
    super();
  }

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    const { text, person } = this.keptOf(id) ?? {};
    if (text === undefined) done(undefined, null);
    else done(undefined, { ...(JSON.parse(text) as SessionData), ...(person && { person }) });
  }

  override set(id: string, session: SessionData, done?: (error?: unknown) => void): void {
    const before = this.keptOf(id);
    const { person, ...more } = session;
    if (!before || before.text !== undefined)
      this.keep(id, { text: JSON.stringify(more), person: before?.person ?? person, seen: this.clock.now() });
    done?.();
  }

  override destroy(id: string, done?: (error?: unknown) => void): void {
    if (this.sessions.has(id)) this.keep(id, { seen: this.clock.now() });
    done?.();
  }

  /** Somebody is there: from now on the session idles. */
  use(id: string): void {
    const kept = this.keptOf(id);
    if (kept) this.keep(id, { ...kept, seen: this.clock.now() });
  }

  /** The issuer has said anew who this is, and what they may do. @returns whether the session is still there */
  renew(id: string, person: SessionUser): boolean {
    const kept = this.keptOf(id);
    if (!kept?.person) return false;
    this.keep(id, { ...kept, person });
    return true;
  }

  /** Ends every session of certain people. @returns how many there were */
  endAll(isTheirs: (person: SessionUser) => boolean): number {
    const theirs = this.sessionsOf(isTheirs);
    for (const { id } of theirs) this.destroy(id);
    return theirs.length;
  }

  /** What is known of certain people is out of date: the issuer is to be asked before their next request. */
  askAnew(isTheirs: (person: SessionUser) => boolean): void {
    for (const { id, person, kept } of this.sessionsOf(isTheirs))
      this.keep(id, { ...kept, person: { ...person, until: Math.min(person.until, this.clock.now()) } });
  }

  /** When a session is over, if nobody comes again, or was ended: milliseconds since 1970-01-01T00:00:00Z. */
  endOf(id: string): number {
    const kept = this.keptOf(id);
    if (!kept) return this.clock.now();
    return kept.text === undefined ? kept.seen : endOf(kept);
  }

  private sessionsOf(isTheirs: (person: SessionUser) => boolean) {
    return [...this.sessions.keys()].flatMap((id) => {
      const kept = this.keptOf(id);
      return kept?.person && isTheirs(kept.person) ? [{ id, kept, person: kept.person }] : [];
    });
  }

  private keptOf(id: string): KeptSession | undefined {
    const kept = this.sessions.get(id);
    return kept && this.clock.now() < endOf(kept) ? kept : undefined;
  }

  private keep(id: string, kept: KeptSession): void {
    this.sessions.delete(id);
    this.sessions.set(id, kept);
    for (const [oldest, session] of this.sessions) {
      if (this.sessions.size <= this.most && this.clock.now() < endOf(session)) return;
      this.sessions.delete(oldest);
    }
  }
}

const endOf = ({ seen, person }: KeptSession): number =>
  Math.min(seen + IDLE, person ? person.since + LONGEST : Infinity);
