import { type Topic, topicOf, TOPICS } from '../../key-work/history/topics.js';
import { AS_AT_OF } from '../../key-work/person-record.js';
import type { TimelineQuery } from '../../key-work/timeline/read-timeline.js';
import type { PersonTimeline } from '../../key-work/timeline/timeline.js';
import { instantOf, typedDay, typedInstant, typedText, typedTime } from '../frame/typed-dates.js';
import type { TypedError } from '../person/period.js';
import { english } from '../words/english.js';

const words = english.events;

/** One topic of a case review, safety alerts, or what belongs to neither. */
export type TopicChoice = Topic | 'alerts' | 'other';

/** What somebody wants to see of a timeline. What was typed wrong is left out, and told. */
export interface EventsQuery {
  readonly topic: TopicChoice | undefined;
  /** ISO in UTC; nothing: what is known now. */
  readonly asAt: string | undefined;
  /** What is asked of that instant. */
  readonly asAtOf: (typeof AS_AT_OF)[number];
  /** From 1. */
  readonly page: number;
  readonly typed: { readonly topic: string; readonly asAtDate: string; readonly asAtTime: string };
  readonly errors: readonly TypedError[];
}

/** By the names that an address may bear. */
export const TOPIC_CHOICES: readonly TopicChoice[] = [...(Object.keys(TOPICS) as Topic[]), 'alerts', 'other'];

/**
 * Reads a query. Without a time of day, as it was known at the end of the day. `asAt`, as the API has it, says the same in
 * one. @param now ISO in UTC
 */
export const eventsQuery = (query: Readonly<Record<string, unknown>>, now: string): EventsQuery => {
  const { date, time } = typedInstant(typedText(query['asAt']));
  const typed = {
    topic: typedText(query['topic']),
    asAtDate: typedText(query['asAtDate']) || date,
    asAtTime: typedText(query['asAtTime']) || time,
  };
  const topic = TOPIC_CHOICES.find((one) => one === typed.topic);
  const page = /^[1-9]\d{0,4}$/.test(typedText(query['page'])) ? Number(query['page']) : 1;
  const asAt = instantTyped(typed.asAtDate, typed.asAtTime, now);
  const asAtOf = AS_AT_OF.find((one) => one === typedText(query['asAtOf'])) ?? 'known';
  return { topic, page, typed, asAtOf, ...asAt };
};

const instantTyped = (date: string, time: string, now: string): Pick<EventsQuery, 'asAt' | 'errors'> => {
  const wrong = (text: string, field: string) => ({ asAt: undefined, errors: [{ text, href: `#${field}` }] });
  const none = { asAt: undefined, errors: [] };
  if (date === '') return time === '' ? none : wrong(words.errors.dateMissing, 'asAtDate');
  const day = typedDay(date);
  if (day === undefined) return wrong(words.errors.date, 'asAtDate');
  const clock = time === '' ? '23:59:59.999' : typedTime(time);
  if (clock === undefined) return wrong(words.errors.time, 'asAtTime');
  const asAt = instantOf(day, clock);
  if (asAt <= now) return { asAt, errors: [] };
  // The end of today is to come; whoever names today means now.
  return time === '' && instantOf(day, '00:00') <= now ? none : wrong(words.errors.future, 'asAtDate');
};

/** What the timeline is asked for. */
export const timelineQuery = ({ asAt, asAtOf }: EventsQuery): TimelineQuery =>
  asAt === undefined ? {} : { asAt, asAtOf };

/** The timeline with one topic only. */
export const underTopic = (timeline: PersonTimeline, topic: TopicChoice | undefined): PersonTimeline => ({
  ...timeline,
  entries: timeline.entries.filter((entry) => topic === undefined || topicOfEntry(entry) === topic),
});

const topicOfEntry = (entry: PersonTimeline['entries'][number]): TopicChoice =>
  entry.kind === 'safety-alert' ? 'alerts' : (topicOf(entry.type) ?? 'other');
