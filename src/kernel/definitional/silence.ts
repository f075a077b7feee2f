import type { FeedRegister, FeedReport, FeedTerms } from '../feed-terms.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Condition } from '../condition.js';
import type { Occurrence } from '../occurrence.js';
import { ENDS_AN_ABSENCE } from './movements.js';
import { RESTS_ON_A_CHARGE } from './standing.js';
import type { Situation } from './situation.js';

/** What is known of feeds. */
export interface KnownFeeds {
  readonly register: FeedRegister;
  /** In any order. */
  readonly reports: readonly FeedReport[];
}

/** Of which types of events it is not known, of a prison at an instant, whether they happened. */
export type SilentAt = (prisonId: string, t: Instant) => ReadonlySet<string>;

const NOTHING: ReadonlySet<string> = new Set();

export const NOBODY_SILENT: SilentAt = () => NOTHING;

/** Until when one feed of one prison was known to be complete, from one of its reports until the next. */
interface Completeness {
  readonly feed: string;
  readonly terms: FeedTerms;
  readonly from: Instant;
  readonly until: Instant;
  readonly completeUntil: Instant;
  /** Who sent the report. */
  readonly sender: string | undefined;
  /** It had not reported before. */
  readonly isFirst: boolean;
}

/** When feeds were silent: every prison's, by what they reported. */
export class FeedSilence {
  private readonly byPrison: ReadonlyMap<string, readonly Completeness[]>;

  constructor({ register, reports }: KnownFeeds) {
    const expected = reports.filter(({ feed, prisonId }) => register.get(feed)?.expectedOf.has(prisonId));
    const byFeed = Map.groupBy(expected, ({ prisonId, feed }) => `${prisonId} ${feed}`);
    const all = [...byFeed.values()].flatMap((ofFeed) => completenessOf(ofFeed, register));
    this.byPrison = new Map(
      [...Map.groupBy(all, ([prisonId]) => prisonId)].map(([id, own]) => [id, own.map(([, one]) => one)]),
    );
  }

  /**
   * "A leaf is unknown where a feed that it needs has fallen silent: its last `FeedCompleteUntil` is older than the feed's
   * allowed silence"; "if another live feed delivers the same type it is known".
   */
  readonly silentAt: SilentAt = (prisonId, t) => {
    const reported = (this.byPrison.get(prisonId) ?? []).filter(({ from, until }) => from <= t && t < until);
    const silent = reported.filter((one) => isSilent(one, t)).flatMap(({ terms }) => terms.delivers);
    const live = reported.filter((one) => !isSilent(one, t)).flatMap(({ terms }) => terms.delivers);
    return new Set(silent.filter((type) => !live.includes(type)));
  };

  /** The instants at which a feed of the prison fell silent, or was heard: for the first time, or again. */
  momentsOf(prisonId: string): readonly Instant[] {
    const own = this.byPrison.get(prisonId) ?? [];
    const first = own.filter(({ isFirst }) => isFirst).map(({ from }) => from);
    const silent = own.filter((one) => beginningOf(one) < one.until);
    return [...first, ...silent.flatMap((one) => [beginningOf(one), one.until])];
  }

  /** Every feed that is expected and has reported, and when it first did. */
  get reported(): readonly { readonly prisonId: string; readonly feed: string; readonly since: Instant }[] {
    return [...this.byPrison].flatMap(([prisonId, all]) =>
      all.filter(({ isFirst }) => isFirst).map(({ feed, from: since }) => ({ prisonId, feed, since })),
    );
  }

  /** Since when one feed of a prison is silent at an instant; nothing where it is not. */
  silentSince(prisonId: string, feed: string, t: Instant): Instant | undefined {
    const began = this.silentAfter(prisonId, feed, t);
    return began && beginningOf(began);
  }

  /** The report after which the silence began that goes on at an instant. */
  private silentAfter(prisonId: string, feed: string, t: Instant): Completeness | undefined {
    const own = (this.byPrison.get(prisonId) ?? []).filter((one) => one.feed === feed && one.from <= t);
    return own.reduce<Completeness | undefined>((before, one) => {
      const begins = beginningOf(one);
      if (begins > t || begins >= one.until) return undefined;
      return begins === one.from ? (before ?? one) : one;
    }, undefined);
  }

  /** "Only what comes of the silent feed waits": not what somebody sent who is not known to have sent its reports. */
  private isOfOthers({ type, prisonId, sender }: Occurrence, t: Instant): boolean {
    const delivering = (this.byPrison.get(prisonId) ?? []).filter(({ terms }) => terms.delivers.includes(type));
    const feeds = new Set(delivering.map(({ feed }) => feed));
    const after = [...feeds].flatMap((feed) => this.silentAfter(prisonId, feed, t) ?? []);
    return sender !== undefined && after.every((report) => report.sender !== undefined && report.sender !== sender);
  }

  /** "What one telling brings (a feed that was silent) counts as known when the telling is complete." */
  countsFrom(event: Occurrence, known: Instant): Instant {
    const { type, prisonId } = event;
    const isSilentAt = (t: Instant): boolean => this.silentAt(prisonId, t).has(type);
    if (!isSilentAt(known) || !isSilentAt(known - 1) || this.isOfOthers(event, known)) return known;
    const later = (this.byPrison.get(prisonId) ?? []).flatMap(({ from, until }) => [from, until]);
    return Math.min(NEVER, ...later.filter((t) => t > known && t < NEVER && !isSilentAt(t)));
  }
}

const completenessOf = (reports: readonly FeedReport[], register: FeedRegister): [string, Completeness][] => {
  const ordered = [...reports].sort((a, b) => a.knownAt - b.knownAt);
  let completeUntil = -Infinity;
  return ordered.flatMap(({ prisonId, feed, until, knownAt, sender }, place): [string, Completeness][] => {
    const terms = register.get(feed);
    completeUntil = Math.max(completeUntil, Math.min(until, knownAt));
    const next = ordered[place + 1]?.knownAt ?? NEVER;
    return terms
      ? [[prisonId, { feed, terms, from: knownAt, until: next, completeUntil, sender, isFirst: place === 0 }]]
      : [];
  });
};

const beginningOf = ({ terms, from, completeUntil }: Completeness): Instant =>
  Math.max(from, completeUntil + terms.allowedSilence);

const isSilent = (one: Completeness, t: Instant): boolean => beginningOf(one) <= t;

/** Whether something that a condition rests on is silent: it, or a part of it at whatever depth, names such an event. */
export const restsOnSilence = (condition: Condition, situation: Situation): boolean => {
  const { stay, t, silentAt } = situation;
  const prisonId = stay?.prisonId ?? situation.prisonId;
  const silent = prisonId === undefined ? NOTHING : silentAt(prisonId, t);
  if (silent.size === 0) return false;
  const asksForMovements = ASK_FOR_MOVEMENTS.includes(condition.op) && MOVEMENTS.some((type) => silent.has(type));
  return asksForMovements || names(condition, silent, situation);
};

/** "Being in a stay is read from the record", and so is in which stay or custody something is counted. */
const ASK_FOR_MOVEMENTS: readonly string[] = ['arrival', 'custody', 'presence', 'away'];

const MOVEMENTS = ['PrisonerReceived', 'PrisonerReleased'];

/** "Whom a key worker has, which sessions they held, and how a prison's weeks went": by these events of people. */
const ASK_FOR_KEY_WORK: readonly (readonly [ops: readonly unknown[], types: readonly string[]])[] = [
  [['caseload'], ['KeyWorkerAllocated', 'KeyWorkerDeallocated', ...MOVEMENTS]],
  [['sessionsAtOnce', 'sessionTime', 'shortSessions', 'deliveredUnder', 'neverSeenRising'], ['KeyWorkerSessionHeld']],
  [
    ['deliveredUnder', 'neverSeenRising'],
    ['ComplexityOfNeedChanged', ...MOVEMENTS],
  ],
];

const names = (part: unknown, silent: ReadonlySet<string>, situation: Situation): boolean => {
  if (typeof part !== 'object' || part === null) return false;
  if ('op' in part && part.op === 'rule' && 'id' in part)
    return names(situation.openingOf(String(part.id)).condition, silent, situation);
  if ('op' in part && part.op === 'away' && ENDS_AN_ABSENCE.some((type) => silent.has(type))) return true;
  if (
    'op' in part &&
    ASK_FOR_KEY_WORK.some(([ops, types]) => ops.includes(part.op) && types.some((type) => silent.has(type)))
  )
    return true;
  return Object.entries(part).some(([key, value]) =>
    EVENT_TYPE_KEYS.includes(key) && typeof value === 'string'
      ? silent.has(value) || (RESTS_ON_A_CHARGE.includes(value) && silent.has('AdjudicationQuashed'))
      : names(value, silent, situation),
  );
};

/** The members of a condition that hold the name of an event type. */
const EVENT_TYPE_KEYS = ['type', 'by', 'until', 'event'];
