import type { NotWatched } from '../../kernel/coverage.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { nameOf } from '../../kernel/say/say-events.js';
import { sayNotTold, sayTypes } from '../../kernel/say/say-not-told.js';
import type { Remark } from '../../custody/whereabouts/remarks.js';
import { isSilent } from '../../custody/feeds.js';
import { type Instant, toIso } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Period } from '../period.js';
import type { Takeover } from '../../prison/stay.js';
import type { PersonRecord } from '../person-record.js';
import type { Sources } from '../sources.js';
import type { TimeInPrison } from '../../custody/whereabouts/stays.js';
import { type Topic, TOPICS } from './topics.js';

/** Something that a reader must not take for "nothing happened". */
export interface Caveat {
  readonly code:
    | 'NEVER_RECORDED_HERE'
    | 'NOT_WATCHED'
    | 'FEED_NEVER_REPORTED'
    | 'FEED_SILENT'
    | 'FEED_NOT_COMPLETE'
    | 'BEFORE_THE_RECORD'
    | 'DEPARTURE_NOT_TOLD'
    | 'RETURN_NOT_TOLD'
    | 'ARRIVAL_NOT_TOLD'
    | 'NOT_HELD_THERE'
    | 'UNREADABLE'
    | 'IMPORT_NOT_COMPLETE'
    | 'HISTORY_NOT_COMPLETE'
    | 'ERASED'
    | 'SESSION_LENGTH';
  /** What it is about: a topic, a rule by its id, a feed, a prison. */
  readonly about: string;
  readonly says: string;
  /** Of a feed: the instant until which it is complete, ISO in UTC. */
  readonly until?: string;
  /**
   * Of a stay: its first recorded instant; of a departure: when they arrived elsewhere; of a return, an arrival or somebody
   * not held there: when what says so happened. ISO in UTC.
   */
  readonly since?: string;
  /**
   * Of a return, an arrival or somebody not held there: what says so; of a rule: what nobody tells of. In the words that
   * staff use.
   */
  readonly what?: string;
  /** Of a rule, in plain words. */
  readonly ruleName?: string;
  /** Of records, of what an import brought, and of sessions: how many. */
  readonly count?: number;
}

interface HistoryScope {
  readonly record: PersonRecord;
  readonly stays: readonly TimeInPrison[];
  readonly takeovers: readonly Takeover[];
  /** What stands of the person's events, in order, and the remarks on them. */
  readonly events: readonly Occurrence[];
  readonly remarks: ReadonlyMap<string, Remark>;
  readonly prisonId: string;
  readonly period: Period;
  readonly sources: Sources;
  /** The rules that cannot be watched in that prison. */
  readonly notWatched: NotWatched;
  readonly nameOfRule: (rule: string) => string | undefined;
  readonly sessionsWithoutMinutes: number;
  readonly days: LocalDays;
  readonly now: Instant;
}

/** What the history cannot tell, so far as that can be told. */
export const caveatsOf = (scope: HistoryScope): Caveat[] => [
  ...importsNotComplete(scope),
  ...silentTopics(scope),
  ...notWatchedHere(scope),
  ...incompleteFeeds(scope),
  ...beforeTheRecord(scope),
  ...departuresNotTold(scope),
  ...movementsNotTold(scope),
  ...unreadable(scope),
  ...erased(scope),
  ...sessionLengths(scope),
];

const silentTopics = ({ prisonId, sources }: HistoryScope): Caveat[] =>
  (Object.keys(TOPICS) as Topic[])
    .filter((topic) => !sources.everRecorded(prisonId, TOPICS[topic]))
    .map((topic) => ({
      code: 'NEVER_RECORDED_HERE',
      about: topic,
      says: `Nothing under "${topic}" was ever recorded for anybody in ${prisonId}: there may be no source for it.`,
    }));

/** That no safety alert of such a rule was raised says nothing (docs/rules-meaning.md, "Coverage"). */
const notWatchedHere = ({ prisonId, notWatched, nameOfRule }: HistoryScope): Caveat[] =>
  Array.from(notWatched, ([rule, { types }]) => ({
    code: 'NOT_WATCHED',
    about: rule,
    says: `Rule ${rule} is not watched in ${prisonId}: ${sayNotTold(types)}.`,
    what: sayTypes(types),
    ruleName: nameOfRule(rule) ?? rule,
  }));

/** Feeds that do not reach the end of the period, or now; those that are expected and silent by that name. */
const incompleteFeeds = ({ prisonId, sources, period, days, now }: HistoryScope): Caveat[] => {
  const end = Math.min(now, days.startOf(period.to + 1));
  return sources.feeds.of(prisonId).flatMap((standing) => {
    const { feed, completeUntil } = standing;
    if (completeUntil === undefined) return [neverReported(feed, prisonId)];
    if (completeUntil >= end) return [];
    return [
      {
        code: isSilent(standing, end) ? 'FEED_SILENT' : 'FEED_NOT_COMPLETE',
        about: feed,
        says: `The feed ${feed} of ${prisonId} is known to be complete only until ${toIso(completeUntil)}.`,
        until: toIso(completeUntil),
      },
    ];
  });
};

const neverReported = (feed: string, prisonId: string): Caveat => ({
  code: 'FEED_NEVER_REPORTED',
  about: feed,
  says: `The feed ${feed} is expected of ${prisonId}, and has never reported: it may not be connected.`,
});

const beforeTheRecord = ({ stays, period, days }: HistoryScope): Caveat[] =>
  stays
    .filter(({ arrived, since }) => !arrived && days.dayOf(since) <= period.to)
    .map(({ since, prisonId }) => ({
      code: 'BEFORE_THE_RECORD',
      about: prisonId,
      says: `The record of this time in ${prisonId} begins on ${days.sayDay(since)} without an arrival: what was before is not known.`,
      since: toIso(since),
    }));

const departuresNotTold = ({ takeovers, period, days }: HistoryScope): Caveat[] =>
  takeovers
    .filter(({ at }) => days.dayOf(at) <= period.to)
    .map(({ from, to, at }) => ({
      code: 'DEPARTURE_NOT_TOLD',
      about: from,
      says: `${to} received them on ${days.sayDay(at)} while ${from} held them, and no departure from ${from} has been recorded.`,
      since: toIso(at),
    }));

/** Remarks that a reader should not have to look for; who was there already is no news. */
const NOT_TOLD = {
  SHOWS_RETURN: {
    code: 'RETURN_NOT_TOLD',
    says: (prison: string) => `shows that they were back in ${prison}, with no return on record before it.`,
  },
  SHOWS_ARRIVAL: {
    code: 'ARRIVAL_NOT_TOLD',
    says: (prison: string) => `shows that they were in ${prison}, with no arrival on record before it.`,
  },
  NOT_HELD_THERE: {
    code: 'NOT_HELD_THERE',
    says: (prison: string) => `was told by ${prison}, which by the record did not hold them then.`,
  },
} as const;

const movementsNotTold = ({ events, remarks, period, days }: HistoryScope): Caveat[] =>
  events.flatMap((event) => {
    const remark = remarks.get(event.id);
    const day = days.dayOf(event.at);
    if (remark === undefined || remark === 'THERE_ALREADY' || day < period.from || day > period.to) return [];
    const { code, says } = NOT_TOLD[remark];
    const { prisonId: about, at } = event;
    const what = nameOf(event);
    return [{ code, about, says: `The ${what} on ${days.sayInstant(at)} ${says(about)}`, since: toIso(at), what }];
  });

const unreadable = ({ record }: HistoryScope): Caveat[] =>
  record.unreadable === 0
    ? []
    : [
        {
          code: 'UNREADABLE',
          about: 'record',
          says: `Records that this version of the service cannot read, and that are missing here: ${record.unreadable}.`,
          count: record.unreadable,
        },
      ];

/** Half an import looks as if much had been missed, so it does not count before all of it is there (decision 0031). */
const importsNotComplete = ({ record: { uncounted } }: HistoryScope): Caveat[] => {
  const { events: count, withHistory } = uncounted;
  if (count === 0) return [];
  const about = 'record';
  return withHistory
    ? [
        {
          code: 'HISTORY_NOT_COMPLETE',
          about,
          says: 'The import of their history was stopped, and is not complete. Until it is, no safety alert is raised about them.',
          count,
        },
      ]
    : [
        {
          code: 'IMPORT_NOT_COMPLETE',
          about,
          says: `An import that is not complete has brought further records of them: ${count}. They do not count yet, and are not shown.`,
          count,
        },
      ];
};

const erased = ({ record }: HistoryScope): Caveat[] =>
  record.erased
    ? [{ code: 'ERASED', about: 'record', says: 'What was personal was erased up to some day, and reads "(erased)".' }]
    : [];

const sessionLengths = ({ sessionsWithoutMinutes }: HistoryScope): Caveat[] =>
  sessionsWithoutMinutes === 0
    ? []
    : [
        {
          code: 'SESSION_LENGTH',
          about: 'key worker sessions',
          says: `Sessions of which nobody recorded how long they were, counted with no minutes: ${sessionsWithoutMinutes}.`,
          count: sessionsWithoutMinutes,
        },
      ];
