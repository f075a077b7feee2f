import type { AlertEntry, HappenedEntry, PersonTimeline } from '../../key-work/timeline/timeline.js';
import { AS_AT_OF } from '../../key-work/person-record.js';
import { capitalised } from '../../kernel/say/join.js';
import { type KnownPeople, sectionsOf, personHead } from '../person/person-head.js';
import { sayMoment } from '../frame/moments.js';
import { sayRemarked, sayStep } from '../lines/event-line.js';
import { english } from '../words/english.js';
import { type EventsQuery, TOPIC_CHOICES, type TopicChoice, underTopic } from './events-query.js';

const words = english.events;
const PAGE_SIZE = 50;

/** What the page of a timeline is made from. */
export interface EventsFacts {
  readonly timeline: PersonTimeline;
  readonly people: KnownPeople;
  readonly choice: EventsQuery;
  readonly nameOfRule: (rule: string) => string;
  readonly maySeeAlerts: boolean;
}

/** Everything about somebody with both clocks, the latest first, page by page. */
export const eventsPage = (facts: EventsFacts) => {
  const { timeline, people, choice } = facts;
  const { prisonNumber } = timeline;
  const entries = underTopic(timeline, choice.topic).entries.toReversed();
  const pages = Math.max(1, Math.ceil(entries.length / PAGE_SIZE));
  const page = Math.min(choice.page, pages);
  const first = (page - 1) * PAGE_SIZE;
  const content = entries.slice(first, first + PAGE_SIZE);
  const at = `/prisoners/${prisonNumber}/events`;
  return {
    prisonNumber,
    who: personHead(prisonNumber, people),
    sections: sectionsOf(prisonNumber, 'events', true),
    errors: choice.errors,
    at,
    typed: choice.typed,
    wrong: Object.fromEntries(choice.errors.map(({ href, text }) => [href.slice(1), text])),
    topics: topicItems(choice.topic),
    asAt: timeline.asAt,
    asAtSaid: timeline.asAt === null ? undefined : words.asAt[choice.asAtOf](sayMoment(timeline.asAt)),
    clocks: clockItems(choice.asAtOf),
    unreadable: timeline.unreadable,
    rows: content.map((entry) => rowOf(entry, facts)),
    shown: words.shown(first + 1, first + content.length, entries.length),
    empty: timeline.entries.length === 0 && timeline.asAt !== null ? words.emptyThen[choice.asAtOf] : words.empty,
    csv: `${at}.csv${queryOf(choice, undefined)}`,
    previous: page > 1 ? at + queryOf(choice, page - 1) : undefined,
    next: page < pages ? at + queryOf(choice, page + 1) : undefined,
  };
};

export type EventsPage = ReturnType<typeof eventsPage>;

const topicName = (topic: TopicChoice): string =>
  topic === 'alerts' || topic === 'other' ? words.filter[topic] : english.person.topics[topic];

const topicItems = (chosen: TopicChoice | undefined) => [
  { value: '', text: words.filter.all, selected: chosen === undefined },
  ...TOPIC_CHOICES.map((topic) => ({ value: topic, text: topicName(topic), selected: topic === chosen })),
];

const clockItems = (chosen: EventsQuery['asAtOf']) =>
  AS_AT_OF.map((of) => ({ value: of, text: words.filter.clocks[of], selected: of === chosen }));

/** Only what was understood goes on to the next page. */
const queryOf = ({ topic, typed, asAt, asAtOf }: EventsQuery, page: number | undefined): string => {
  const query = new URLSearchParams({
    ...(topic !== undefined && { topic }),
    ...(asAt !== undefined && { asAtDate: typed.asAtDate }),
    ...(asAt !== undefined && { asAtOf }),
    ...(asAt !== undefined && typed.asAtTime !== '' && { asAtTime: typed.asAtTime }),
    ...(page !== undefined && { page: String(page) }),
  }).toString();
  return query === '' ? '' : `?${query}`;
};

const rowOf = (entry: HappenedEntry | AlertEntry, facts: EventsFacts) => {
  const { occurredAt, recordedAt } = entry;
  return entry.kind === 'custody-event'
    ? {
        occurredAt,
        recordedAt,
        knownAt: entry.knownAt,
        came: cameOf(entry),
        what: capitalised(entry.what),
        href: undefined,
        detail: sayRemarked(entry, facts.people),
        under: entry.prisonNumber === facts.timeline.prisonNumber ? undefined : words.under(entry.prisonNumber),
        standing: standingOf(entry, facts),
      }
    : {
        occurredAt,
        recordedAt,
        knownAt: recordedAt,
        came: undefined,
        under: undefined,
        standing: undefined,
        what: words.alert(facts.nameOfRule(entry.rule), english.alert.transitions[entry.transition]),
        href: facts.maySeeAlerts ? `/alerts/${entry.id}` : undefined,
        detail: alertDetail(entry, facts),
      };
};

const standingOf = ({ withdrawn, quashed, replaced, takesOverFrom }: HappenedEntry, { people }: EventsFacts) => {
  if (takesOverFrom !== undefined) return words.noDeparture(people.prisonName(takesOverFrom));
  if (withdrawn) return words.withdrawn;
  if (replaced) return words.replaced;
  return quashed ? words.quashed : undefined;
};

/** Where something came later than it counted as known: with a history that was imported. */
const cameOf = ({ knownAt, heldAt }: HappenedEntry): string | undefined =>
  heldAt > knownAt ? words.imported(sayMoment(heldAt)) : undefined;

const SAID_APART = ['reason', 'reasonCode', 'outcome', 'severity', 'ruleVersion', 'prisonId'];

const alertDetail = ({ by, data, transition }: AlertEntry, { people }: EventsFacts): string => {
  const { reason, reasonCode, outcome, severity, prisonId } = data;
  const more = Object.entries(data).filter(([member]) => !SAID_APART.includes(member));
  const moved = transition === 'moved' ? { prisonId: people.prisonName(String(prisonId)) } : {};
  return [
    isSeverity(severity) ? english.frame.severity[severity] : '',
    typeof reason === 'string' ? reason.replace(/\.$/, '') : '',
    isOutcome(outcome) && outcome !== 'merged' ? english.alert.outcomes[outcome] : '',
    typeof reasonCode === 'string' ? english.alert.reasonOf(reasonCode) : '',
    sayStep({ ...Object.fromEntries(more), ...moved }),
    by === 'custody-watch' ? '' : `${words.by} ${by}`,
  ]
    .filter((part) => part !== '')
    .join('. ');
};

const isSeverity = (severity: unknown): severity is keyof typeof english.frame.severity =>
  typeof severity === 'string' && Object.hasOwn(english.frame.severity, severity);
const isOutcome = (outcome: unknown): outcome is keyof typeof english.alert.outcomes =>
  typeof outcome === 'string' && Object.hasOwn(english.alert.outcomes, outcome);
