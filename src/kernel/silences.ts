import { DeadlineIndex } from './deadline-index.js';
import { type FeedRegister, type FeedReport, type FeedTerms, NO_FEEDS } from './feed-terms.js';
import { knownAt, type Occurrence } from './occurrence.js';
import type { QuietFeed, Silence } from './operator.js';
import { NEVER, type Instant } from '../prison/instant.js';

/** From when until when a feed was silent; without an end as long as it is. */
interface SilentSpell {
  /** Who had sent its last report: what comes of it comes of them. Missing where the log does not say. */
  readonly sender?: string | undefined;
  readonly from: Instant;
  readonly until?: Instant;
}

/** What is known of one feed of one prison. */
interface ReportedFeed {
  /** When it first reported. */
  readonly since: Instant;
  readonly completeUntil: Instant;
  /** Who sent its last report. */
  readonly sender?: string | undefined;
  /** In order, and apart. */
  readonly spells: readonly SilentSpell[];
}

/** To be written down: by prison, its feeds. Plain JSON, of names and instants. */
export type SilencesMemory = readonly (readonly [string, readonly (readonly [string, ReportedFeed])[]])[];

/**
 * When each feed of each prison was silent (docs/rules-meaning.md, "Truth"): from the end of the silence that it is allowed
 * until it is known to be complete further. Feeds report as time goes on; the caller {@link begin}s what falls due in
 * between, once everything that was known by then has been taken in.
 */
export class Silences implements Silence {
  private readonly prisons = new Map<string, Map<string, ReportedFeed>>();
  /** When the feeds that are not silent fall silent, by prison and feed. */
  private readonly index = new DeadlineIndex();
  /** Those of whom some feed was ever silent. */
  private readonly affected = new Set<string>();

  constructor(private readonly register: FeedRegister = NO_FEEDS) {}

  /** All that there is to know of a time that is over, up to and including an instant. */
  static through(register: FeedRegister, reports: readonly FeedReport[], until: Instant): Silences {
    const silences = new Silences(register);
    for (const report of [...reports].sort((a, b) => a.knownAt - b.knownAt)) {
      if (report.knownAt > until) break;
      silences.passTo(report.knownAt - 1);
      silences.report(report);
    }
    silences.passTo(until);
    return silences;
  }

  /** The same, to go on by itself. */
  copy(): Silences {
    const silences = new Silences(this.register);
    silences.recall(this.memory);
    return silences;
  }

  get memory(): SilencesMemory {
    return Array.from(this.prisons, ([prisonId, feeds]) => [prisonId, [...feeds]] as const);
  }

  /** Takes up what was written down. */
  recall(memory: SilencesMemory): void {
    for (const [prisonId, feeds] of memory) for (const [feed, reported] of feeds) this.set(prisonId, feed, reported);
  }

  /**
   * A feed has said how far it is complete. Gives whether anything may be known in its prison that was not, or the other
   * way round.
   */
  report({ prisonId, feed, until, knownAt: now, sender }: FeedReport): boolean {
    const terms = this.register.get(feed);
    if (!terms || !this.expects(prisonId, feed)) return false;
    const before = this.prisons.get(prisonId)?.get(feed);
    const completeUntil = Math.max(before?.completeUntil ?? -Infinity, Math.min(until, now));
    const ends = isSilent(before) && completeUntil + terms.allowedSilence > now;
    const spells = before?.spells ?? [];
    this.set(prisonId, feed, {
      since: before?.since ?? now,
      completeUntil,
      sender,
      spells: ends ? endedAt(now, spells) : spells,
    });
    return ends || (!before && this.affected.has(prisonId));
  }

  /** When the next feed falls silent, if it does not report before; {@link NEVER} where none does. */
  get nextBeginning(): Instant {
    return this.index.first(Number.MAX_VALUE)?.at ?? NEVER;
  }

  /** What falls silent at an instant does. Gives the ids of the prisons concerned. */
  begin(t: Instant): ReadonlySet<string> {
    const prisons = new Set<string>();
    for (let due = this.index.first(t); due; due = this.index.first(t)) {
      const [prisonId = '', feed = ''] = due.key.split(' ');
      const reported = this.prisons.get(prisonId)?.get(feed);
      if (!reported) break;
      const { sender, spells } = reported;
      this.set(prisonId, feed, { ...reported, spells: [...spells, { from: due.at, sender }] });
      prisons.add(prisonId);
    }
    return prisons;
  }

  /** The feeds of a prison that are silent just now, and until when each is complete. */
  silentIn(prisonId: string): readonly { readonly feed: string; readonly completeUntil: Instant }[] {
    if (!this.affected.has(prisonId)) return [];
    const silent = [...(this.prisons.get(prisonId) ?? [])].filter(([, reported]) => isSilent(reported));
    return silent.map(([feed, { completeUntil }]) => ({ feed, completeUntil }));
  }

  /** Whether a prison expects a feed: no other can be silent. */
  expects(prisonId: string, feed: string): boolean {
    return this.register.get(feed)?.expectedOf.has(prisonId) ?? false;
  }

  /** When one feed of a prison is silent, as it goes on; it never is where it is not expected, or has not reported. */
  ofFeed(prisonId: string, feed: string): QuietFeed {
    return {
      since: (t) => {
        const spells = this.spellsOf(prisonId, feed);
        const last = spells[lastBegun(t, spells)];
        return last && t < (last.until ?? NEVER) ? last.from : undefined;
      },
      nextChange: (t) =>
        Math.min(NEVER, ...boundsAbout(t, this.spellsOf(prisonId, feed)).filter((change) => change > t)),
    };
  }

  /** With the one that begins next, if it does not report before. */
  private spellsOf(prisonId: string, feed: string): readonly SilentSpell[] {
    const reported = this.prisons.get(prisonId)?.get(feed);
    return reported ? [...reported.spells, { from: fallsSilent(reported, this.register.get(feed)) }] : [];
  }

  /** Those of whose feeds one was ever silent. */
  get prisonsAffected(): Iterable<string> {
    return this.affected;
  }

  covers(prisonId: string, types: readonly string[], t: Instant): boolean {
    return this.affected.has(prisonId) && types.some((type) => this.isUnknown(prisonId, type, t));
  }

  nextChange(prisonId: string, t: Instant): Instant {
    if (!this.affected.has(prisonId)) return NEVER;
    const feeds = [...(this.prisons.get(prisonId)?.values() ?? [])];
    const changes = feeds.flatMap(({ since, spells }) => [since, ...boundsAbout(t, spells)]);
    return Math.min(NEVER, ...changes.filter((change) => change > t));
  }

  /**
   * From when on an event counts that became known at an instant: at once; what comes of a feed while that is silent, from
   * when that is over, for the whole of it is one telling. {@link NEVER} as long as it is not.
   */
  countsFrom(event: Pick<Occurrence, 'prisonId' | 'type' | 'sender'>, known: Instant): Instant {
    const { prisonId, type } = event;
    if (!this.affected.has(prisonId)) return known;
    // What is known at the very instant at which a feed falls silent was known before.
    if (!this.isUnknown(prisonId, type, known) || !this.isUnknown(prisonId, type, known - 1)) return known;
    if (this.isOfOthers(event, known)) return known;
    let t = known;
    while (t < NEVER && this.isUnknown(prisonId, type, t)) t = this.nextChange(prisonId, t);
    return t;
  }

  /** Events as they count, by all that is known. What is not to count yet is left out. */
  counted(events: readonly Occurrence[]): readonly Occurrence[] {
    if (this.affected.size === 0) return events;
    return events.flatMap((event) => {
      const known = knownAt(event);
      const from = this.countsFrom(event, known);
      if (from === NEVER) return [];
      return from === known ? event : { ...event, knownAt: from };
    });
  }

  private passTo(t: Instant): void {
    for (let next = this.nextBeginning; next <= t; next = this.nextBeginning) this.begin(next);
  }

  /** Whether every feed of the prison that delivers such events, and ever reported, is silent; and there is one. */
  private isUnknown(prisonId: string, type: string, t: Instant): boolean {
    let any = false;
    for (const [feed, reported] of this.prisons.get(prisonId) ?? []) {
      if (reported.since > t || !this.delivers(feed, type)) continue;
      const spell = reported.spells[lastBegun(t, reported.spells)];
      if (!spell || t >= (spell.until ?? NEVER)) return false;
      any = true;
    }
    return any;
  }

  /** Whether an event came of none of the feeds that were silent at an instant: somebody else sent it. */
  private isOfOthers(
    { prisonId, type, sender }: Pick<Occurrence, 'prisonId' | 'type' | 'sender'>,
    t: Instant,
  ): boolean {
    const feeds = [...(this.prisons.get(prisonId) ?? [])].filter(([feed]) => this.delivers(feed, type));
    const silent = feeds.flatMap(([, { spells }]) => spells[lastBegun(t, spells)] ?? []);
    return sender !== undefined && silent.every((spell) => spell.sender !== undefined && spell.sender !== sender);
  }

  private delivers(feed: string, type: string): boolean {
    return this.register.get(feed)?.delivers.includes(type) ?? false;
  }

  private set(prisonId: string, feed: string, reported: ReportedFeed): void {
    const feeds = this.prisons.get(prisonId) ?? new Map<string, ReportedFeed>();
    this.prisons.set(prisonId, feeds.set(feed, reported));
    if (reported.spells.length > 0) this.affected.add(prisonId);
    this.index.set(`${prisonId} ${feed}`, fallsSilent(reported, this.register.get(feed)));
  }
}

const isSilent = (reported: ReportedFeed | undefined): boolean => {
  const last = reported?.spells.at(-1);
  return last !== undefined && last.until === undefined;
};

/** No earlier than it first reported: before, nobody could know. */
const fallsSilent = (reported: ReportedFeed, terms: FeedTerms | undefined): Instant =>
  isSilent(reported) || !terms ? NEVER : Math.max(reported.since, reported.completeUntil + terms.allowedSilence);

/** One that would end as it begins was none. */
const endedAt = (t: Instant, spells: readonly SilentSpell[]): readonly SilentSpell[] =>
  spells.flatMap((spell) => (spell.until !== undefined ? spell : spell.from < t ? { ...spell, until: t } : []));

/** The place of the last that had begun; sought from the end, for almost every look is at the present. */
const lastBegun = (t: Instant, spells: readonly SilentSpell[]): number => spells.findLastIndex(({ from }) => from <= t);

/** When the last that had begun ends, and the next begins: of all the others neither comes next. */
const boundsAbout = (t: Instant, spells: readonly SilentSpell[]): Instant[] => {
  const last = lastBegun(t, spells);
  return [spells[last]?.until ?? NEVER, spells[last + 1]?.from ?? NEVER];
};
