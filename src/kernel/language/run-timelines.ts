import { DateTime } from 'luxon';
import type { Instant } from '../../prison/instant.js';
import { LocalDays } from '../../prison/local-days.js';
import { feedReportOf } from '../feed.js';
import { type FeedRegister, type FeedReport, USUAL_SILENCE } from '../feed-terms.js';
import { knownAt } from '../occurrence.js';
import { Rulebook } from '../rulebook.js';
import { Silences } from '../silences.js';
import { replayAll } from '../replay.js';
import type { Transition } from '../transition.js';
import { sayPlace, type PlaceInFile } from './problems.js';
import type { RuleFile } from './read-rule-file.js';
import type { ExpectedChange } from './story-line.js';
import type { Timeline } from './timeline.js';

/** A timeline in which the rule did something else than it should. */
export interface TimelineFailure {
  readonly rule: string;
  readonly timeline: string;
  readonly place: PlaceInFile;
  /** `2026-01-15 00:00 => raised LOW`, local time. */
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

type TimelineChange = ExpectedChange & { readonly at: Instant };

/**
 * Plays every timeline of every rule. The rules are compiled together, because they refer to one another; each timeline
 * tests the transitions of its own rule, all of them, in their order.
 */
export const runTimelines = (files: readonly RuleFile[], days = new LocalDays()): TimelineFailure[] => {
  const rulebook = new Rulebook(
    files.map(({ rule }) => rule),
    days,
  );
  return files.flatMap(({ rule, timelines }) =>
    timelines.flatMap((timeline) => {
      const got = playTimeline(rulebook, days, timeline, rule.id).map((transition, index) =>
        changeOf(transition, timeline.expected[index]),
      );
      const failure = {
        rule: rule.id,
        timeline: timeline.name,
        place: timeline.place,
        expected: timeline.expected.map((change) => sayChange(change, days)),
        got: got.map((change) => sayChange(change, days)),
      };
      return failure.expected.join('\n') === failure.got.join('\n') ? [] : [failure];
    }),
  );
};

/** What a rule makes of a story. */
export const playTimeline = (
  rulebook: Rulebook,
  days: LocalDays,
  { events, until }: Pick<Timeline, 'events' | 'until'>,
  rule: string,
): Transition[] => {
  const histories = Map.groupBy(events, ({ prisonNumber = '' }) => prisonNumber);
  const { register, reports } = feedsIn(events);
  const silences = Silences.through(register, reports, until);
  return [...replayAll(rulebook, days, histories, until, silences)].filter((transition) => transition.rule.id === rule);
};

/** The feeds that report in a story: each is expected there, may be silent for a day, and delivers none of its events. */
export const feedsIn = (
  events: Timeline['events'],
): { readonly register: FeedRegister; readonly reports: readonly FeedReport[] } => {
  const reports = events.flatMap((event) => feedReportOf(event, knownAt(event)) ?? []);
  const terms = ([feed, ofFeed]: [string, FeedReport[]]) => {
    const expectedOf = new Set(ofFeed.map(({ prisonId }) => prisonId));
    return [feed, { delivers: [], allowedSilence: USUAL_SILENCE, expectedOf }] as const;
  };
  return { register: new Map([...Map.groupBy(reports, ({ feed }) => feed)].map(terms)), reports };
};

/** The failure as a difference: `-` was expected and did not happen, `+` happened and was not expected. */
export const sayFailure = ({ rule, timeline, place, expected, got }: TimelineFailure): string => {
  const lines: string[] = [];
  const left = [...got];
  for (const line of expected) {
    const found = left.indexOf(line);
    if (found === -1) lines.push(`- ${line}`);
    else
      lines.push(...left.splice(0, found + 1).map((other, index) => (index === found ? `  ${other}` : `+ ${other}`)));
  }
  lines.push(...left.map((line) => `+ ${line}`));
  return [`${sayPlace(place)}  ${rule}: ${timeline}`, ...lines.map((line) => `    ${line}`)].join('\n');
};

/** What a transition says that a story can expect; its outcome only where the story asks for one. */
const changeOf = (
  { at, transition, severity, outcome }: Transition,
  expected: ExpectedChange | undefined,
): TimelineChange => {
  const change = { at, transition, severity };
  return outcome !== null && (!expected || expected.outcome !== undefined) ? { ...change, outcome } : change;
};

const sayChange = ({ at, transition, severity, outcome }: TimelineChange, { zone }: LocalDays): string => {
  const instant = DateTime.fromMillis(at, { zone });
  const when = instant.toFormat(at % 60_000 === 0 ? 'yyyy-MM-dd HH:mm' : 'yyyy-MM-dd HH:mm:ss.SSS');
  return `${when} => ${transition} ${severity}${outcome === undefined ? '' : ` (${outcome})`}`;
};
